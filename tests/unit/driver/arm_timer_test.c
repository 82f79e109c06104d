/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/driver/arm_timer.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "timer_model.h"

static struct sk_arm_timer timer;

static int set_up(void **state)
{
    (void)state;
    timer_model = (struct timer_model){.hz = 62500000};
    return sk_arm_timer_init(&timer, 0) == SK_OK ? 0 : -1;
}

static void time_is_what_the_counter_says(void **state)
{
    (void)state;
    timer_model.count = 62500000ull * 3 + 1;
    assert_int_equal(sk_arm_timer_now_ticks(&timer), 187500001);
    assert_int_equal(sk_arm_timer_now_ns(&timer), 3000000016);
    assert_int_equal(sk_arm_timer_now_us(&timer), 3000000);
    assert_int_equal(timer.clock.now(&timer.clock), 3000000016);
}

/* Exact, for the frequencies that there are, over 200 years. */
static void units_are_converted_without_overflow(void **state)
{
    static const uint64_t hz[] = {1,          3,          1000000,          19200000,
                                  24000000,   62500000,   999999999,        1000000000,
                                  1000000001, 4000000000, (uint64_t)1 << 32};
    const uint64_t year_s = 31556952;

    (void)state;
    for (unsigned i = 0; i < sizeof(hz) / sizeof(hz[0]); i++) {
        assert_int_equal(sk_arm_timer_init(&timer, hz[i]), SK_OK);
        for (uint64_t year = 0; year <= 200; year++) {
            uint64_t ticks = year * year_s * hz[i] / 2 + year * 12345;
            uint64_t ns = year * year_s * 500000000 + year * 54321;
            unsigned __int128 wide = (unsigned __int128)ticks * 1000000000 / hz[i];

            if (wide <= UINT64_MAX) {
                assert_int_equal(sk_arm_timer_ns(&timer, ticks), (uint64_t)wide);
            }
            assert_int_equal(sk_arm_timer_us(&timer, ticks),
                             (uint64_t)((unsigned __int128)ticks * 1000000 / hz[i]));
            wide = ((unsigned __int128)ns * hz[i] + 999999999) / 1000000000;
            assert_int_equal(sk_arm_timer_ticks(&timer, ns), (uint64_t)wide);
            assert_true(sk_arm_timer_ns(&timer, sk_arm_timer_ticks(&timer, ns)) >= ns);
        }
    }
}

static void what_no_number_holds_is_the_largest(void **state)
{
    (void)state;
    assert_int_equal(sk_arm_timer_init(&timer, 1), SK_OK);
    assert_int_equal(sk_arm_timer_ns(&timer, UINT64_MAX), UINT64_MAX);
    assert_int_equal(sk_arm_timer_init(&timer, (uint64_t)1 << 32), SK_OK);
    assert_int_equal(sk_arm_timer_ticks(&timer, UINT64_MAX - 1), UINT64_MAX);
    assert_int_equal(sk_arm_timer_us(&timer, UINT64_MAX), 4294967295999999);
}

static void an_interrupt_comes_at_its_time_and_not_before(void **state)
{
    (void)state;
    sk_arm_timer_set(&timer, 1000001);
    assert_int_equal(timer_model.compare, 62501); /* 16 ns each: not early */
    timer_model.count = 62500;
    assert_false(timer_model_interrupts());
    assert_false(sk_arm_timer_interrupt(&timer));
    timer_model.count = 62501;
    assert_true(timer_model_interrupts());
    assert_true(sk_arm_timer_now_ns(&timer) >= 1000001);
    assert_true(sk_arm_timer_interrupt(&timer));
    assert_false(timer_model_interrupts());
    assert_false(sk_arm_timer_interrupt(&timer));
    assert_false(timer_model_wait());
}

static void a_time_that_has_gone_by_comes_at_once(void **state)
{
    (void)state;
    timer_model.count = 1000;
    timer.clock.set_timeout(&timer.clock, 0);
    assert_true(timer_model_interrupts());
    sk_arm_timer_set(&timer, 1u << 30);
    assert_false(timer_model_interrupts());
    assert_false(sk_arm_timer_interrupt(&timer));
    assert_true(timer_model_wait());
    assert_true(sk_arm_timer_interrupt(&timer));
}

static void never_does_not_come(void **state)
{
    (void)state;
    sk_arm_timer_set(&timer, 5);
    timer.clock.set_timeout(&timer.clock, SK_CLOCK_NEVER);
    assert_false(timer_model_wait());
    sk_arm_timer_set(&timer, 5);
    sk_arm_timer_cancel(&timer);
    assert_false(timer_model_wait());
}

static void a_frequency_that_cannot_be_is_refused(void **state)
{
    struct timer_model before;

    (void)state;
    timer_model.hz = 0;
    timer_model.control = 1;
    before = timer_model;
    assert_int_equal(sk_arm_timer_init(&timer, 0), SK_ERR_INVALID_ARGUMENT);
    assert_int_equal(sk_arm_timer_init(&timer, ((uint64_t)1 << 32) + 1), SK_ERR_RANGE);
    assert_memory_equal(&before, &timer_model, sizeof(before));
    assert_int_equal(sk_arm_timer_init(&timer, 1000), SK_OK);
    assert_int_equal(timer.hz, 1000);
    assert_int_equal(timer_model.control, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(time_is_what_the_counter_says, set_up),
        cmocka_unit_test_setup(units_are_converted_without_overflow, set_up),
        cmocka_unit_test_setup(what_no_number_holds_is_the_largest, set_up),
        cmocka_unit_test_setup(an_interrupt_comes_at_its_time_and_not_before, set_up),
        cmocka_unit_test_setup(a_time_that_has_gone_by_comes_at_once, set_up),
        cmocka_unit_test_setup(never_does_not_come, set_up),
        cmocka_unit_test_setup(a_frequency_that_cannot_be_is_refused, set_up),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
