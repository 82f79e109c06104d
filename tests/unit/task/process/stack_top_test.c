/*
 * What a new process finds at the top of its stack, whatever the pages are like on which it was
 * written.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "stack_top.h"

#include <string.h>

#include <sel4runtime/auxv.h>

#include "check.h"

#define END   0x500000ul
#define BYTES 0x1000u

static _Alignas(16) char memory[BYTES]; /* what lies below END */

/* A word, or a text, of the process. */
static uint64_t word(uintptr_t vaddr)
{
    uint64_t w;

    assert_in_range(vaddr, END - BYTES, END - sizeof(w));
    memcpy(&w, memory + (vaddr - (END - BYTES)), sizeof(w));
    return w;
}

static const char *text(uintptr_t vaddr)
{
    assert_in_range(vaddr, END - BYTES, END - 1);
    return memory + (vaddr - (END - BYTES));
}

/* Write page by page, as if they had so many bytes; what is not written stays. */
static void write_all(const struct stack_top *t, size_t page_size)
{
    memset(memory, 0x55, sizeof(memory));
    for (uintptr_t vaddr = END - BYTES; vaddr < END; vaddr += page_size) {
        sk_stack_top_write(t, vaddr, memory + (vaddr - (END - BYTES)), page_size);
    }
    for (uintptr_t vaddr = END - BYTES; vaddr < t->sp; vaddr++) {
        assert_int_equal(memory[vaddr - (END - BYTES)], 0x55);
    }
}

static const char *const argv[] = {"program", "", "a longer argument than that", NULL};
static const char *const envp[] = {"HOME=/", "EMPTY=", NULL};
static const struct sk_grant grants[] = {
    {.name = "log", .kind = "endpoint", .cptr = 77},
    {.name = "memory", .kind = "untyped", .cptr = 78, .size_bits = 20},
};

static void check_texts(uintptr_t *at, const char *const texts[])
{
    for (; *texts != NULL; texts++, *at += 8) {
        assert_string_equal(text(word(*at)), *texts);
    }
    assert_int_equal(word(*at), 0);
    *at += 8;
}

static void check_grant(uintptr_t *at, const struct sk_grant *grant, seL4_CPtr cptr)
{
    assert_string_equal(text(word(*at)), grant->name);
    assert_string_equal(text(word(*at + 8)), grant->kind);
    assert_int_equal(word(*at + 16), cptr);
    assert_int_equal(word(*at + 24), grant->size_bits);
    *at += 32;
}

/* The value of an entry of the vector at vaddr. */
static uint64_t aux(uintptr_t vaddr, uint64_t type)
{
    while (word(vaddr) != type) {
        assert_int_not_equal(word(vaddr), AT_NULL);
        vaddr += 16;
    }
    return word(vaddr + 8);
}

static void everything_is_where_it_belongs(void **state)
{
    (void)state;
    for (size_t page_size = BYTES; page_size >= 8; page_size /= 2) {
        struct stack_top t = {.argv = argv,
                              .envp = envp,
                              .own = {.name = "own", .kind = "untyped", .size_bits = 12},
                              .grants = grants,
                              .grant_count = 2,
                              .first_grant = 5,
                              .random = {111, 222}};

        sk_stack_top_tell(&t, SK_AT_PARENT, 1);
        sk_stack_top_tell(&t, AT_SEL4_IPC_BUFFER_PTR, 0x123000);
        assert_int_equal(sk_stack_top_place(&t, END, BYTES), SK_OK);
        assert_int_equal(t.sp % 16, 0);
        write_all(&t, page_size);

        uintptr_t at = t.sp;
        assert_int_equal(word(at), 3);
        at += 8;
        check_texts(&at, argv);
        check_texts(&at, envp);
        assert_int_equal(aux(at, SK_AT_PARENT), 1);
        assert_int_equal(aux(at, AT_SEL4_IPC_BUFFER_PTR), 0x123000);
        assert_int_equal(aux(at, SK_AT_GRANT_COUNT), 3);
        assert_int_equal(word(aux(at, SK_AT_RANDOM)), 111);
        assert_int_equal(word(aux(at, SK_AT_RANDOM) + 8), 222);
        at = aux(at, SK_AT_GRANTS);
        check_grant(&at, &t.own, 5);
        check_grant(&at, &grants[0], 6);
        check_grant(&at, &grants[1], 7);
    }
}

static void with_nothing_there_is_a_name(void **state)
{
    const char *const alone[] = {"alone", NULL};
    const char *const none[] = {NULL};
    struct stack_top t = {.name = "alone"};

    (void)state;
    assert_int_equal(sk_stack_top_place(&t, END, BYTES), SK_OK);
    write_all(&t, BYTES);
    uintptr_t at = t.sp;
    assert_int_equal(word(at), 1);
    at += 8;
    check_texts(&at, alone);
    check_texts(&at, none);
    assert_int_equal(aux(at, SK_AT_GRANT_COUNT), 0);
    for (uintptr_t entry = at; word(entry) != AT_NULL; entry += 16) {
        assert_int_not_equal(word(entry), SK_AT_RANDOM);
    }
}

static void there_may_be_too_much(void **state)
{
    struct stack_top t = {.argv = argv, .envp = envp, .sp = 7};
    struct stack_top fits;
    size_t size;

    (void)state;
    fits = t;
    assert_int_equal(sk_stack_top_place(&fits, END, BYTES), SK_OK);
    size = END - fits.sp;
    fits = t;
    assert_int_equal(sk_stack_top_place(&fits, END, size), SK_OK);
    assert_int_equal(sk_stack_top_place(&t, END, size - 1), SK_ERR_RANGE);
    assert_int_equal(t.sp, 7);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(everything_is_where_it_belongs),
        cmocka_unit_test(with_nothing_there_is_a_name),
        cmocka_unit_test(there_may_be_too_much),
    };

    return cmocka_run_group_tests_name("task/stack_top", tests, NULL, NULL);
}
