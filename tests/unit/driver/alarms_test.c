/*
 * Alarms over the timer's driver, over a timer that the test plays.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/driver/alarms.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#include <selkie/driver/arm_timer.h>

#include "timer_model.h"

enum { COUNT = 64 };

struct bell {
    struct sk_alarm alarm; /* first */
    unsigned calls;
    uint64_t last_when;
};

static struct sk_arm_timer timer;
static struct sk_alarms alarms;
static struct bell bells[COUNT];
static unsigned calls;
static uint64_t last_when;
static unsigned order[COUNT];

static void ring(struct sk_alarm *self, uint64_t when)
{
    struct bell *b = (struct bell *)self;

    assert_true(when <= sk_alarms_now(&alarms));
    assert_true(when >= last_when);
    last_when = when;
    order[calls++ % COUNT] = (unsigned)(b - bells);
    b->calls++;
    b->last_when = when;
}

static int set_up(void **state)
{
    (void)state;
    timer_model = (struct timer_model){.hz = 1000000000};
    calls = 0;
    last_when = 0;
    for (unsigned i = 0; i < COUNT; i++) {
        bells[i] = (struct bell){.alarm.fn = ring};
    }
    if (sk_arm_timer_init(&timer, 0) != SK_OK) {
        return -1;
    }
    sk_alarms_init(&alarms, &timer.clock);
    return 0;
}

static void set(unsigned bell, uint64_t when, uint64_t period)
{
    sk_alarms_set(&alarms, &bells[bell].alarm, when, period);
}

/* The clock's next signal, so many nanoseconds late. */
static unsigned turn(uint64_t late)
{
    assert_true(timer_model_wait());
    timer_model.count += late;
    assert_true(sk_arm_timer_interrupt(&timer));
    return sk_alarms_run(&alarms);
}

static void alarms_come_in_the_order_of_their_times(void **state)
{
    (void)state;
    set(0, 300, 0);
    set(1, 100, 0);
    set(2, 200, 0);
    set(3, 100, 0);
    assert_int_equal(timer_model.compare, 100);
    assert_int_equal(turn(0), 2);
    assert_int_equal(turn(0), 1);
    assert_int_equal(turn(0), 1);
    assert_int_equal(order[0], 1);
    assert_int_equal(order[1], 3);
    assert_int_equal(order[2], 2);
    assert_int_equal(order[3], 0);
    assert_false(timer_model_wait());
    assert_false(sk_alarm_is_set(&bells[0].alarm));
}

static void the_clock_is_told_the_first_time_only(void **state)
{
    unsigned compares = timer_model.compares;

    (void)state;
    set(0, 100, 0);
    set(1, 200, 0);
    set(2, 300, 0);
    sk_alarms_cancel(&alarms, &bells[1].alarm);
    assert_int_equal(timer_model.compares, compares + 1);
    sk_alarms_cancel(&alarms, &bells[0].alarm);
    assert_int_equal(timer_model.compare, 300);
    sk_alarms_cancel(&alarms, &bells[2].alarm);
    sk_alarms_cancel(&alarms, &bells[2].alarm);
    assert_false(timer_model_wait());
    assert_int_equal(sk_alarms_run(&alarms), 0);
}

static void periods_do_not_drift_however_late_they_are_called(void **state)
{
    (void)state;
    set(0, 1000, 1000);
    for (unsigned n = 1; n <= 10000; n++) {
        assert_int_equal(turn(n * 7919 % 1000), 1);
        assert_int_equal(bells[0].last_when, n * 1000);
    }
    assert_int_equal(bells[0].alarm.missed, 0);
}

static void times_that_have_gone_by_are_counted_and_not_made_up_for(void **state)
{
    (void)state;
    set(0, 1000, 1000);
    assert_int_equal(turn(3500), 1);
    assert_int_equal(bells[0].calls, 1);
    assert_int_equal(bells[0].alarm.missed, 3);
    assert_int_equal(timer_model.compare, 5000);
    assert_int_equal(turn(0), 1);
    assert_int_equal(bells[0].last_when, 5000);
    set(0, 6000, 0);
    assert_int_equal(bells[0].alarm.missed, 0);
}

static void never_does_not_come(void **state)
{
    (void)state;
    set(0, SK_CLOCK_NEVER, 5);
    assert_false(sk_alarm_is_set(&bells[0].alarm));
    set(0, 100, UINT64_MAX - 50);
    assert_int_equal(turn(0), 1);
    assert_false(sk_alarm_is_set(&bells[0].alarm));
    set(0, 200, UINT64_MAX - 200);
    assert_int_equal(turn(0), 1);
    assert_false(timer_model_wait());
}

static void set_again(struct sk_alarm *self, uint64_t when)
{
    ring(self, when);
    sk_alarms_set(&alarms, self, when, 0);
}

static void one_that_sets_itself_does_not_keep_the_call_from_ending(void **state)
{
    (void)state;
    bells[0].alarm.fn = set_again;
    set(0, 100, 0);
    set(1, 200, 0);
    assert_int_equal(turn(0), 1);
    assert_int_equal(turn(0), 1);
    assert_true(timer_model_interrupts());
    sk_alarms_cancel(&alarms, &bells[0].alarm);
    assert_int_equal(turn(0), 1);
    assert_int_equal(bells[1].calls, 1);
}

static void one_that_sets_itself_does_not_keep_others_from_being_called(void **state)
{
    (void)state;
    bells[0].alarm.fn = set_again;
    set(0, 100, 0);
    set(1, 200, 0);
    assert_int_equal(turn(200), 2);
    assert_int_equal(bells[1].calls, 1);
    last_when = 0;
    set(1, 300, 0);
    assert_int_equal(turn(0), 2);
    assert_int_equal(bells[1].calls, 2);
}

static void set_next(struct sk_alarm *self, uint64_t when)
{
    struct bell *b = (struct bell *)self;

    ring(self, when);
    sk_alarms_set(&alarms, &b[1].alarm, when, 0);
}

static void one_that_is_due_and_set_anew_is_called_once(void **state)
{
    (void)state;
    bells[0].alarm.fn = set_next;
    set(0, 100, 0);
    set(1, 200, 0);
    assert_int_equal(turn(200), 1);
    assert_true(timer_model_interrupts());
    last_when = 0;
    assert_int_equal(turn(0), 1);
    assert_int_equal(bells[1].calls, 1);
    assert_int_equal(bells[1].last_when, 100);
    assert_false(timer_model_wait());
}

static void run_again(struct sk_alarm *self, uint64_t when)
{
    ring(self, when);
    assert_int_equal(sk_alarms_run(&alarms), 0);
}

static void an_alarm_does_not_run_others_itself(void **state)
{
    (void)state;
    bells[0].alarm.fn = run_again;
    set(0, 100, 0);
    set(1, 200, 0);
    assert_int_equal(turn(200), 2);
    assert_int_equal(bells[0].calls, 1);
    assert_int_equal(bells[1].calls, 1);
}

static void cancel_others(struct sk_alarm *self, uint64_t when)
{
    ring(self, when);
    for (unsigned i = 0; i < COUNT; i++) {
        sk_alarms_cancel(&alarms, &bells[i].alarm);
    }
}

static void an_alarm_may_cancel_others_that_are_due(void **state)
{
    (void)state;
    for (unsigned i = 0; i < COUNT; i++) {
        bells[i].alarm.fn = cancel_others;
        set(i, 100, 10);
    }
    assert_int_equal(turn(50), 1);
    assert_false(timer_model_wait());
}

/* Any sequence of calls, against times that are written down in a row. */
static void alarms_do_what_a_plain_list_does(void **state)
{
    uint64_t when[COUNT] = {0};
    uint64_t period[COUNT] = {0};

    (void)state;
    srand(20261122);
    for (unsigned step = 0; step < 100000; step++) {
        unsigned i = (unsigned)rand() % COUNT;
        uint64_t now = timer_model.count;

        if (rand() % 4 != 0) {
            when[i] = now + 1 + (unsigned)rand() % 1000;
            period[i] = rand() % 2 == 0 ? 0 : 1 + (unsigned)rand() % 500;
            set(i, when[i], period[i]);
        } else if (rand() % 2 == 0) {
            sk_alarms_cancel(&alarms, &bells[i].alarm);
            when[i] = 0;
        } else {
            unsigned expected = 0;

            timer_model.count += (unsigned)rand() % 300;
            now = timer_model.count;
            for (unsigned j = 0; j < COUNT; j++) {
                if (when[j] != 0 && when[j] <= now) {
                    expected++;
                    when[j] = period[j] == 0
                                  ? 0
                                  : when[j] + ((now - when[j]) / period[j] + 1) * period[j];
                }
            }
            last_when = 0;
            assert_int_equal(sk_alarms_run(&alarms), expected);
        }
        for (unsigned j = 0; j < COUNT; j++) {
            assert_int_equal(sk_alarm_is_set(&bells[j].alarm), when[j] != 0);
            assert_true(when[j] == 0 || bells[j].alarm.when == when[j]);
            assert_true(when[j] == 0 || timer_model.compare <= when[j]);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(alarms_come_in_the_order_of_their_times, set_up),
        cmocka_unit_test_setup(the_clock_is_told_the_first_time_only, set_up),
        cmocka_unit_test_setup(periods_do_not_drift_however_late_they_are_called, set_up),
        cmocka_unit_test_setup(times_that_have_gone_by_are_counted_and_not_made_up_for, set_up),
        cmocka_unit_test_setup(never_does_not_come, set_up),
        cmocka_unit_test_setup(one_that_sets_itself_does_not_keep_the_call_from_ending, set_up),
        cmocka_unit_test_setup(one_that_sets_itself_does_not_keep_others_from_being_called,
                               set_up),
        cmocka_unit_test_setup(one_that_is_due_and_set_anew_is_called_once, set_up),
        cmocka_unit_test_setup(an_alarm_does_not_run_others_itself, set_up),
        cmocka_unit_test_setup(an_alarm_may_cancel_others_that_are_due, set_up),
        cmocka_unit_test_setup(alarms_do_what_a_plain_list_does, set_up),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
