/* SPDX-License-Identifier: BSD-2-Clause */
#include "fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static struct fixture f;

static int setup(void **state)
{
    (void)state;
    fixture_init(&f);
    return 0;
}

/* Move an ELF: virtual and physical addresses, and the entry. */
static void move(struct fixture_elf *elf, uint64_t vaddr, uint64_t paddr)
{
    for (unsigned i = 0; i < FIXTURE_LOADS; i++) {
        elf->load[i].p_vaddr = vaddr + i * 0x1000;
        elf->load[i].p_paddr = paddr + i * 0x1000;
    }
    elf->header.e_entry = vaddr;
}

static void kernel_tree_and_root_task_follow_each_other(void **state)
{
    (void)state;
    struct sk_image image = fixture_pack(&f);
    struct sk_boot_plan p = fixture_plan(&image, FIXTURE_LOADER_PADDR);
    assert_int_equal(p.version, SK_BOOT_PLAN_VERSION);
    assert_int_equal(p.level, SK_BOOT_LEVEL_KERNEL);
    assert_false(image.wants_hypervisor);
    assert_true(p.ram_paddr == 0x40000000 && p.ram_size == 0x80000000);
    assert_true(p.kernel_paddr == 0x40000000 && p.kernel_vaddr == FIXTURE_KERNEL_VADDR);
    assert_true(p.kernel_size == 0x4080 && p.kernel_entry == FIXTURE_KERNEL_VADDR);
    assert_true(p.dtb_paddr == 0x40005000 && p.dtb_size == f.parts.dtb.size);
    assert_true(p.user_paddr == 0x40006000 && p.user_paddr_end == 0x4000b000);
    assert_true(p.user_pv_offset == 0x40006000 - FIXTURE_USER_VADDR);
    assert_true(p.user_entry == FIXTURE_USER_VADDR);
    assert_true(p.uart_paddr == 0x9000000);
    sk_image_drop(&image);
}

static void what_no_file_brings_is_zeroed(void **state)
{
    (void)state;
    struct sk_image image = fixture_pack(&f);
    struct sk_boot_plan p = fixture_plan(&image, FIXTURE_LOADER_PADDR);
    const struct sk_boot_zero expected[] = {
        {0x40000200, 0xe00},  /* between the kernel's segments */
        {0x40001080, 0x3000}, /* its BSS */
        {0x40006200, 0xe00},  /* between the root task's segments */
        {0x40007080, 0x3f80}, /* its BSS and the rest of the page */
    };
    assert_int_equal(p.zero_count, 4);
    assert_memory_equal(p.zero, expected, sizeof(expected));
    sk_image_drop(&image);
}

static void a_root_task_that_starts_inside_a_page_gets_the_whole_page(void **state)
{
    (void)state;
    move(&f.root_task, FIXTURE_USER_VADDR + 0x123, 0);
    struct sk_image image = fixture_pack(&f);
    struct sk_boot_plan p = fixture_plan(&image, FIXTURE_LOADER_PADDR);
    assert_true(p.user_paddr == 0x40006000);
    assert_true(p.user_pv_offset == 0x40006000 - FIXTURE_USER_VADDR);
    assert_true(p.zero[2].paddr == 0x40006000 && p.zero[2].size == 0x123);
    sk_image_drop(&image);
}

static void a_wide_gap_in_the_root_task_costs_no_space_in_the_file(void **state)
{
    (void)state;
    f.root_task.load[1].p_vaddr = FIXTURE_USER_VADDR + 0x10000000;
    struct sk_image image = fixture_pack(&f);
    assert_true(image.size < 0x10000);
    sk_image_drop(&image);
}

static void the_loader_goes_where_the_board_wants_it(void **state)
{
    (void)state;
    f.parts.loader_paddr = 0x70000000;
    struct sk_image image = fixture_pack(&f);
    (void)fixture_plan(&image, 0x70000000);
    sk_image_drop(&image);
}

static void the_loader_makes_room_for_what_lies_there(void **state)
{
    (void)state;
    const uint64_t taken[] = {0x40000000, 0x3ffff000 + 0x1000, 0x4000b000};
    for (int i = 0; i < 3; i++) {
        f.parts.loader_paddr = taken[i];
        struct sk_image image = fixture_pack(&f);
        (void)fixture_plan(&image, 0x40200000);
        sk_image_drop(&image);
    }
    f.parts.loader_paddr = 0x4000c000; /* the first free page */
    struct sk_image image = fixture_pack(&f);
    (void)fixture_plan(&image, 0x4000c000);
    sk_image_drop(&image);
}

static void a_kernel_linked_below_the_upper_half_runs_as_hypervisor(void **state)
{
    (void)state;
    move(&f.kernel, 0xffc0000000, 0x60000000);
    struct sk_image image = fixture_pack(&f);
    struct sk_boot_plan p = fixture_plan(&image, 0x60200000);
    assert_true(image.wants_hypervisor);
    assert_int_equal(p.level, SK_BOOT_LEVEL_HYPERVISOR);
    sk_image_drop(&image);
}

static void a_kernel_outside_memory_is_refused(void **state)
{
    (void)state;
    move(&f.kernel, FIXTURE_KERNEL_VADDR, 0x3fe00000);
    fixture_assert_refused(&f, "at physical address 0x3fe00000, where the device tree has no");
}

static void a_kernel_that_needs_other_tables_is_refused(void **state)
{
    (void)state;
    move(&f.kernel, FIXTURE_KERNEL_VADDR + 0x1000, FIXTURE_KERNEL_PADDR);
    fixture_assert_refused(&f, "do not differ by a multiple of 2 MiB");
    move(&f.kernel, 0x40000000, 0x40000000);
    fixture_assert_refused(&f, "the boot tables cannot map a kernel at 0x40000000");
    fixture_init(&f);
    f.kernel.load[1].p_paddr += 0x1000;
    fixture_assert_refused(&f, "not at one distance");
    fixture_init(&f);
    move(&f.kernel, 0xffffffff80000000 - 0x1000, 0x5ffff000);
    fixture_assert_refused(&f, "cannot map a kernel at 0xffffffff7ffff000");
}

static void what_does_not_fit_memory_is_refused(void **state)
{
    (void)state;
    f.root_task.load[1].p_memsz = 0x7fff9000;
    fixture_assert_refused(&f, "hello.elf: 0x7fffb000 bytes at 0x40006000 do not fit");
    fixture_init(&f);
    fixture_dtb(&f, FIXTURE_KERNEL_PADDR, 0x4000, NULL);
    fixture_assert_refused(&f, "sel4.elf: 0x4080 bytes at 0x40000000 do not fit");
    fixture_dtb(&f, FIXTURE_KERNEL_PADDR, 0x5000, NULL);
    fixture_assert_refused(&f, "kernel.dtb: ");
    fixture_dtb(&f, FIXTURE_KERNEL_PADDR, 0xb000, NULL);
    fixture_assert_refused(&f, "hello.elf: 0x6000 bytes at 0x40006000 do not fit");
    fixture_dtb(&f, FIXTURE_KERNEL_PADDR, 0xc000, NULL);
    fixture_assert_refused(&f, "loader.elf: ");
}

static void memory_out_of_reach_of_the_boot_tables_is_refused(void **state)
{
    (void)state;
    fixture_dtb(&f, FIXTURE_KERNEL_PADDR, UINT64_MAX / 2, NULL);
    fixture_assert_refused(&f, "is above what the boot tables can map");
    fixture_dtb(&f, 0x8000000000, 0x80000000, NULL);
    move(&f.kernel, FIXTURE_KERNEL_VADDR, 0x8000000000);
    fixture_assert_refused(&f, "is above what the boot tables can map");
}

static void a_root_task_beyond_user_addresses_is_refused(void **state)
{
    (void)state;
    move(&f.root_task, 0x7fffffff0000, 0);
    fixture_assert_refused(&f, "reaches beyond user addresses");
    move(&f.root_task, 0xffffffff80000000, 0);
    fixture_assert_refused(&f, "reaches beyond user addresses");
}

static void a_loader_as_root_task_is_refused(void **state)
{
    (void)state;
    f.parts.root_task = f.parts.loader;
    fixture_assert_refused(&f, "loader.elf: this is Selkie's loader, not a program");
}

static void program_headers_that_fill_a_page_are_refused(void **state)
{
    (void)state;
    static struct {
        struct fixture_elf elf;
        Elf64_Phdr header[74];
    } many;
    many.elf = f.root_task;
    many.elf.header.e_phoff = sizeof(many.elf);
    many.elf.header.e_phnum = 74;
    memcpy(many.header, f.root_task.load, sizeof(f.root_task.load));
    f.parts.root_task.data = (const uint8_t *)&many;
    f.parts.root_task.size = sizeof(many);
    fixture_assert_refused(&f, "74 program headers do not fit one page");
    many.elf.header.e_phnum = 73;
    struct sk_image image = fixture_pack(&f);
    sk_image_drop(&image);
}

static void another_loader_is_refused(void **state)
{
    (void)state;
    memcpy(f.loader.names, "\0.data", 7);
    fixture_assert_refused(&f, "loader.elf: not Selkie's loader, or one of another version");
    fixture_init(&f);
    f.loader.section[1].sh_size--;
    fixture_assert_refused(&f, "not Selkie's loader");
    fixture_init(&f);
    f.loader.section[1].sh_offset -= 8; /* the plan is not behind the header */
    fixture_assert_refused(&f, "not Selkie's loader");
    fixture_init(&f);
    f.loader.load[0].p_filesz--; /* nor whole in the first segment */
    fixture_assert_refused(&f, "not Selkie's loader");
}

static void too_many_gaps_are_refused(void **state)
{
    (void)state;
    static struct {
        struct fixture_elf elf;
        Elf64_Phdr header[31];
    } many;
    many.elf = f.root_task;
    many.elf.header.e_phoff = sizeof(many.elf);
    many.elf.header.e_phnum = 31;
    for (unsigned i = 0; i < 31; i++) {
        many.header[i] = f.root_task.load[0];
        many.header[i].p_vaddr += i * 0x1000;
    }
    f.parts.root_task.data = (const uint8_t *)&many;
    f.parts.root_task.size = sizeof(many);
    fixture_assert_refused(&f, "more than 32 gaps between segments");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(kernel_tree_and_root_task_follow_each_other, setup),
        cmocka_unit_test_setup(what_no_file_brings_is_zeroed, setup),
        cmocka_unit_test_setup(a_root_task_that_starts_inside_a_page_gets_the_whole_page,
                               setup),
        cmocka_unit_test_setup(a_wide_gap_in_the_root_task_costs_no_space_in_the_file, setup),
        cmocka_unit_test_setup(the_loader_goes_where_the_board_wants_it, setup),
        cmocka_unit_test_setup(the_loader_makes_room_for_what_lies_there, setup),
        cmocka_unit_test_setup(a_kernel_linked_below_the_upper_half_runs_as_hypervisor, setup),
        cmocka_unit_test_setup(a_kernel_outside_memory_is_refused, setup),
        cmocka_unit_test_setup(a_kernel_that_needs_other_tables_is_refused, setup),
        cmocka_unit_test_setup(what_does_not_fit_memory_is_refused, setup),
        cmocka_unit_test_setup(memory_out_of_reach_of_the_boot_tables_is_refused, setup),
        cmocka_unit_test_setup(a_root_task_beyond_user_addresses_is_refused, setup),
        cmocka_unit_test_setup(a_loader_as_root_task_is_refused, setup),
        cmocka_unit_test_setup(program_headers_that_fill_a_page_are_refused, setup),
        cmocka_unit_test_setup(another_loader_is_refused, setup),
        cmocka_unit_test_setup(too_many_gaps_are_refused, setup),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
