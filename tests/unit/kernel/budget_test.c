/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/budget.h"

#include "play.h"

struct context {
    struct sched_context sc;
    struct refill refills[4];
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
    struct context c = {0};
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
    struct context c = {0};
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
    struct context c = {0};
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

static void yielding_gives_up_one_refill(void **state)
{
    struct context c = {0};
    uint64_t budget = budget_ticks(1000), period = budget_ticks(5000);

    (void)state;
    sk_kbudget_configure(&c.sc, 0, budget, period, 2);
    sk_kbudget_forfeit(&c.sc, 10, 10);
    assert_int_equal(c.sc.consumed, 10);
    assert_int_equal(c.sc.refill_count, 1);
    assert_int_equal(budget_head(&c.sc)->time, period);
    assert_int_equal(sum(&c.sc), budget);
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_time_slice_is_full_again_when_it_ends),
        cmocka_unit_test(what_was_used_comes_back_a_period_later),
        cmocka_unit_test(a_full_ring_loses_no_budget),
        cmocka_unit_test(yielding_gives_up_one_refill),
        cmocka_unit_test_setup_teardown(a_thread_out_of_time_gives_way_to_its_equal, play_open,
                                        play_close),
    };

    return cmocka_run_group_tests_name("kernel/budget", tests, NULL, NULL);
}
