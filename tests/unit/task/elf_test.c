/*
 * What is wrong with a program is found before anything is made of it, each by its own name.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include "program.h"

#include <cmocka.h>

static void a_good_program_is_told_as_it_is(void **state)
{
    struct program p;
    struct sk_elf_program elf;

    (void)state;
    program_init(&p);
    assert_int_equal(program_check(&p, sizeof(p), &elf), SK_ELF_GOOD);
    assert_int_equal(elf.entry, p.header.e_entry);
    assert_int_equal(elf.tls_size, 0x48 + 16);
    assert_int_equal(elf.segment_count, 3);
    for (unsigned i = 0; i < 3; i++) {
        assert_int_equal(elf.segment[i].vaddr, p.segment[i].p_vaddr);
        assert_int_equal(elf.segment[i].size, p.segment[i].p_memsz);
        assert_int_equal(elf.segment[i].offset, p.segment[i].p_offset);
        assert_int_equal(elf.segment[i].file_size, p.segment[i].p_filesz);
        assert_int_equal(elf.segment[i].rights, p.segment[i].p_flags);
    }
}

static void segments_are_sorted_and_empty_ones_left_out(void **state)
{
    struct program p;
    struct sk_elf_program elf;

    (void)state;
    program_init(&p);
    Elf64_Phdr code = p.segment[PROGRAM_CODE];
    p.segment[PROGRAM_CODE] = p.segment[PROGRAM_DATA];
    p.segment[PROGRAM_DATA] = code;
    p.segment[PROGRAM_STACK] = (Elf64_Phdr){.p_type = PT_LOAD, .p_vaddr = 1, .p_flags = 99};
    assert_int_equal(program_check(&p, sizeof(p), &elf), SK_ELF_GOOD);
    assert_int_equal(elf.segment_count, 3);
    assert_int_equal(elf.segment[0].vaddr, code.p_vaddr);
    assert_true(elf.segment[1].vaddr < elf.segment[2].vaddr);
}

static void what_ends_early_is_no_program(void **state)
{
    struct program p;
    struct sk_elf_program elf = {.entry = 7};

    (void)state;
    program_init(&p);
    for (size_t size = 0; size < sizeof(p); size++) {
        enum sk_elf_problem want = size < sizeof(p.header) ? SK_ELF_NO_HEADER
                                   : size < offsetof(struct program, bytes)
                                       ? SK_ELF_TABLE
                                       : SK_ELF_SEGMENT_FILE;

        assert_int_equal(program_check(&p, size, &elf), want);
    }
    assert_int_equal(elf.entry, 7); /* not written */
}

/* One change to a good program, and what the checker says to it. */
struct mistake {
    enum sk_elf_problem want;
    void (*make)(struct program *p);
};

#define MISTAKE(name) static void make_##name(struct program *p)

MISTAKE(magic)
{
    p->header.e_ident[1] = 'F';
}
MISTAKE(class)
{
    p->header.e_ident[EI_CLASS] = ELFCLASS32;
}
MISTAKE(encoding)
{
    p->header.e_ident[EI_DATA] = ELFDATA2MSB;
}
MISTAKE(ident_version)
{
    p->header.e_ident[EI_VERSION] = 0;
}
MISTAKE(version)
{
    p->header.e_version = 2;
}
MISTAKE(type)
{
    p->header.e_type = ET_DYN;
}
MISTAKE(machine)
{
    p->header.e_machine = EM_X86_64;
}
MISTAKE(header_size)
{
    p->header.e_ehsize++;
}
MISTAKE(entry_size)
{
    p->header.e_phentsize = 32;
}
MISTAKE(table)
{
    p->header.e_phoff = sizeof(struct program) - 8;
}
MISTAKE(table_round_the_end)
{
    p->header.e_phoff = -(uint64_t)sizeof(Elf64_Phdr);
}
MISTAKE(table_of_65535)
{
    p->header.e_phnum = 0xffff;
}
MISTAKE(interpreter)
{
    p->segment[PROGRAM_STACK].p_type = PT_INTERP;
}
MISTAKE(dynamic)
{
    p->segment[PROGRAM_STACK].p_type = PT_DYNAMIC;
}
MISTAKE(executable_stack)
{
    p->segment[PROGRAM_STACK].p_flags |= PF_X;
}
MISTAKE(no_header)
{
    p->header.e_phnum = 0;
}
MISTAKE(no_segment)
{
    for (int i = 0; i < PROGRAM_HEADERS; i++) {
        p->segment[i].p_type = PT_NOTE;
    }
}
MISTAKE(segment_behind_the_file)
{
    p->segment[PROGRAM_DATA].p_offset += 0x1000;
}
MISTAKE(segment_round_the_file)
{
    p->segment[PROGRAM_DATA].p_offset |= 0xfffffffffffff000;
}
MISTAKE(segment_size)
{
    p->segment[PROGRAM_CODE].p_filesz++;
}
MISTAKE(segment_align)
{
    p->segment[PROGRAM_CODE].p_align = 0x1800;
}
MISTAKE(segment_offset)
{
    p->segment[PROGRAM_CODE].p_vaddr += 8;
}
MISTAKE(segment_at_null)
{
    p->segment[PROGRAM_CODE].p_vaddr &= 0xfff;
}
MISTAKE(segment_of_the_kernel)
{
    p->segment[PROGRAM_DATA].p_vaddr |= 0xffffff8000000000;
}
MISTAKE(segment_past_the_users)
{
    p->segment[PROGRAM_DATA].p_memsz = 0x800000000000 - p->segment[PROGRAM_DATA].p_vaddr;
}
MISTAKE(segment_round_the_end)
{
    p->segment[PROGRAM_DATA].p_memsz = ~(uint64_t)0;
}
MISTAKE(unreadable)
{
    p->segment[PROGRAM_CODE].p_flags = PF_X;
}
MISTAKE(unknown_right)
{
    p->segment[PROGRAM_DATA].p_flags |= 8;
}
MISTAKE(write_execute)
{
    p->segment[PROGRAM_DATA].p_flags |= PF_X;
}
MISTAKE(overlap)
{
    p->segment[PROGRAM_CONSTANTS].p_vaddr = p->segment[PROGRAM_DATA].p_vaddr - 8;
    p->segment[PROGRAM_CONSTANTS].p_align = 1;
}
MISTAKE(same_place)
{
    p->segment[PROGRAM_CONSTANTS].p_vaddr = p->segment[PROGRAM_DATA].p_vaddr;
    p->segment[PROGRAM_CONSTANTS].p_align = 0;
}
MISTAKE(shared_page)
{
    p->segment[PROGRAM_CONSTANTS].p_vaddr = p->segment[PROGRAM_CODE].p_vaddr + PROGRAM_BYTES;
    p->segment[PROGRAM_CONSTANTS].p_align = 1;
}
MISTAKE(entry_nowhere)
{
    p->header.e_entry = 0;
}
MISTAKE(entry_in_data)
{
    p->header.e_entry = p->segment[PROGRAM_DATA].p_vaddr;
}
MISTAKE(entry_half_behind)
{
    p->header.e_entry = p->segment[PROGRAM_CODE].p_vaddr + PROGRAM_BYTES - 2;
}
MISTAKE(entry_align)
{
    p->header.e_entry += 2;
}
MISTAKE(tls_twice)
{
    p->segment[PROGRAM_STACK] = p->segment[PROGRAM_TLS];
}
MISTAKE(tls_size)
{
    p->segment[PROGRAM_TLS].p_memsz = 0x1f;
}
MISTAKE(tls_huge)
{
    p->segment[PROGRAM_TLS].p_memsz = ~(uint64_t)0;
}
MISTAKE(tls_align)
{
    p->segment[PROGRAM_TLS].p_align = 24;
}
MISTAKE(tls_align_huge)
{
    p->segment[PROGRAM_TLS].p_align = 0x2000;
}
MISTAKE(tls_in_bss)
{
    p->segment[PROGRAM_TLS].p_vaddr += PROGRAM_BYTES;
}
MISTAKE(tls_round_the_end)
{
    p->segment[PROGRAM_TLS].p_vaddr = -(uint64_t)8;
}

static void each_mistake_has_its_name(void **state)
{
    static const struct mistake mistakes[] = {
        {SK_ELF_MAGIC, make_magic},
        {SK_ELF_CLASS, make_class},
        {SK_ELF_ENCODING, make_encoding},
        {SK_ELF_VERSION, make_ident_version},
        {SK_ELF_VERSION, make_version},
        {SK_ELF_TYPE, make_type},
        {SK_ELF_MACHINE, make_machine},
        {SK_ELF_HEADER_SIZE, make_header_size},
        {SK_ELF_ENTRY_SIZE, make_entry_size},
        {SK_ELF_TABLE, make_table},
        {SK_ELF_TABLE, make_table_round_the_end},
        {SK_ELF_TABLE, make_table_of_65535},
        {SK_ELF_DYNAMIC, make_interpreter},
        {SK_ELF_DYNAMIC, make_dynamic},
        {SK_ELF_STACK, make_executable_stack},
        {SK_ELF_NO_SEGMENT, make_no_header},
        {SK_ELF_NO_SEGMENT, make_no_segment},
        {SK_ELF_SEGMENT_FILE, make_segment_behind_the_file},
        {SK_ELF_SEGMENT_FILE, make_segment_round_the_file},
        {SK_ELF_SEGMENT_SIZE, make_segment_size},
        {SK_ELF_SEGMENT_ALIGN, make_segment_align},
        {SK_ELF_SEGMENT_ALIGN, make_segment_offset},
        {SK_ELF_SEGMENT_RANGE, make_segment_at_null},
        {SK_ELF_SEGMENT_RANGE, make_segment_of_the_kernel},
        {SK_ELF_SEGMENT_RANGE, make_segment_past_the_users},
        {SK_ELF_SEGMENT_RANGE, make_segment_round_the_end},
        {SK_ELF_SEGMENT_RIGHTS, make_unreadable},
        {SK_ELF_SEGMENT_RIGHTS, make_unknown_right},
        {SK_ELF_WRITE_EXECUTE, make_write_execute},
        {SK_ELF_OVERLAP, make_overlap},
        {SK_ELF_OVERLAP, make_same_place},
        {SK_ELF_SHARED_PAGE, make_shared_page},
        {SK_ELF_ENTRY, make_entry_nowhere},
        {SK_ELF_ENTRY, make_entry_in_data},
        {SK_ELF_ENTRY, make_entry_half_behind},
        {SK_ELF_ENTRY_ALIGN, make_entry_align},
        {SK_ELF_TLS_COUNT, make_tls_twice},
        {SK_ELF_TLS_SIZE, make_tls_size},
        {SK_ELF_TLS_SIZE, make_tls_huge},
        {SK_ELF_TLS_ALIGN, make_tls_align},
        {SK_ELF_TLS_ALIGN, make_tls_align_huge},
        {SK_ELF_TLS_PLACE, make_tls_in_bss},
        {SK_ELF_TLS_PLACE, make_tls_round_the_end},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(mistakes) / sizeof(mistakes[0]); i++) {
        struct program p;
        struct sk_elf_program elf = {.entry = 7};

        program_init(&p);
        mistakes[i].make(&p);
        enum sk_elf_problem got = program_check(&p, sizeof(p), &elf);
        if (got != mistakes[i].want) {
            fail_msg("mistake %zu: it %s, and not: it %s", i, sk_elf_problem_text(got),
                     sk_elf_problem_text(mistakes[i].want));
        }
        assert_int_equal(elf.entry, 7); /* not written */
    }
}

static void a_program_has_a_limited_number_of_segments(void **state)
{
    struct {
        struct program p;
        Elf64_Phdr more[SK_ELF_SEGMENTS + 1];
    } many;
    struct sk_elf_program elf;

    (void)state;
    program_init(&many.p);
    for (unsigned i = 0; i <= SK_ELF_SEGMENTS; i++) {
        many.more[i] = (Elf64_Phdr){
            .p_type = PT_LOAD,
            .p_flags = i == 0 ? PF_R | PF_X : PF_R,
            .p_vaddr = PROGRAM_VADDR + i * 0x1000,
            .p_filesz = 0x100,
            .p_memsz = 0x100,
        };
    }
    many.p.header.e_phoff = sizeof(many.p);
    many.p.header.e_entry = PROGRAM_VADDR;
    many.p.header.e_phnum = SK_ELF_SEGMENTS;
    assert_int_equal(program_check(&many.p, sizeof(many), &elf), SK_ELF_GOOD);
    assert_int_equal(elf.segment_count, SK_ELF_SEGMENTS);
    many.p.header.e_phnum++;
    assert_int_equal(program_check(&many.p, sizeof(many), &elf), SK_ELF_SEGMENT_COUNT);
}

static void each_problem_has_a_text_of_its_own(void **state)
{
    (void)state;
    for (unsigned a = 0; a < SK_ELF_PROBLEMS; a++) {
        const char *text = sk_elf_problem_text((enum sk_elf_problem)a);

        assert_non_null(text);
        for (unsigned b = 0; b < a; b++) {
            assert_string_not_equal(text, sk_elf_problem_text((enum sk_elf_problem)b));
        }
    }
    assert_string_equal(sk_elf_problem_text(SK_ELF_PROBLEMS), "is wrong in an unknown way");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_good_program_is_told_as_it_is),
        cmocka_unit_test(segments_are_sorted_and_empty_ones_left_out),
        cmocka_unit_test(what_ends_early_is_no_program),
        cmocka_unit_test(each_mistake_has_its_name),
        cmocka_unit_test(a_program_has_a_limited_number_of_segments),
        cmocka_unit_test(each_problem_has_a_text_of_its_own),
    };

    return cmocka_run_group_tests_name("task/elf", tests, NULL, NULL);
}
