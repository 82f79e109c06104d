/*
 * Owned values: when they are dropped, moved, and used although they are gone.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <selkie/base/err.h>
#include <selkie/base/own.h>

#include "traps.h"

typedef struct ring {
    uintptr_t number; /* zero: none */
    char stone;
} ring;

static uintptr_t dropped[8];
static unsigned drop_count;

static void ring_drop(ring *r)
{
    dropped[drop_count++] = r->number;
}

SK_OWNED(ring, ring_drop)

static uintptr_t ring_number(const ring *r)
{
    sk_own_check(r);
    return r->number;
}

/* Yes, where the compiler cannot know it. */
static volatile bool yes = true;

static void forget_drops(void)
{
    drop_count = 0;
}

static void scope_of_two(void)
{
    SK_AUTO(ring) first = {.number = 1};
    SK_AUTO(ring) second = {.number = 2};
    SK_AUTO(ring) none = {0};
}

static void values_are_dropped_in_reverse_order(void **state)
{
    (void)state;
    forget_drops();
    scope_of_two();
    assert_int_equal(drop_count, 2);
    assert_int_equal(dropped[0], 2);
    assert_int_equal(dropped[1], 1);
}

static sk_err make_then_fail(sk_err late, ring *ret)
{
    SK_AUTO(ring) r = {0};

    r = (ring){3, 'x'};
    SK_TRY(late);
    *ret = SK_MOVE(r);
    return SK_OK;
}

static void an_error_drops_and_leaves_the_result_alone(void **state)
{
    ring kept = {0};

    (void)state;
    forget_drops();
    assert_int_equal(make_then_fail(SK_ERR_RANGE, &kept), SK_ERR_RANGE);
    assert_int_equal(drop_count, 1);
    assert_int_equal(dropped[0], 3);
    assert_int_equal(kept.number, 0);
}

static void a_moved_value_is_the_receivers(void **state)
{
    ring kept = {0};

    (void)state;
    forget_drops();
    assert_int_equal(make_then_fail(SK_OK, &kept), SK_OK);
    assert_int_equal(drop_count, 0);
    assert_int_equal(kept.number, 3);
    assert_int_equal(kept.stone, 'x');
    assert_int_equal(ring_number(&kept), 3);
}

static void move_on_a_condition(void *arg)
{
    ring r = {.number = 4};
    ring other = {0};

    (void)arg;
    if (yes) {
        other = SK_MOVE(r);
    }
    r = SK_MOVE(r);
    other = SK_MOVE(other);
}

static void use_after_a_move_on_a_condition(void *arg)
{
    ring r = {.number = 4};
    ring other = {0};

    (void)arg;
    if (yes) {
        other = SK_MOVE(r);
    }
    other.number = ring_number(&r);
    other = SK_MOVE(other);
}

static void move_once(void *arg)
{
    ring r = {.number = 4};
    ring other = {0};

    (void)arg;
    if (!yes) {
        other = SK_MOVE(r);
    }
    r = SK_MOVE(r);
    (void)other;
}

static void a_move_that_the_compiler_cannot_see_traps_later(void **state)
{
    (void)state;
    assert_true(traps(move_on_a_condition, NULL));
    assert_true(traps(use_after_a_move_on_a_condition, NULL));
    assert_false(traps(move_once, NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_are_dropped_in_reverse_order),
        cmocka_unit_test(an_error_drops_and_leaves_the_result_alone),
        cmocka_unit_test(a_moved_value_is_the_receivers),
        cmocka_unit_test(a_move_that_the_compiler_cannot_see_traps_later),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
