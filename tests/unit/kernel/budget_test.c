/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/budget.h"
#include "core/check.h"
#include "core/ipc.h"

#include "play.h"

union context {
    unsigned char room[sizeof(struct sched_context) + 4 * sizeof(struct refill)];
    struct sched_context sc;
};

static uint64_t sum(const struct sched_context *sc)
{
    uint64_t total = 0;

    for (uint32_t n = 0; n < sc->refill_count; n++) {
        total += sc->refills[(sc->refill_head + n) % sc->refill_max].amount;
    }
    return total;
}

static void a_time_slice_is_full_again_when_it_ends(void **state)
{
    union context c = {0};
    uint64_t slice = budget_ticks(1000);

    (void)state;
    sk_kbudget_configure(&c.sc, 0, slice, slice, 2);
    assert_false(sk_kbudget_charge(&c.sc, 100, 100));
    assert_int_equal(budget_head(&c.sc)->amount, slice - 100);
    assert_true(sk_kbudget_charge(&c.sc, slice, slice - 100));
    assert_int_equal(budget_head(&c.sc)->amount, slice);
    assert_int_equal(c.sc.consumed, slice);
}

static void what_was_used_comes_back_a_period_later(void **state)
{
    union context c = {0};
    uint64_t budget = budget_ticks(1000), period = budget_ticks(10000);

    (void)state;
    sk_kbudget_configure(&c.sc, 0, budget, period, 4);
    assert_false(sk_kbudget_charge(&c.sc, budget / 2, budget / 2));
    assert_int_equal(sum(&c.sc), budget);
    assert_true(sk_kbudget_charge(&c.sc, budget, budget / 2));
    assert_int_equal(sum(&c.sc), budget);
    assert_int_equal(budget_head(&c.sc)->time, period);
}

static void a_full_ring_loses_no_budget(void **state)
{
    union context c = {0};
    uint64_t budget = budget_ticks(1000), now = 0;

    (void)state;
    sk_kbudget_configure(&c.sc, 0, budget, budget_ticks(10000), 2);
    for (unsigned n = 0; n < 20; n++) {
        uint64_t used = budget_ticks(30);

        now += used;
        (void)sk_kbudget_charge(&c.sc, now, used);
        sk_kbudget_resume(&c.sc, now);
        assert_int_equal(sum(&c.sc), budget);
        assert_in_range(c.sc.refill_count, 1, 2);
    }
}

static void in_a_full_ring_refills_end_when_the_last_one_did(void **state)
{
    union context c = {0};
    uint64_t ms = budget_ticks(1000);

    (void)state;
    sk_kbudget_configure(&c.sc, 0, 4 * ms, 10 * ms, 2);
    assert_false(sk_kbudget_charge(&c.sc, ms, ms));
    sk_kbudget_resume(&c.sc, 2 * ms);
    assert_false(sk_kbudget_charge(&c.sc, 3 * ms, ms));
    /* 1 ms at 10 and 1 ms at 12 are now 2 ms at 11. */
    assert_int_equal(c.sc.refills[1].time, 11 * ms);
    assert_int_equal(c.sc.refills[1].amount, 2 * ms);
}

static void a_change_keeps_the_time_that_was_waited_for(void **state)
{
    union context c = {0};
    uint64_t ms = budget_ticks(1000);

    (void)state;
    sk_kbudget_configure(&c.sc, 0, 2 * ms, 10 * ms, 2);
    assert_true(sk_kbudget_charge(&c.sc, 2 * ms, 2 * ms));
    sk_kbudget_change(&c.sc, 3 * ms, 5 * ms, 20 * ms, 4);
    assert_int_equal(c.sc.refill_count, 2);
    assert_int_equal(budget_head(&c.sc)->time, 10 * ms);
    assert_int_equal(budget_head(&c.sc)->amount, 2 * ms);
    assert_int_equal(c.sc.refills[1].time, 30 * ms);
    assert_int_equal(sum(&c.sc), 5 * ms);
    sk_kbudget_change(&c.sc, 3 * ms, ms, 20 * ms, 2);
    assert_int_equal(c.sc.refill_count, 1);
    assert_int_equal(sum(&c.sc), ms);
}

static void yielding_gives_up_one_refill(void **state)
{
    union context c = {0};
    uint64_t budget = budget_ticks(1000), period = budget_ticks(5000);

    (void)state;
    sk_kbudget_configure(&c.sc, 0, budget, period, 2);
    sk_kbudget_forfeit(&c.sc, 10, 10);
    assert_int_equal(c.sc.consumed, 10);
    assert_int_equal(c.sc.refill_count, 1);
    assert_int_equal(budget_head(&c.sc)->time, period);
    assert_int_equal(sum(&c.sc), budget);
}

static void refills_that_meet_are_one(void **state)
{
    union context c = {0};
    uint64_t ms = budget_ticks(1000);

    (void)state;
    sk_kbudget_configure(&c.sc, 0, 4 * ms, 10 * ms, 4);
    assert_false(sk_kbudget_charge(&c.sc, ms, ms));
    assert_false(sk_kbudget_charge(&c.sc, 2 * ms, ms));
    assert_int_equal(c.sc.refill_count, 2);
    assert_int_equal(c.sc.refills[1].time, 10 * ms);
    assert_int_equal(c.sc.refills[1].amount, 2 * ms);
}

static void what_was_used_too_much_is_taken_from_the_next_refill(void **state)
{
    union context c = {0};
    uint64_t ms = budget_ticks(1000);

    (void)state;
    sk_kbudget_configure(&c.sc, 0, 2 * ms, 10 * ms, 4);
    assert_true(sk_kbudget_charge(&c.sc, 2 * ms + 5, 2 * ms + 5));
    assert_int_equal(budget_head(&c.sc)->time, 10 * ms + 5);
    assert_int_equal(budget_head(&c.sc)->amount, 2 * ms - 5);
    assert_int_equal(sum(&c.sc), 2 * ms);
}

static void a_change_to_a_time_slice_is_ready_at_once(void **state)
{
    union context c = {0};
    uint64_t ms = budget_ticks(1000);

    (void)state;
    sk_kbudget_configure(&c.sc, 0, 2 * ms, 10 * ms, 2);
    assert_true(sk_kbudget_charge(&c.sc, 2 * ms, 2 * ms));
    sk_kbudget_change(&c.sc, 3 * ms, 5 * ms, 5 * ms, 2);
    assert_int_equal(budget_head(&c.sc)->time, 3 * ms);
    assert_int_equal(budget_head(&c.sc)->amount, 5 * ms);
}

/* Make the running thread yield when this much of its slice, which has begun, is left. */
static uint64_t yield_with_left(struct kernel *k, uint64_t left)
{
    struct tcb *t = k->current;
    uint64_t pc = t->context.pc;

    sk_host_advance(k, budget_head(t->sched_context)->amount - left);
    sk_host_syscall(k, seL4_SysYield);
    return t->context.pc - pc;
}

static void a_system_call_is_made_while_the_least_budget_is_left(void **state)
{
    struct kernel *k = *state;

    assert_int_equal(yield_with_left(k, budget_ticks(BUDGET_MINIMUM_US) + 1), 4);
}

static void a_system_call_is_put_off_with_less_than_the_least_budget_left(void **state)
{
    struct kernel *k = *state;
    struct tcb *t = k->current;

    assert_int_equal(yield_with_left(k, budget_ticks(BUDGET_MINIMUM_US) - 1), 0);
    assert_ptr_equal(k->current, t);
    assert_int_equal(budget_head(t->sched_context)->amount, t->sched_context->budget);
    assert_null(sk_kernel_check(k).what);
}

static void a_thread_out_of_time_gives_way_to_its_equal(void **state)
{
    struct kernel *k = *state;
    struct tcb *root = k->current;
    struct tcb *other;

    play_thread(k, 1000, 255, false);
    other = cap_object(play_slot(k, 1000)->cap);
    assert_ptr_equal(k->current, root);
    sk_host_advance(k, budget_ticks(5000));
    assert_ptr_equal(k->current, other);
    sk_host_advance(k, budget_ticks(1000));
    assert_ptr_equal(k->current, root);
}

static void who_yields_and_then_blocks_is_in_no_ready_queue(void **state)
{
    struct kernel *k = *state;
    struct tcb *root = k->current;

    play_thread(k, 1000, 255, false);
    play_make(k, seL4_EndpointObject, 0, 1010);
    root->context.x[0] = 1010;
    root->context.x[1] = info_make(SchedContextYieldTo, 0, 0, 0);
    root->context.x[6] = 1001;
    sk_host_syscall(k, seL4_SysNBSendWait);
    assert_ptr_not_equal(k->current, root);
    assert_int_equal(root->state, THREAD_ON_RECEIVE);
    assert_null(sk_kernel_check(k).what);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_time_slice_is_full_again_when_it_ends),
        cmocka_unit_test(what_was_used_comes_back_a_period_later),
        cmocka_unit_test(a_full_ring_loses_no_budget),
        cmocka_unit_test(in_a_full_ring_refills_end_when_the_last_one_did),
        cmocka_unit_test(a_change_keeps_the_time_that_was_waited_for),
        cmocka_unit_test(yielding_gives_up_one_refill),
        cmocka_unit_test(refills_that_meet_are_one),
        cmocka_unit_test(what_was_used_too_much_is_taken_from_the_next_refill),
        cmocka_unit_test(a_change_to_a_time_slice_is_ready_at_once),
        cmocka_unit_test_setup_teardown(a_system_call_is_made_while_the_least_budget_is_left,
                                        play_open, play_close),
        cmocka_unit_test_setup_teardown(
            a_system_call_is_put_off_with_less_than_the_least_budget_left, play_open,
            play_close),
        cmocka_unit_test_setup_teardown(who_yields_and_then_blocks_is_in_no_ready_queue,
                                        play_open, play_close),
        cmocka_unit_test_setup_teardown(a_thread_out_of_time_gives_way_to_its_equal, play_open,
                                        play_close),
    };

    return cmocka_run_group_tests_name("kernel/budget", tests, NULL, NULL);
}
