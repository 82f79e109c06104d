/*
 * Which domains the monitor restarts, and what it says of it.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "sample.h"

static struct sk_monitor_state history;

static bool decide(const struct sk_monitor_domain *d, uint64_t now_us)
{
    return sk_monitor_decide(d, &history, now_us);
}

static int forget(void **state)
{
    (void)state;
    history = (struct sk_monitor_state){0};
    return 0;
}

static void never_means_never(void **state)
{
    const struct sk_monitor_domain d = {.name = "x", .restart = SK_MONITOR_NEVER};

    (void)state;
    assert_false(decide(&d, 0));
    assert_string_equal(spoken(), "x stays stopped\n");
}

static void always_means_always(void **state)
{
    const struct sk_monitor_domain d = {.name = "x", .restart = SK_MONITOR_ALWAYS};

    (void)state;
    for (unsigned i = 0; i < 100; i++) {
        assert_true(decide(&d, 0));
        assert_string_equal(spoken(), "x is restarted\n");
    }
}

static void limited_restarts_are_counted_in_a_window(void **state)
{
    const struct sk_monitor_domain d = {.name = "x",
                                        .restart = SK_MONITOR_LIMITED,
                                        .restart_limit = 2,
                                        .restart_window_us = 1000};

    (void)state;
    assert_true(decide(&d, 100));
    assert_true(decide(&d, 200));
    assert_true(decide(&d, 1100)); /* the first of the next window */
    assert_true(decide(&d, 1101));
    (void)spoken();
    assert_false(decide(&d, 2099));
    assert_string_equal(spoken(), "x stays stopped after 2 restarts in 1000 us\n");
}

static void without_a_window_restarts_are_counted_for_ever(void **state)
{
    const struct sk_monitor_domain d = {
        .name = "x", .restart = SK_MONITOR_LIMITED, .restart_limit = 1000};

    (void)state;
    for (uint64_t i = 0; i < 1000; i++) {
        assert_true(decide(&d, i * 1000000));
        (void)spoken();
    }
    assert_false(decide(&d, UINT64_MAX));
    assert_string_equal(spoken(), "x stays stopped after 1000 restarts\n");
}

/* As on a kernel that does not let programs read the counter. */
static void without_a_clock_no_window_ends(void **state)
{
    const struct sk_monitor_domain d = {
        .name = "x", .restart = SK_MONITOR_LIMITED, .restart_limit = 1, .restart_window_us = 1};

    (void)state;
    assert_true(decide(&d, 0));
    (void)spoken();
    assert_false(decide(&d, 0));
    assert_string_equal(spoken(), "x stays stopped after 1 restart in 1 us\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(never_means_never, forget),
        cmocka_unit_test_setup(always_means_always, forget),
        cmocka_unit_test_setup(limited_restarts_are_counted_in_a_window, forget),
        cmocka_unit_test_setup(without_a_window_restarts_are_counted_for_ever, forget),
        cmocka_unit_test_setup(without_a_clock_no_window_ends, forget),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
