/* SPDX-License-Identifier: BSD-2-Clause */
#include "fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* What the fixture's parts come to: the loader takes four pages and its plan one. */
#define START    0x70000000ull
#define STORED   (START + 0x4000)
#define USER     (START + 0x5000)
#define USER_END (USER + 0x5000)

static struct fixture f;
static struct sk_image image;
static uint8_t pages[0x3000];

static int setup(void **state)
{
    (void)state;
    fixture_init(&f);
    f.parts.loader_paddr = START;
    memset(pages, 0x9a, sizeof(pages));
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    sk_image_drop(&image);
    return 0;
}

static void pack(enum sk_image_type type)
{
    struct sk_image_problem problem = {0};

    sk_image_drop(&image);
    if (!sk_image_pack_file(&f.parts, type, &image, &problem)) {
        print_message("refused: %s\n", problem.what);
        fail();
    }
}

static struct sk_boot_plan plan(void)
{
    struct sk_boot_plan p;

    memcpy(&p, image.data + SK_BOOT_PLAN_OFFSET, sizeof(p));
    assert_true(p.magic == SK_BOOT_PLAN_MAGIC && p.version == SK_BOOT_PLAN_VERSION);
    return p;
}

static uint64_t word(size_t at)
{
    uint64_t value;

    memcpy(&value, image.data + at, sizeof(value));
    return value;
}

static void firmware_learns_where_a_binary_goes_and_how_much_memory_it_takes(void **state)
{
    (void)state;
    pack(SK_IMAGE_BINARY);
    assert_int_equal(word(8), START - FIXTURE_KERNEL_PADDR);
    assert_int_equal(word(16), USER_END - START);
    assert_false(image.wants_hypervisor);
}

static void kernel_and_tree_are_copied_to_where_segments_would_be(void **state)
{
    (void)state;
    pack(SK_IMAGE_BINARY);
    struct sk_boot_plan p = plan();
    assert_int_equal(p.copy_count, 3);
    assert_true(p.copy[0].from == STORED && p.copy[0].to == 0x40000000);
    assert_int_equal(p.copy[0].size, FIXTURE_CODE);
    assert_true(p.copy[1].from == STORED + 0x200 && p.copy[1].to == 0x40001000);
    assert_int_equal(p.copy[1].size, FIXTURE_DATA);
    assert_true(p.copy[2].from == STORED + 0x280 && p.copy[2].to == 0x40005000);
    assert_int_equal(p.copy[2].size, f.parts.dtb.size);
    assert_true(p.dtb_paddr == 0x40005000 && p.dtb_size == f.parts.dtb.size);
    assert_memory_equal(image.data + (STORED - START), f.kernel.code, FIXTURE_CODE);
    assert_memory_equal(image.data + (STORED + 0x200 - START), f.kernel.data, FIXTURE_DATA);
    assert_memory_equal(image.data + (STORED + 0x280 - START), f.dtb, f.parts.dtb.size);
}

static void the_root_task_lies_in_place_and_its_bss_takes_no_space(void **state)
{
    (void)state;
    pack(SK_IMAGE_BINARY);
    struct sk_boot_plan p = plan();
    assert_true(p.user_paddr == USER && p.user_paddr_end == USER_END);
    assert_true(p.user_pv_offset == USER - FIXTURE_USER_VADDR);
    assert_memory_equal(image.data + (USER - START), f.root_task.code, FIXTURE_CODE);
    assert_memory_equal(image.data + (USER + 0x1000 - START), f.root_task.data, FIXTURE_DATA);
    assert_int_equal(image.size, USER + 0x1000 + FIXTURE_DATA - START);
    const struct sk_boot_zero expected[] = {
        {0x40000200, 0xe00},                           /* between the kernel's segments */
        {0x40001080, 0x3000},                          /* its BSS */
        {USER + 0x1000 + FIXTURE_DATA, 0x4000 - 0x80}, /* the root task's */
    };
    assert_int_equal(p.zero_count, 3);
    assert_memory_equal(p.zero, expected, sizeof(expected));
}

static void pages_follow_the_root_task_in_both_kinds_of_memory(void **state)
{
    (void)state;
    f.parts.pages = (struct sk_image_file){"pages", pages, sizeof(pages)};
    pack(SK_IMAGE_BINARY);
    struct sk_boot_plan p = plan();
    assert_true(p.user_paddr_end == USER_END + sizeof(pages));
    assert_int_equal(p.zero_count, 2);
    assert_int_equal(image.size, USER_END + sizeof(pages) - START);
    assert_memory_equal(image.data + (USER_END - START), pages, sizeof(pages));
    for (size_t i = USER + 0x1000 + FIXTURE_DATA - START; i < USER_END - START; i++) {
        assert_int_equal(image.data[i], 0);
    }
}

static void a_hidden_tree_is_neither_kept_nor_told(void **state)
{
    (void)state;
    f.parts.hides_dtb = true;
    pack(SK_IMAGE_BINARY);
    struct sk_boot_plan p = plan();
    assert_int_equal(p.copy_count, 2);
    assert_true(p.dtb_paddr == 0 && p.dtb_size == 0);
    assert_true(p.uart_paddr == 0x9000000 && p.ram_size == FIXTURE_RAM_SIZE);
}

static void the_elf_is_the_binary_in_one_segment(void **state)
{
    (void)state;
    pack(SK_IMAGE_BINARY);
    struct sk_image binary = image;
    image = (struct sk_image){0};
    pack(SK_IMAGE_ELF);
    Elf64_Phdr p = fixture_segment(&image, START);
    Elf64_Ehdr header;
    memcpy(&header, image.data, sizeof(header));
    assert_int_equal(header.e_entry, START);
    assert_int_equal(header.e_phnum, 1);
    assert_int_equal(p.p_filesz, binary.size);
    assert_int_equal(p.p_memsz, USER_END - START);
    /* All but what only firmware that loads a binary reads. */
    assert_memory_equal(image.data + p.p_offset + 24, binary.data + 24, binary.size - 24);
    sk_image_drop(&binary);
}

static void places_are_known_before_there_are_pages(void **state)
{
    (void)state;
    struct sk_image_problem problem;
    struct sk_image_places without, with;
    assert_true(sk_image_place_file(&f.parts, &without, &problem));
    f.parts.pages = (struct sk_image_file){"pages", NULL, sizeof(pages)};
    assert_true(sk_image_place_file(&f.parts, &with, &problem));
    assert_true(with.user_end == without.user_end + sizeof(pages));
    with.user_end = without.user_end;
    assert_memory_equal(&with, &without, sizeof(with));
    assert_true(with.ram_start == 0x40000000 && with.ram_end == 0xc0000000);
    assert_true(with.kernel_start == 0x40000000 && with.kernel_end == 0x40004080);
    assert_true(with.kernel_level == 1);
    assert_true(with.dtb_start == 0x40005000);
    assert_true(with.dtb_end == with.dtb_start + f.parts.dtb.size);
    assert_true(with.loader_start == START && with.user_start == USER);
    assert_true(with.user_end == USER_END && with.pages_start == USER_END);
    assert_true(with.user_vaddr == FIXTURE_USER_VADDR);
    f.parts.hides_dtb = true;
    assert_true(sk_image_place_file(&f.parts, &with, &problem));
    assert_true(with.dtb_start == 0 && with.dtb_end == 0);
}

static void a_kernel_that_reaches_into_the_image_is_refused(void **state)
{
    (void)state;
    f.parts.loader_paddr = 0x40005000;
    fixture_assert_file_refused(&f, "sel4.elf: the kernel, with its device tree, at "
                                    "0x40000000-0x400051");
    f.parts.hides_dtb = true;
    pack(SK_IMAGE_BINARY);
    f.parts.loader_paddr = 0x40004000;
    fixture_assert_file_refused(&f, "sel4.elf: the kernel at 0x40000000-0x40004080 is not "
                                    "below the image, which is loaded at 0x40004000");
    f.parts.loader_paddr = 0x40000000;
    fixture_assert_file_refused(&f, "is not below the image");
}

static void an_image_beyond_memory_is_refused(void **state)
{
    (void)state;
    fixture_dtb(&f, FIXTURE_KERNEL_PADDR, START - FIXTURE_KERNEL_PADDR, NULL);
    fixture_assert_file_refused(&f, "loader.elf: 0x4000 bytes at 0x70000000 do not fit");
    fixture_dtb(&f, FIXTURE_KERNEL_PADDR, USER_END - FIXTURE_KERNEL_PADDR - 0x1000, NULL);
    fixture_assert_file_refused(&f, "hello.elf: 0x5000 bytes at 0x70005000 do not fit");
    fixture_dtb(&f, FIXTURE_KERNEL_PADDR, USER_END - FIXTURE_KERNEL_PADDR, NULL);
    pack(SK_IMAGE_BINARY);
    f.parts.pages = (struct sk_image_file){"pages", pages, 0x1000};
    fixture_assert_file_refused(&f, "hello.elf: 0x6000 bytes at 0x70005000 do not fit");
    f.parts.loader_paddr = 0x3ffff000;
    fixture_assert_file_refused(&f, "loader.elf: 0x4000 bytes at 0x3ffff000 do not fit");
}

static void pages_count_against_the_kernels_slots(void **state)
{
    (void)state;
    f.parts.root_cnode_bits = 7; /* 100 others leave 28 */
    static uint8_t many[24 * 4096];
    f.parts.pages = (struct sk_image_file){"pages", many, 23 * 4096};
    pack(SK_IMAGE_BINARY);
    f.parts.pages.size = 24 * 4096;
    fixture_assert_file_refused(&f, "the root task's image has 29 pages, and the kernel's");
}

static void pages_that_are_not_whole_are_refused(void **state)
{
    (void)state;
    f.parts.pages = (struct sk_image_file){"pages", pages, 0x1001};
    fixture_assert_file_refused(&f, "pages: 0x1001 bytes are not whole pages");
}

static void what_is_wrong_with_a_part_is_told_here_too(void **state)
{
    (void)state;
    f.parts.kernel.size = 3;
    fixture_assert_file_refused(&f, "sel4.elf: the kernel is not an ELF file");
    fixture_init(&f);
    f.loader.section[1].sh_size--;
    fixture_assert_file_refused(&f, "loader.elf: not Selkie's loader");
    fixture_init(&f);
    f.loader.code[FIXTURE_CODE - 8] = 0;
    fixture_assert_file_refused(&f, "does not begin with a header for firmware");
    fixture_init(&f);
    f.parts.root_task = f.parts.loader;
    fixture_assert_file_refused(&f, "this is Selkie's loader, not a program");
}

static void images_are_known_and_nothing_else_is(void **state)
{
    (void)state;
    const struct sk_image_file others[] = {
        f.parts.kernel, f.parts.root_task, f.parts.loader, f.parts.dtb, {"empty", pages, 0}};
    for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
        assert_false(sk_image_is_packed(&others[i]));
    }
    sk_image_drop(&image);
    image = fixture_pack(&f);
    assert_true(sk_image_is_packed(&(struct sk_image_file){"", image.data, image.size}));
    pack(SK_IMAGE_ELF);
    assert_true(sk_image_is_packed(&(struct sk_image_file){"", image.data, image.size}));
    pack(SK_IMAGE_BINARY);
    for (size_t size = 0; size < 200; size++) {
        /* Cut off: in a buffer of its own, for the sanitizer to see a read behind it. */
        uint8_t *start = malloc(size);
        memcpy(start, image.data, size);
        assert_int_equal(sk_image_is_packed(&(struct sk_image_file){"", start, size}),
                         size > SK_BOOT_PLAN_OFFSET + 8);
        free(start);
    }
}

#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(firmware_learns_where_a_binary_goes_and_how_much_memory_it_takes),
        T(kernel_and_tree_are_copied_to_where_segments_would_be),
        T(the_root_task_lies_in_place_and_its_bss_takes_no_space),
        T(pages_follow_the_root_task_in_both_kinds_of_memory),
        T(a_hidden_tree_is_neither_kept_nor_told),
        T(the_elf_is_the_binary_in_one_segment),
        T(places_are_known_before_there_are_pages),
        T(a_kernel_that_reaches_into_the_image_is_refused),
        T(an_image_beyond_memory_is_refused),
        T(pages_count_against_the_kernels_slots),
        T(pages_that_are_not_whole_are_refused),
        T(what_is_wrong_with_a_part_is_told_here_too),
        T(images_are_known_and_nothing_else_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
