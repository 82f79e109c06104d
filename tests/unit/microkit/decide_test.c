/*
 * Which domains the monitor restarts, and what it says of it.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include <selkie/task/restart.h>

#include "sample.h"

static _Alignas(8) char memory[SK_MONITOR_STATE];

static bool decide(const struct sk_monitor_domain *d, uint64_t now_us)
{
    return sk_monitor_decide(d, memory, now_us);
}

static void never_means_never(void **state)
{
    const struct sk_monitor_domain d = {.name = "x", .restart = SK_MONITOR_NEVER};

    (void)state;
    memset(memory, 0, sizeof(memory));
    assert_false(decide(&d, 0));
    assert_string_equal(spoken(), "x stays stopped\n");
}

static void always_means_always(void **state)
{
    const struct sk_monitor_domain d = {.name = "x", .restart = SK_MONITOR_ALWAYS};

    (void)state;
    memset(memory, 0, sizeof(memory));
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
    memset(memory, 0, sizeof(memory));
    assert_true(decide(&d, 100));
    assert_true(decide(&d, 200));
    assert_true(decide(&d, 1100)); /* the first is out of the window */
    (void)spoken();
    assert_false(decide(&d, 1150));
    assert_string_equal(spoken(), "x stays stopped after 2 restarts in 1000 us\n");
}

/* The most that there can be; without a clock no window ends. */
static void sixteen_restarts_and_no_clock(void **state)
{
    const struct sk_monitor_domain d = {.name = "x",
                                        .restart = SK_MONITOR_LIMITED,
                                        .restart_limit = SK_RESTART_LIMIT,
                                        .restart_window_us = 1};

    (void)state;
    memset(memory, 0, sizeof(memory));
    for (unsigned i = 0; i < SK_RESTART_LIMIT; i++) {
        assert_true(decide(&d, 0));
    }
    assert_false(decide(&d, 0));
    (void)spoken();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(never_means_never),
        cmocka_unit_test(always_means_always),
        cmocka_unit_test(limited_restarts_are_counted_in_a_window),
        cmocka_unit_test(sixteen_restarts_and_no_clock),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
