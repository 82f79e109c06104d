/* SPDX-License-Identifier: BSD-2-Clause */
#include "fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "../../../tools/image/elf.h"

/* Each test breaks the root task in one way. */
static struct fixture f;

static int setup(void **state)
{
    (void)state;
    fixture_init(&f);
    return 0;
}

static void an_empty_file_is_refused(void **state)
{
    (void)state;
    f.parts.root_task.size = 0;
    fixture_assert_refused(&f, "hello.elf: the root task is not an ELF file");
}

static void a_text_file_is_refused(void **state)
{
    (void)state;
    memcpy(&f.root_task, "#!/bin/sh", 9);
    fixture_assert_refused(&f, "the root task is not an ELF file");
}

static void a_header_cut_short_is_refused(void **state)
{
    (void)state;
    f.parts.root_task.size = sizeof(Elf64_Ehdr) - 1;
    fixture_assert_refused(&f, "the ELF header is cut off after 63 bytes");
}

static void a_32_bit_file_is_refused(void **state)
{
    (void)state;
    f.root_task.header.e_ident[EI_CLASS] = ELFCLASS32;
    fixture_assert_refused(&f, "is not a 64-bit ELF file");
}

static void a_big_endian_file_is_refused(void **state)
{
    (void)state;
    f.root_task.header.e_ident[EI_DATA] = ELFDATA2MSB;
    fixture_assert_refused(&f, "is not little endian");
}

static void another_machine_is_refused_by_name(void **state)
{
    (void)state;
    f.root_task.header.e_machine = EM_RISCV;
    fixture_assert_refused(&f,
                           "the root task is for RISC-V (ELF machine 243), not for AArch64");
    fixture_init(&f);
    f.kernel.header.e_machine = EM_X86_64;
    fixture_assert_refused(&f, "the kernel is for x86-64");
    f.kernel.header.e_machine = EM_ARM;
    fixture_assert_refused(&f, "the kernel is for 32-bit Arm");
    f.kernel.header.e_machine = EM_386;
    fixture_assert_refused(&f, "the kernel is for 32-bit x86");
    f.kernel.header.e_machine = 0xfe;
    fixture_assert_refused(&f, "the kernel is for another machine (ELF machine 254)");
}

static void what_is_not_an_executable_is_refused(void **state)
{
    (void)state;
    f.root_task.header.e_type = ET_REL;
    fixture_assert_refused(&f, "the root task is an object file");
    f.root_task.header.e_type = ET_DYN;
    fixture_assert_refused(&f, "is position independent or a shared library");
    f.root_task.header.e_type = ET_CORE;
    fixture_assert_refused(&f, "is not an executable (ELF type 4)");
}

static void a_dynamically_linked_program_is_refused(void **state)
{
    (void)state;
    f.root_task.load[1].p_type = PT_INTERP;
    fixture_assert_refused(&f, "the root task is dynamically linked");
}

static void impossible_program_headers_are_refused(void **state)
{
    (void)state;
    f.root_task.header.e_phnum = 0;
    fixture_assert_refused(&f, "0 program headers of 56 bytes make no sense");
    f.root_task.header.e_phnum = PN_XNUM;
    fixture_assert_refused(&f, "65535 program headers");
    f.root_task.header.e_phnum = FIXTURE_LOADS;
    f.root_task.header.e_phentsize = 32;
    fixture_assert_refused(&f, "2 program headers of 32 bytes make no sense");
}

static void program_headers_outside_the_file_are_refused(void **state)
{
    (void)state;
    f.root_task.header.e_phoff = sizeof(f.root_task) - 8;
    fixture_assert_refused(&f, "lie outside the file");
    f.root_task.header.e_phoff = UINT64_MAX - 8;
    fixture_assert_refused(&f, "lie outside the file");
}

static void a_segment_outside_the_file_is_refused(void **state)
{
    (void)state;
    f.root_task.load[0].p_offset = sizeof(f.root_task) - FIXTURE_CODE + 1;
    fixture_assert_refused(&f, "segment 0 (0x200 bytes at offset");
    f.root_task.load[0].p_offset = UINT64_MAX - 1;
    fixture_assert_refused(&f, "lies outside the file");
}

static void a_file_cut_short_is_refused(void **state)
{
    (void)state;
    f.parts.root_task.size = offsetof(struct fixture_elf, data) + 1;
    fixture_assert_refused(&f, "segment 1 (0x80 bytes at offset");
}

static void a_segment_larger_in_the_file_than_in_memory_is_refused(void **state)
{
    (void)state;
    f.root_task.load[0].p_memsz = FIXTURE_CODE - 1;
    fixture_assert_refused(&f, "segment 0 is larger in the file");
}

static void a_segment_that_wraps_around_is_refused(void **state)
{
    (void)state;
    f.root_task.load[1].p_memsz = UINT64_MAX - 0x1000;
    fixture_assert_refused(&f, "does not fit the address space");
    fixture_init(&f);
    f.root_task.load[1].p_vaddr = UINT64_MAX - 0x100;
    fixture_assert_refused(&f, "does not fit the address space");
    fixture_init(&f);
    f.kernel.load[1].p_paddr = UINT64_MAX - 0x100;
    fixture_assert_refused(&f, "does not fit the address space");
}

static void nothing_to_load_is_refused(void **state)
{
    (void)state;
    f.root_task.load[0].p_type = PT_NOTE;
    f.root_task.load[1].p_type = PT_NULL;
    fixture_assert_refused(&f, "the root task has nothing to load");
}

static void overlapping_segments_are_refused(void **state)
{
    (void)state;
    f.root_task.load[1].p_vaddr = FIXTURE_USER_VADDR + FIXTURE_CODE - 1;
    fixture_assert_refused(&f, "the segments at 0x400000 and 0x4001ff overlap");
}

static void a_missing_entry_point_is_refused(void **state)
{
    (void)state;
    f.root_task.header.e_entry = 0;
    fixture_assert_refused(&f, "the root task has no entry point");
    f.root_task.header.e_entry = FIXTURE_USER_VADDR - 4;
    fixture_assert_refused(&f, "the entry point 0x3ffffc of the root task is not in its code");
    f.root_task.header.e_entry = FIXTURE_USER_VADDR + FIXTURE_CODE;
    fixture_assert_refused(&f, "is not in its code");
    f.root_task.header.e_entry = FIXTURE_USER_VADDR + 0x1000;
    fixture_assert_refused(&f, "is not in its code");
}

static void too_many_segments_are_refused(void **state)
{
    (void)state;
    static struct {
        Elf64_Ehdr header;
        Elf64_Phdr load[SK_ELF_LOAD_MAX + 1];
    } many;
    many.header = f.root_task.header;
    many.header.e_phoff = sizeof(Elf64_Ehdr);
    many.header.e_phnum = SK_ELF_LOAD_MAX + 1;
    for (unsigned i = 0; i < many.header.e_phnum; i++) {
        many.load[i] =
            (Elf64_Phdr){.p_type = PT_LOAD, .p_vaddr = 0x400000 + i * 0x1000, .p_memsz = 16};
    }
    f.parts.root_task.data = (const uint8_t *)&many;
    f.parts.root_task.size = sizeof(many);
    fixture_assert_refused(&f, "more than 32 loadable segments");
}

static void segments_are_sorted_by_address(void **state)
{
    (void)state;
    struct sk_elf elf;
    struct sk_image_problem problem;
    Elf64_Phdr first = f.root_task.load[0];
    f.root_task.load[0] = f.root_task.load[1];
    f.root_task.load[1] = first;
    assert_true(sk_elf_open(&f.parts.root_task, "it", EM_AARCH64, &elf, &problem));
    assert_int_equal(elf.load_count, 2);
    assert_int_equal(elf.load[0].p_vaddr, FIXTURE_USER_VADDR);
    assert_int_equal(elf.load[1].p_vaddr, FIXTURE_USER_VADDR + 0x1000);
}

static void a_section_is_found_by_its_whole_name(void **state)
{
    (void)state;
    struct sk_elf elf;
    struct sk_image_problem problem;
    assert_true(sk_elf_open(&f.parts.root_task, "it", EM_AARCH64, &elf, &problem));
    struct sk_elf_bytes plan = sk_elf_section(&elf, ".plan");
    assert_ptr_equal(plan.data, f.root_task.data);
    assert_int_equal(plan.size, FIXTURE_DATA);
    assert_null(sk_elf_section(&elf, ".pla").data);
    assert_null(sk_elf_section(&elf, ".plane").data);
}

static void a_damaged_section_table_holds_nothing(void **state)
{
    (void)state;
    struct sk_elf elf;
    struct sk_image_problem problem;
    Elf64_Ehdr good = f.root_task.header;
    Elf64_Ehdr bad[4] = {good, good, good, good};
    bad[0].e_shoff = sizeof(f.root_task) - 1;
    bad[1].e_shoff = UINT64_MAX;
    bad[2].e_shstrndx = 200;
    bad[3].e_shentsize = 1;
    for (int i = 0; i < 4; i++) {
        f.root_task.header = bad[i];
        assert_true(sk_elf_open(&f.parts.root_task, "it", EM_AARCH64, &elf, &problem));
        assert_null(sk_elf_section(&elf, ".plan").data);
    }
    f.root_task.header = good;
    f.root_task.section[1].sh_name = sizeof(f.root_task.names) - 2;
    f.root_task.section[2].sh_size = sizeof(f.root_task.names);
    assert_true(sk_elf_open(&f.parts.root_task, "it", EM_AARCH64, &elf, &problem));
    assert_null(sk_elf_section(&elf, ".plan").data);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(an_empty_file_is_refused, setup),
        cmocka_unit_test_setup(a_text_file_is_refused, setup),
        cmocka_unit_test_setup(a_header_cut_short_is_refused, setup),
        cmocka_unit_test_setup(a_32_bit_file_is_refused, setup),
        cmocka_unit_test_setup(a_big_endian_file_is_refused, setup),
        cmocka_unit_test_setup(another_machine_is_refused_by_name, setup),
        cmocka_unit_test_setup(what_is_not_an_executable_is_refused, setup),
        cmocka_unit_test_setup(a_dynamically_linked_program_is_refused, setup),
        cmocka_unit_test_setup(impossible_program_headers_are_refused, setup),
        cmocka_unit_test_setup(program_headers_outside_the_file_are_refused, setup),
        cmocka_unit_test_setup(a_segment_outside_the_file_is_refused, setup),
        cmocka_unit_test_setup(a_file_cut_short_is_refused, setup),
        cmocka_unit_test_setup(a_segment_larger_in_the_file_than_in_memory_is_refused, setup),
        cmocka_unit_test_setup(a_segment_that_wraps_around_is_refused, setup),
        cmocka_unit_test_setup(nothing_to_load_is_refused, setup),
        cmocka_unit_test_setup(overlapping_segments_are_refused, setup),
        cmocka_unit_test_setup(a_missing_entry_point_is_refused, setup),
        cmocka_unit_test_setup(too_many_segments_are_refused, setup),
        cmocka_unit_test_setup(segments_are_sorted_by_address, setup),
        cmocka_unit_test_setup(a_section_is_found_by_its_whole_name, setup),
        cmocka_unit_test_setup(a_damaged_section_table_holds_nothing, setup),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
