/*
 * What a process takes is counted without making one.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <selkie/arch/task/elf.h>

#include "program.h"

#include <cmocka.h>

static const struct sk_elf_plan usual = {
    .stack_size = 0x4000,
    .cnode_bits = 4,
    .has_sched_context = true,
};

static struct sk_elf_needs needs_of(const struct sk_elf_program *elf,
                                    const struct sk_elf_plan *plan)
{
    struct sk_elf_place place;
    struct sk_elf_needs needs;

    assert_int_equal(sk_elf_place(elf, &sk_arch_elf_machine, plan, &place), SK_ELF_GOOD);
    sk_elf_needs(elf, &sk_arch_elf_machine, plan, &place, &needs);
    return needs;
}

static void a_small_program_is_counted(void **state)
{
    struct program p;
    struct sk_elf_program elf;

    (void)state;
    program_init(&p);
    assert_int_equal(program_check(&p, sizeof(p), &elf), SK_ELF_GOOD);
    struct sk_elf_needs n = needs_of(&elf, &usual);
    assert_int_equal(n.code_pages, 1);
    assert_int_equal(n.read_only_pages, 1);
    assert_int_equal(n.writable_pages, 4);
    assert_int_equal(n.stack_pages, 4);
    assert_int_equal(n.pages, 11);
    assert_int_equal(n.tables, 3);
    assert_int_equal(n.objects, 11 + 3 + 4);
    assert_int_equal(n.slots, n.objects + 1);
    assert_int_equal(n.bytes, (11 + 3 + 1) * 4096 + 2048 + 16 * 32 + 128);
}

static void what_is_chosen_counts(void **state)
{
    struct program p;
    struct sk_elf_program elf;
    struct sk_elf_plan plan = usual;

    (void)state;
    program_init(&p);
    assert_int_equal(program_check(&p, sizeof(p), &elf), SK_ELF_GOOD);
    struct sk_elf_needs before = needs_of(&elf, &plan);
    plan.has_sched_context = false;
    plan.untyped_bits = 16;
    plan.cnode_bits = 6;
    plan.stack_size += 0x1000;
    struct sk_elf_needs after = needs_of(&elf, &plan);
    assert_int_equal(after.objects, before.objects + 1);
    assert_int_equal(after.bytes, before.bytes - 128 + 65536 + 48 * 32 + 4096);
}

/* A program of one byte at each of these addresses. */
static struct sk_elf_program sparse(const uint64_t *vaddrs, unsigned count)
{
    struct sk_elf_program elf = {.segment_count = count};

    for (unsigned i = 0; i < count; i++) {
        elf.segment[i] = (struct sk_elf_segment){.vaddr = vaddrs[i], .size = 1, .rights = 4};
    }
    return elf;
}

static void tables_are_counted_once_and_at_each_level(void **state)
{
    static const uint64_t vaddrs[] = {0x1fffff, 0x200000, 0x40000000, 0x8000000000};
    struct sk_elf_program elf = sparse(vaddrs, 2);

    (void)state;
    /* The second page is in the second table, with the stack. */
    assert_int_equal(needs_of(&elf, &usual).tables, 4);
    elf = sparse(vaddrs, 3);
    assert_int_equal(needs_of(&elf, &usual).tables, 1 + 2 + 3);
    elf = sparse(vaddrs, 4);
    assert_int_equal(needs_of(&elf, &usual).tables, 2 + 3 + 4);
    elf.segment[3].size = 0x40000000;
    /* 512 of the last level for a gigabyte, and one behind it for the stack. */
    assert_int_equal(needs_of(&elf, &usual).tables, 2 + 4 + 3 + 512 + 1);
}

static void there_may_be_no_room_behind_it(void **state)
{
    uint64_t end = sk_arch_elf_machine.user_end;
    uint64_t vaddr = end - 0x9000; /* a page, four of the stack, four more */
    struct sk_elf_program elf = sparse(&vaddr, 1);
    struct sk_elf_place place = {.stack = 7};
    struct sk_elf_plan plan = usual;

    (void)state;
    assert_int_equal(sk_elf_place(&elf, &sk_arch_elf_machine, &plan, &place), SK_ELF_GOOD);
    assert_int_equal(place.ipc_buffer, end - 0x2000);
    assert_int_equal(place.stack, end - 0x7000);
    assert_int_equal(place.stack_end, end - 0x3000);
    plan.stack_size += 0x1000;
    assert_int_equal(sk_elf_place(&elf, &sk_arch_elf_machine, &plan, &place), SK_ELF_NO_ROOM);
    plan.stack_size = ~(uint64_t)0xfff;
    assert_int_equal(sk_elf_place(&elf, &sk_arch_elf_machine, &plan, &place), SK_ELF_NO_ROOM);
    assert_int_equal(place.ipc_buffer, end - 0x2000);
}

static void thread_local_variables_need_a_stack(void **state)
{
    uint64_t vaddr = 0x400000;
    struct sk_elf_program elf = sparse(&vaddr, 1);
    struct sk_elf_place place;

    (void)state;
    elf.tls_size = 0x2000;
    assert_int_equal(sk_elf_place(&elf, &sk_arch_elf_machine, &usual, &place), SK_ELF_GOOD);
    elf.tls_size++;
    assert_int_equal(sk_elf_place(&elf, &sk_arch_elf_machine, &usual, &place),
                     SK_ELF_STACK_FOR_TLS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_small_program_is_counted),
        cmocka_unit_test(what_is_chosen_counts),
        cmocka_unit_test(tables_are_counted_once_and_at_each_level),
        cmocka_unit_test(there_may_be_no_room_behind_it),
        cmocka_unit_test(thread_local_variables_need_a_stack),
    };

    return cmocka_run_group_tests_name("task/elf_needs", tests, NULL, NULL);
}
