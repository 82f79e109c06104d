/*
 * Which domains the monitor restarts, and what it says of it.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#include "sample.h"

static struct sk_monitor_state history;

static enum sk_monitor_decision how(const struct sk_monitor_domain *d, uint64_t now_us)
{
    return sk_monitor_decide(d, &history, now_us);
}

static bool decide(const struct sk_monitor_domain *d, uint64_t now_us)
{
    return how(d, now_us) == SK_MONITOR_NOW;
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

static const struct sk_monitor_domain always = {.name = "x", .restart = SK_MONITOR_ALWAYS};

/* It fails as soon as it is started. */
static void pauses_are_doubled_until_they_are_long(void **state)
{
    static const unsigned pauses_ms[] = {100, 200, 400, 800, 1600, 3200, 6400, 6400, 6400};
    uint64_t now = 5000;

    (void)state;
    assert_int_equal(how(&always, now), SK_MONITOR_NOW);
    assert_string_equal(spoken(), "x is restarted\n");
    for (unsigned i = 0; i < sizeof(pauses_ms) / sizeof(pauses_ms[0]); i++) {
        char line[64];

        snprintf(line, sizeof(line), "x is restarted in %u ms\n", pauses_ms[i]);
        assert_int_equal(how(&always, now), SK_MONITOR_LATER);
        assert_string_equal(spoken(), line);
        now += pauses_ms[i] * 1000;
        assert_false(sk_monitor_is_due(&history, now - 1));
        assert_true(sk_monitor_is_due(&history, now));
        assert_false(sk_monitor_is_due(&history, now));
    }
}

static void one_that_ran_for_ten_seconds_is_restarted_at_once(void **state)
{
    const uint64_t calm = 10000000;

    (void)state;
    assert_int_equal(how(&always, 1), SK_MONITOR_NOW);
    assert_int_equal(how(&always, 1 + calm), SK_MONITOR_NOW);
    assert_int_equal(how(&always, calm + calm), SK_MONITOR_LATER);
    assert_true(sk_monitor_is_due(&history, calm + calm + 100000));
    assert_int_equal(how(&always, 3 * calm + 99999), SK_MONITOR_LATER);
    assert_true(sk_monitor_is_due(&history, UINT64_MAX));
    assert_int_equal(how(&always, 4 * calm + 300000), SK_MONITOR_NOW);
    assert_int_equal(how(&always, 4 * calm + 300001), SK_MONITOR_LATER);
    (void)spoken();
}

/* As on a kernel that does not let programs read the counter. */
static void without_a_clock_always_means_at_once(void **state)
{
    (void)state;
    for (unsigned i = 0; i < 100; i++) {
        assert_int_equal(how(&always, 0), SK_MONITOR_NOW);
        assert_string_equal(spoken(), "x is restarted\n");
    }
    assert_false(sk_monitor_is_due(&history, 0));
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
        cmocka_unit_test_setup(pauses_are_doubled_until_they_are_long, forget),
        cmocka_unit_test_setup(one_that_ran_for_ten_seconds_is_restarted_at_once, forget),
        cmocka_unit_test_setup(without_a_clock_always_means_at_once, forget),
        cmocka_unit_test_setup(limited_restarts_are_counted_in_a_window, forget),
        cmocka_unit_test_setup(without_a_window_restarts_are_counted_for_ever, forget),
        cmocka_unit_test_setup(without_a_clock_no_window_ends, forget),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
