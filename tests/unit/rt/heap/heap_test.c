/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/rt/heap.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include <selkie/base/assert.h>

#include "../../../../src/rt/heap/heap.h"
#include "../../../../src/rt/lock.h"

#define SITE   0x1000
#define BLOCKS 400
#define ROUNDS 100000

SK_HEAP_ARENA(1 << 20);

/* What rt does for the heap on target. */
const char __ehdr_start[1];
static jmp_buf panicked;
static char message[200];

SK_NORETURN void sk_panic_at(const char *file, int line, const char *format, ...)
{
    va_list args;

    (void)file;
    (void)line;
    va_start(args, format);
    (void)vsnprintf(message, sizeof(message), format, args);
    va_end(args);
    longjmp(panicked, 1);
}

void sk_lock_wait(struct lock *l)
{
    (void)l;
    fail_msg("a lock was left taken");
}

void sk_lock_wake(struct lock *l)
{
    (void)l;
}

static void *take(size_t size)
{
    return sk_heap_take(size, 16, SITE);
}

static void give(void *p)
{
    sk_heap_give(p, SITE + 1);
}

/* Free p, which is a mistake: the panic must say so. */
#define CHECK_PANIC(p, text)                    \
    do {                                        \
        message[0] = '\0';                      \
        if (setjmp(panicked) == 0) {            \
            give(p);                            \
        }                                       \
        assert_non_null(strstr(message, text)); \
    } while (0)

/* A write of one byte at p, and its undoing: is it found when block is freed? */
static void check_write_is_found(char *block, char *p)
{
    *p ^= 1;
    CHECK_PANIC(block, "was written past its end");
    *p ^= 1;
}

static size_t bytes_used(void)
{
    struct sk_heap_stats stats;

    sk_heap_check(&stats);
    return stats.used;
}

static uint32_t next_random(void)
{
    static uint64_t state = 20261122;

    state = state * 6364136223846793005 + 1442695040888963407;
    return (uint32_t)(state >> 33);
}

struct held {
    unsigned char *p;
    size_t size;
    unsigned char mark;
};

static void check_marks(const struct held *h)
{
    for (size_t i = 0; i < h->size; i++) {
        assert_int_equal(h->p[i], h->mark);
    }
}

static size_t random_size(void)
{
    return next_random() % (next_random() % 8 == 0 ? 8000 : 300);
}

static void change(struct held *h)
{
    size_t old;

    if (h->p != NULL && next_random() % 3 == 0) {
        size_t size = random_size();

        if (sk_heap_resize(h->p, size, SITE, &old)) {
            size_t kept = size < h->size ? size : h->size;

            h->size = kept;
            check_marks(h);
            memset(h->p, h->mark, size);
            h->size = size;
        } else {
            assert_true(old < size && old >= h->size);
        }
        return;
    }
    if (h->p != NULL) {
        check_marks(h);
        give(h->p);
    }
    size_t align = (size_t)16 << next_random() % 8;

    *h = (struct held){.size = random_size(), .mark = (unsigned char)next_random()};
    h->p = sk_heap_take(h->size, align, SITE);
    if (h->p != NULL) {
        assert_int_equal((uintptr_t)h->p % align, 0);
        memset(h->p, h->mark, h->size);
    } else {
        h->size = 0;
    }
}

static void blocks_keep_what_is_in_them_and_all_memory_comes_back(void **state)
{
    static struct held held[BLOCKS];
    struct sk_heap_stats stats;

    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        change(&held[next_random() % BLOCKS]);
        if (round % 1000 == 0) {
            sk_heap_check(&stats);
        }
    }
    for (int i = 0; i < BLOCKS; i++) {
        check_marks(&held[i]);
        if (held[i].p != NULL) {
            give(held[i].p);
        }
    }
    sk_heap_check(&stats);
    assert_int_equal(stats.used, 0);
    assert_true(stats.largest + 64 >= stats.size);
}

static void a_full_heap_gives_nothing_and_stays_whole(void **state)
{
    void *blocks[32];
    unsigned count = 0;

    (void)state;
    while ((blocks[count] = take(100000)) != NULL) {
        count++;
    }
    assert_int_equal(count, 10);
    assert_null(take(SIZE_MAX));
    assert_null(take((size_t)1 << 40));
    assert_null(sk_heap_take(1, (size_t)1 << 40, SITE));
    while (count != 0) {
        give(blocks[--count]);
    }
    assert_int_equal(bytes_used(), 0);
}

static void every_wrong_free_is_found_and_harms_nothing(void **state)
{
    char *before = take(40);
    char *p = take(40);
    char *behind = take(40);

    (void)state;
    CHECK_PANIC(p + 16, "16 bytes into a block allocated at");
    CHECK_PANIC(p + 3, "3 bytes into a block allocated at");
    CHECK_PANIC(p - 16, "bytes into a block allocated at");
    CHECK_PANIC((char *)16, "was never allocated");
    CHECK_PANIC(message, "was never allocated");
    CHECK_PANIC(sk_heap_arena + sizeof(sk_heap_arena) - 1, "");
    give(before);
    give(p);
    CHECK_PANIC(p, "was freed before at pc");
    CHECK_PANIC(before, "was freed before at pc");
    give(behind);
    CHECK_PANIC(behind, "was freed before at pc");
    assert_int_equal(bytes_used(), 0);
}

static void writes_past_a_block_are_found_when_it_is_freed(void **state)
{
    char *p = take(48);
    char *behind = take(48);
    char saved = p[48];

    (void)state;
    p[48] = (char)(saved + 1);
    CHECK_PANIC(p, "was written past its end");
    CHECK_PANIC(behind, "header of");
    p[48] = saved;
    give(p);
    give(behind);
}

static void writes_into_what_a_size_was_rounded_up_by_are_found(void **state)
{
    (void)state;
    for (size_t size = 0; size < 100; size++) {
        size_t rounded = size == 0 ? 16 : (size + 15) / 16 * 16;
        char *p = take(size);

        for (size_t i = size; i < rounded; i++) {
            check_write_is_found(p, p + i);
        }
        memset(p, 0, size);
        give(p);
    }
    assert_int_equal(bytes_used(), 0);
}

static void what_is_left_over_moves_when_a_block_changes_its_size(void **state)
{
    char *p = take(200);
    size_t old;

    (void)state;
    for (size_t size = 200; size > 150; size--) {
        memset(p, 7, size);
        assert_true(sk_heap_resize(p, size - 1, SITE, &old));
        assert_int_equal(old, size);
        check_write_is_found(p, p + size - 1);
        for (size_t i = 0; i < size - 1; i++) {
            assert_int_equal(p[i], 7);
        }
    }
    assert_true(sk_heap_resize(p, 155, SITE, &old));
    memset(p, 8, 155);
    give(p);
    assert_int_equal(bytes_used(), 0);
}

static void writes_past_a_block_are_found_by_a_check_of_all(void **state)
{
    struct sk_heap_stats stats;
    char *p = take(40);

    (void)state;
    p[40] ^= 1;
    message[0] = '\0';
    if (setjmp(panicked) == 0) {
        sk_heap_check(&stats);
    }
    assert_non_null(strstr(message, "was written past its end"));
    p[40] ^= 1;
    give(p);
}

static void writes_to_freed_blocks_are_found_when_they_are_used(void **state)
{
    char *p = take(100);
    char *behind = take(16);

    (void)state;
    give(p);
    p[20] ^= 1;
    message[0] = '\0';
    if (setjmp(panicked) == 0) {
        (void)take(100);
    }
    assert_non_null(strstr(message, "was written to after it was freed"));
    p[20] ^= 1;
    give(behind);
    assert_int_equal(bytes_used(), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blocks_keep_what_is_in_them_and_all_memory_comes_back),
        cmocka_unit_test(a_full_heap_gives_nothing_and_stays_whole),
        cmocka_unit_test(every_wrong_free_is_found_and_harms_nothing),
        cmocka_unit_test(writes_past_a_block_are_found_when_it_is_freed),
        cmocka_unit_test(writes_into_what_a_size_was_rounded_up_by_are_found),
        cmocka_unit_test(what_is_left_over_moves_when_a_block_changes_its_size),
        cmocka_unit_test(writes_past_a_block_are_found_by_a_check_of_all),
        cmocka_unit_test(writes_to_freed_blocks_are_found_when_they_are_used),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
