/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/rt/heap.h>

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include <selkie/base/assert.h>

/* What is between two steps of another thread can only be made from inside. */
#include "../../../../../src/rt/heap/bump/heap.c"

#define SITE 0x1000

SK_HEAP_ARENA(1 << 20);

/* What rt does for the heap on target. */
const char __ehdr_start[1];
static _Thread_local jmp_buf panicked;
static _Thread_local char message[200];

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

static int empty(void **state)
{
    (void)state;
    memset(sk_heap_arena, 0, sizeof(sk_heap_arena));
    used = 0;
    takers = 0;
    return 0;
}

/* Is the heap well? If not, message says why. */
static bool is_well(struct sk_heap_stats *ret_stats)
{
    if (setjmp(panicked) != 0) {
        return false;
    }
    sk_heap_check(ret_stats);
    return true;
}

static bool frees(void *p)
{
    if (setjmp(panicked) != 0) {
        return false;
    }
    sk_heap_give(p, SITE);
    return true;
}

static void a_heap_that_another_thread_takes_from_is_well(void **state)
{
    struct sk_heap_stats stats;
    char *block = sk_heap_take(24, 16, SITE);

    (void)state;
    takers = 1; /* the other one has moved used, and was interrupted */
    used += 4;
    assert_true(is_well(&stats));
    assert_int_equal(stats.blocks, 1);
    assert_int_equal(stats.used, (3 + 4) * UNIT_SIZE);
    assert_true(frees(block));
}

static void a_header_that_nobody_is_about_to_write_was_overwritten(void **state)
{
    struct sk_heap_stats stats;
    char *block = sk_heap_take(32, 16, SITE);
    char *next = sk_heap_take(32, 16, SITE);

    (void)state;
    memset(next - UNIT_SIZE, 0, UNIT_SIZE);
    assert_false(is_well(&stats));
    assert_non_null(strstr(message, "header"));
    assert_false(frees(block));
    assert_non_null(strstr(message, "was written past its end"));
}

static void no_taker_is_left_behind(void **state)
{
    (void)state;
    assert_non_null(sk_heap_take(100, 4096, SITE));
    assert_null(sk_heap_take(sizeof(sk_heap_arena), 16, SITE));
    assert_null(sk_heap_take(SIZE_MAX, 16, SITE));
    assert_int_equal(takers, 0);
}

static void blocks_in_use_are_listed_up_to_one_that_is_being_taken(void **state)
{
    struct block *blocks[2];

    (void)state;
    (void)sk_heap_take(24, 16, SITE);
    takers = 1;
    used += 4;
    assert_int_equal(sk_heap_list(blocks, 2), 1);
}

static void no_alignment_is_cut_to_32_bits(void **state)
{
    (void)state;
    for (size_t align = 16; align <= (size_t)1 << 62; align *= 2) {
        uintptr_t payload = (uintptr_t)sk_heap_arena + UNIT_SIZE;

        assert_int_equal((payload + padding(0, align) * UNIT_SIZE) % align, 0);
        assert_true(padding(0, align) < align / UNIT_SIZE);
    }
}

static void *take_and_resize(void *arg)
{
    bool *is_over = arg;
    char *p;

    while ((p = sk_heap_take(50, 64, SITE)) != NULL) {
        size_t size;

        memset(p, 0, 50);
        (void)sk_heap_resize(p, 20, SITE, &size);
        (void)sk_heap_resize(p, 60, SITE, &size);
        memset(p, 1, 60);
        sk_heap_give(p, SITE);
    }
    __atomic_store_n(is_over, true, __ATOMIC_SEQ_CST);
    return NULL;
}

/* Of what two threads really do; which steps meet is left to the machine. */
static void a_heap_is_well_whenever_it_is_looked_at(void **state)
{
    struct sk_heap_stats stats;
    pthread_t thread;
    bool is_over = false;

    (void)state;
    assert_int_equal(pthread_create(&thread, NULL, take_and_resize, &is_over), 0);
    while (!__atomic_load_n(&is_over, __ATOMIC_SEQ_CST)) {
        if (!is_well(&stats)) {
            fail_msg("%s", message);
        }
    }
    assert_int_equal(pthread_join(thread, NULL), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(a_heap_that_another_thread_takes_from_is_well, empty),
        cmocka_unit_test_setup(a_header_that_nobody_is_about_to_write_was_overwritten, empty),
        cmocka_unit_test_setup(no_taker_is_left_behind, empty),
        cmocka_unit_test_setup(blocks_in_use_are_listed_up_to_one_that_is_being_taken, empty),
        cmocka_unit_test_setup(no_alignment_is_cut_to_32_bits, empty),
        cmocka_unit_test_setup(a_heap_is_well_whenever_it_is_looked_at, empty),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
