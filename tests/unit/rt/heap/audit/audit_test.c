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
#include <selkie/rt/print.h>

#include "../../../../../src/rt/heap/heap.h"
#include "../../../../../src/rt/lock.h"

#define SITE   0x1000
#define BLOCKS 100
#define ROUNDS 20000

SK_HEAP_ARENA(1 << 18);

/* What rt does for the heap on target. */
const char __ehdr_start[1];
static jmp_buf panicked;
static char message[200];
static unsigned lines;

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

void sk_printf(const char *format, ...)
{
    lines += strstr(format, "were not freed") != NULL;
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

/* Is the heap well? If not, message says why. */
static bool is_well(void)
{
    struct sk_heap_stats stats;

    if (setjmp(panicked) != 0) {
        return false;
    }
    sk_heap_check(&stats);
    return true;
}

static bool passes_audit(void)
{
    if (setjmp(panicked) != 0) {
        return false;
    }
    sk_heap_audit();
    return true;
}

static uint32_t next_random(void)
{
    static uint64_t state = 20261122;

    state = state * 6364136223846793005 + 1442695040888963407;
    return (uint32_t)(state >> 33);
}

/* Replace a block by one of another size, or change its size. */
static void change(void **block)
{
    size_t size = next_random() % 600;
    size_t align = (size_t)16 << next_random() % 6;
    size_t old;

    if (*block != NULL && next_random() % 2 == 0) {
        if (sk_heap_resize(*block, size, SITE, &old)) {
            memset(*block, 1, size);
        }
        return;
    }
    if (*block != NULL) {
        sk_heap_give(*block, SITE);
    }
    *block = sk_heap_take(size, align, SITE);
    if (*block != NULL) {
        memset(*block, 1, size);
    }
}

static void a_heap_that_is_used_well_passes(void **state)
{
    static void *blocks[BLOCKS];

    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        change(&blocks[next_random() % BLOCKS]);
        if (round % 100 == 0) {
            assert_true(is_well());
        }
    }
    for (int i = 0; i < BLOCKS; i++) {
        sk_heap_give(blocks[i], SITE);
    }
    assert_true(passes_audit());
}

static void a_write_to_any_freed_byte_is_found(void **state)
{
    char *p = sk_heap_take(1000, 16, SITE);
    char *behind = sk_heap_take(16, 16, SITE);

    (void)state;
    sk_heap_give(p, SITE);
    for (int i = 16; i < 1000; i++) {
        p[i] ^= 1;
        assert_false(is_well());
        assert_non_null(strstr(message, "was written to after it was freed"));
        p[i] ^= 1;
    }
    sk_heap_give(behind, SITE);
    assert_true(passes_audit());
}

/* False if the heap finds a mistake in taking a block. */
static bool takes(size_t size)
{
    if (setjmp(panicked) != 0) {
        return false;
    }
    sk_heap_give(sk_heap_take(size, 16, SITE), SITE);
    return true;
}

static void a_write_far_behind_a_free_is_found_when_the_memory_is_used(void **state)
{
    char *p = sk_heap_take(1000, 16, SITE);

    (void)state;
    sk_heap_give(p, SITE);
    p[990] ^= 1;
    assert_true(takes(500)); /* not that far */
    assert_false(takes(1000));
    p[990] ^= 1;
    assert_true(passes_audit());
}

static void blocks_that_are_left_are_named(void **state)
{
    void *blocks[10];

    (void)state;
    for (int i = 0; i < 10; i++) {
        blocks[i] = sk_heap_take(10, 16, SITE);
    }
    lines = 0;
    assert_false(passes_audit());
    assert_non_null(strstr(message, "a leak of 10 blocks"));
    assert_int_equal(lines, 8);
    for (int i = 0; i < 10; i++) {
        sk_heap_give(blocks[i], SITE);
    }
    assert_true(passes_audit());
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_heap_that_is_used_well_passes),
        cmocka_unit_test(a_write_to_any_freed_byte_is_found),
        cmocka_unit_test(a_write_far_behind_a_free_is_found_when_the_memory_is_used),
        cmocka_unit_test(blocks_that_are_left_are_named),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
