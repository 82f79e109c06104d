/*
 * With MCS, a thread whose budget is used up holds what it holds until its next period: what
 * the headers say, measured in the machine's time.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/cap/mutex.h>

#include <selkie/arch/kernel/host.h>
#include <selkie/arch/kernel/threads.h>

#include "../../sync/crew.h"
#include "check.h"
#include "core/budget.h"
#include "host_scene.h"

#define BUDGET_US 2000u
#define PERIOD_US 50000u

static struct sk_mutex mutex;
static uint64_t locked_at, freed_at;

static uint64_t now(void)
{
    return sk_host_kernel()->machine.now;
}

static void hold(struct member *me)
{
    SK_AUTO(sk_mutex_guard) guard = sk_mutex_guard_take(&mutex);

    (void)me;
    seL4_Yield(); /* gives up what is left of the budget */
}

static void want(struct member *me)
{
    (void)me;
    locked_at = now();
    SK_AUTO(sk_mutex_guard) guard = sk_mutex_guard_take(&mutex);
    freed_at = now();
}

/* How long the one of high priority waits, if the holder has so much time in each period. */
static uint64_t wait_us(seL4_Word budget, seL4_Word period)
{
    struct host_stage stage;
    struct scene s = host_scene_boot(&stage, 0);

    crew_begin(&s);
    sk_mutex_init(&mutex, crew_notification());
    assert_true(crew_add(hold, 100));
    assert_int_equal(seL4_SchedControl_ConfigureFlags(s.sched_control, crew_tcb(0).cptr + 1,
                                                      budget, period, 0, 0, 0),
                     seL4_NoError);
    crew_settle(); /* it has the mutex, and no time; but the lowest thread has */
    assert_true(crew_add(want, 200));
    crew_join();
    return budget_us(freed_at - locked_at);
}

static void who_waits_waits_for_the_holders_next_period(void **state)
{
    (void)state;
    assert_in_range(wait_us(BUDGET_US, PERIOD_US), PERIOD_US - 2 * BUDGET_US, PERIOD_US);
}

static void with_time_left_it_does_not(void **state)
{
    (void)state;
    assert_in_range(wait_us(BUDGET_US, BUDGET_US), 0, BUDGET_US);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_waits_waits_for_the_holders_next_period),
        cmocka_unit_test(with_time_left_it_does_not),
    };
    int status = cmocka_run_group_tests_name("sync/budget", tests, NULL, NULL);

    host_kernel_end();
    return status;
}
