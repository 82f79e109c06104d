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

/* Moves *r where the compiler cannot know it. */
static void take_away(ring *r)
{
    ring_drop(r);
    *r = (ring){0};
}

static void leave(ring *r)
{
    (void)r;
}

static void (*volatile hidden_move)(ring *r) = take_away;
static void (*volatile hidden_stay)(ring *r) = leave;

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

static void a_move_evaluates_its_operand_once(void **state)
{
    ring rings[] = {{.number = 1}, {.number = 2}, {.number = 3}};
    unsigned next = 0;
    ring first = SK_MOVE(rings[next++]);
    ring *at = &rings[1];
    ring second = SK_MOVE(*at++);

    (void)state;
    assert_int_equal(first.number, 1);
    assert_int_equal(second.number, 2);
    assert_int_equal(next, 1);
    assert_ptr_equal(at, &rings[2]);
    assert_int_equal(rings[0].number, 0);
    assert_int_equal(rings[1].number, 0);
    assert_int_equal(rings[2].number, 3);
}

static void move_after_a_hidden_move(void *arg)
{
    ring r = {.number = 4};

    (void)arg;
    hidden_move(&r);
    r = SK_MOVE(r);
}

static void use_after_a_hidden_move(void *arg)
{
    ring r = {.number = 4};

    (void)arg;
    hidden_move(&r);
    (void)ring_number(&r);
}

static void move_and_use(void *arg)
{
    ring r = {.number = 4};

    (void)arg;
    hidden_stay(&r);
    r = SK_MOVE(r);
    (void)ring_number(&r);
}

static void a_move_that_the_compiler_cannot_see_traps_later(void **state)
{
    (void)state;
    assert_true(traps(move_after_a_hidden_move, NULL));
    assert_true(traps(use_after_a_hidden_move, NULL));
    assert_false(traps(move_and_use, NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_are_dropped_in_reverse_order),
        cmocka_unit_test(an_error_drops_and_leaves_the_result_alone),
        cmocka_unit_test(a_moved_value_is_the_receivers),
        cmocka_unit_test(a_move_evaluates_its_operand_once),
        cmocka_unit_test(a_move_that_the_compiler_cannot_see_traps_later),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
