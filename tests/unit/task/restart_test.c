/*
 * When a failure is answered by a restart, and when no more.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/task/restart.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

/* A failure at this time, and the delay that is decided; -1: not again. */
static int64_t fail_at(const struct sk_restart_policy *policy, struct sk_restart_history *h,
                       uint64_t now_us)
{
    uint64_t due_us = 7;

    if (!sk_restart_decide(policy, h, now_us, &due_us)) {
        assert_int_equal(due_us, 7); /* not written */
        return -1;
    }
    assert_true(due_us >= now_us);
    return (int64_t)(due_us - now_us);
}

static void the_delay_doubles_up_to_the_longest(void **state)
{
    const struct sk_restart_policy policy = {
        .limit = 16, .window_us = 1000, .delay_us = 10, .max_delay_us = 65};
    struct sk_restart_history h = {0};

    (void)state;
    assert_int_equal(fail_at(&policy, &h, 0), 10);
    assert_int_equal(fail_at(&policy, &h, 0), 20);
    assert_int_equal(fail_at(&policy, &h, 100), 40);
    assert_int_equal(fail_at(&policy, &h, 200), 65);
    assert_int_equal(fail_at(&policy, &h, 1199), 65);
    /* A window has gone by. */
    assert_int_equal(fail_at(&policy, &h, 2199), 10);
    assert_int_equal(fail_at(&policy, &h, 2200), 20);
}

static void without_a_longest_the_delay_stays(void **state)
{
    const struct sk_restart_policy policy = {.limit = 16, .window_us = 1000, .delay_us = 10};
    const struct sk_restart_policy at_once = {
        .limit = 16, .window_us = 1000, .max_delay_us = 50};
    struct sk_restart_history h = {0};
    struct sk_restart_history h_at_once = {0};

    (void)state;
    for (uint64_t now = 0; now < 15; now++) {
        assert_int_equal(fail_at(&policy, &h, now), 10);
        assert_int_equal(fail_at(&at_once, &h_at_once, now), 0);
    }
}

static void failures_in_a_window_are_limited(void **state)
{
    const struct sk_restart_policy policy = {.limit = 3, .window_us = 100};
    struct sk_restart_history h = {0};

    (void)state;
    assert_int_equal(fail_at(&policy, &h, 0), 0);
    assert_int_equal(fail_at(&policy, &h, 50), 0);
    assert_int_equal(fail_at(&policy, &h, 99), 0);
    /* The first is not in the window any more; then the second is. */
    assert_int_equal(fail_at(&policy, &h, 100), 0);
    assert_int_equal(fail_at(&policy, &h, 149), -1);
    assert_int_equal(h.count, 5);
}

static void a_limit_of_zero_is_never_again(void **state)
{
    const struct sk_restart_policy never = {.window_us = 100};
    const struct sk_restart_policy once = {.limit = 1, .window_us = 100};
    struct sk_restart_history h = {0};
    struct sk_restart_history h_once = {0};

    (void)state;
    assert_int_equal(fail_at(&never, &h, 5), -1);
    assert_int_equal(fail_at(&once, &h_once, 5), 0);
    assert_int_equal(fail_at(&once, &h_once, 104), -1);
    assert_int_equal(fail_at(&once, &h_once, 204), 0);
}

static void the_largest_limit_is_kept(void **state)
{
    const struct sk_restart_policy policy = {.limit = SK_RESTART_LIMIT, .window_us = 1000};
    struct sk_restart_history h = {0};

    (void)state;
    for (uint64_t now = 0; now < SK_RESTART_LIMIT; now++) {
        assert_int_equal(fail_at(&policy, &h, now), 0);
    }
    assert_int_equal(fail_at(&policy, &h, 999), -1);
    assert_int_equal(fail_at(&policy, &h, 1999), 0);
}

static void nothing_overflows(void **state)
{
    const struct sk_restart_policy policy = {.limit = 16,
                                             .window_us = UINT64_MAX,
                                             .delay_us = UINT64_MAX / 2 + 1,
                                             .max_delay_us = UINT64_MAX};
    struct sk_restart_history h = {0};
    uint64_t due_us;

    (void)state;
    assert_true(sk_restart_decide(&policy, &h, 5, &due_us));
    assert_int_equal(due_us, UINT64_MAX / 2 + 6);
    assert_true(sk_restart_decide(&policy, &h, 5, &due_us));
    assert_int_equal(due_us, UINT64_MAX);
    h.in_row = UINT32_MAX;
    assert_true(sk_restart_decide(&policy, &h, UINT64_MAX - 1, &due_us));
    assert_int_equal(due_us, UINT64_MAX);
    assert_int_equal(h.in_row, UINT32_MAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_delay_doubles_up_to_the_longest),
        cmocka_unit_test(without_a_longest_the_delay_stays),
        cmocka_unit_test(failures_in_a_window_are_limited),
        cmocka_unit_test(a_limit_of_zero_is_never_again),
        cmocka_unit_test(the_largest_limit_is_kept),
        cmocka_unit_test(nothing_overflows),
    };

    return cmocka_run_group_tests_name("task/restart", tests, NULL, NULL);
}
