/*
 * seL4_SchedControl_ConfigureFlags.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "sched_help.h"

#include "machine_help.h"

#define MIN_BUDGET 20ul /* us: twice what the kernel needs at most */

static seL4_CPtr context_raw(seL4_Word size_bits)
{
    return make_sized(seL4_SchedContextObject, size_bits);
}

static seL4_Error configure(seL4_CPtr context, seL4_Word budget, seL4_Word period,
                            seL4_Word refills)
{
    return seL4_SchedControl_ConfigureFlags(SCHED_CONTROL, context, budget, period, refills, 0,
                                            seL4_SchedContext_NoFlag);
}

TEST(sched_control, accepts_a_budget_below_the_period, "Scheduling Contexts")
{
    OK(configure(context_raw(8), 1000, 5000, 0));
}

TEST(sched_control, accepts_a_budget_of_the_whole_period, "Scheduling Contexts")
{
    OK(configure(context_raw(8), 5000, 5000, 0));
}

TEST(sched_control, refuses_a_budget_above_the_period, "seL4_SchedControl_ConfigureFlags")
{
    REFUSED_WITH(configure(context_raw(8), 5001, 5000, 0), seL4_RangeError, MIN_BUDGET, 5000);
}

TEST(sched_control, accepts_the_minimum_budget, "seL4_SchedControl_ConfigureFlags")
{
    OK(configure(context_raw(8), MIN_BUDGET, 5000, 0));
}

TEST(sched_control, refuses_less_than_the_minimum_budget, "seL4_SchedControl_ConfigureFlags")
{
    REFUSED(configure(context_raw(8), MIN_BUDGET - 1, 5000, 0), seL4_RangeError);
}

TEST(sched_control, refuses_a_budget_of_0, "seL4_SchedControl_ConfigureFlags")
{
    REFUSED(configure(context_raw(8), 0, 5000, 0), seL4_RangeError);
}

TEST(sched_control, refuses_a_period_of_0, "seL4_SchedControl_ConfigureFlags")
{
    REFUSED(configure(context_raw(8), MIN_BUDGET, 0, 0), seL4_RangeError);
}

TEST(sched_control, accepts_a_period_of_an_hour, "seL4_SchedControl_ConfigureFlags")
{
    OK(configure(context_raw(8), 5000, 3600000000ul, 0));
}

TEST(sched_control, refuses_a_budget_that_no_timer_can_count,
     "seL4_SchedControl_ConfigureFlags")
{
    REFUSED(configure(context_raw(8), ~0ul, ~0ul, 0), seL4_RangeError);
}

TEST(sched_control, refuses_a_period_that_no_timer_can_count,
     "seL4_SchedControl_ConfigureFlags")
{
    REFUSED(configure(context_raw(8), 5000, ~0ul, 0), seL4_RangeError);
}

TEST(sched_control, accepts_as_many_extra_refills_as_there_is_room_for, "Scheduling Contexts")
{
    OK(configure(context_raw(8), 1000, 5000, seL4_MaxExtraRefills(8)));
}

TEST(sched_control, refuses_one_more_extra_refill, "seL4_SchedControl_ConfigureFlags")
{
    REFUSED_WITH(configure(context_raw(8), 1000, 5000, seL4_MaxExtraRefills(8) + 1),
                 seL4_RangeError, 0, 8);
}

TEST(sched_control, has_room_for_no_extra_refill_in_the_smallest_context, "Scheduling Contexts")
{
    REFUSED_WITH(configure(context_raw(seL4_MinSchedContextBits), 1000, 5000, 1),
                 seL4_RangeError, 0, 0);
}

TEST(sched_control, has_room_for_more_refills_in_a_larger_context, "Scheduling Contexts")
{
    OK(configure(context_raw(10), 1000, 5000, seL4_MaxExtraRefills(10)));
}

TEST(sched_control, checks_extra_refills_of_round_robin_too, "seL4_SchedControl_ConfigureFlags")
{
    REFUSED(configure(context_raw(8), 5000, 5000, seL4_MaxExtraRefills(8) + 1),
            seL4_RangeError);
}

TEST(sched_control, accepts_the_sporadic_flag, "Scheduling Context Creation")
{
    OK(seL4_SchedControl_ConfigureFlags(SCHED_CONTROL, context_raw(8), 1000, 5000, 0, 0,
                                        seL4_SchedContext_Sporadic));
}

TEST(sched_control, ignores_other_flags, "Scheduling Context Creation")
{
    OK(seL4_SchedControl_ConfigureFlags(SCHED_CONTROL, context_raw(8), 1000, 5000, 0, 0, ~0ul));
}

TEST(sched_control, refuses_a_thread_as_context, "seL4_SchedControl_ConfigureFlags")
{
    REFUSED_WITH(configure(make(seL4_TCBObject), 1000, 5000, 0), seL4_InvalidCapability, 1);
}

TEST(sched_control, refuses_an_empty_slot_as_context, "seL4_SchedControl_ConfigureFlags")
{
    REFUSED_WITH(configure(slot(), 1000, 5000, 0), seL4_InvalidCapability, 1);
}

TEST(sched_control, refuses_a_message_without_context, "Truncated Message")
{
    REFUSED(invoke(SCHED_CONTROL, SchedControlConfigureFlags, 0, 5), seL4_TruncatedMessage);
}

TEST(sched_control, refuses_a_short_message, "Truncated Message")
{
    seL4_SetCap(0, context_raw(8));
    REFUSED(invoke(SCHED_CONTROL, SchedControlConfigureFlags, 1, 4), seL4_TruncatedMessage);
}

TEST(sched_control, has_a_single_method, "Illegal Operation")
{
    REFUSED(invoke(SCHED_CONTROL, SchedContextConsumed, 0, 0), seL4_IllegalOperation);
}

TEST(sched_control, is_no_scheduling_context, "Illegal Operation")
{
    REFUSED(seL4_SchedContext_Unbind(SCHED_CONTROL), seL4_IllegalOperation);
}

TEST(sched_control, is_not_a_thread, "Illegal Operation")
{
    REFUSED(seL4_SchedControl_ConfigureFlags(MY_TCB, context_raw(8), 1000, 5000, 0, 0,
                                             seL4_SchedContext_NoFlag),
            seL4_IllegalOperation);
}

TEST(sched_control, refuses_an_empty_slot_as_service, "Invalid Capability")
{
    REFUSED_WITH(seL4_SchedControl_ConfigureFlags(slot(), context_raw(8), 1000, 5000, 0, 0, 0),
                 seL4_InvalidCapability, 0);
}

TEST(sched_control, may_configure_the_callers_own_context, "seL4_SchedControl_ConfigureFlags")
{
    OK(configure(MY_CONTEXT, 5000, 5000, 0));
}

TEST(sched_control, starts_a_thread_whose_context_had_no_time,
     "seL4_SchedControl_ConfigureFlags")
{
    struct trace trace = {0};
    struct actor actor = {.trace = &trace, .letter = 'a'};
    struct thread *thread = passive_make(act_once, &actor, TEST_PRIORITY + 1);
    seL4_CPtr context = context_raw(8);

    OK(seL4_SchedContext_Bind(context, thread->tcb));
    thread_start(thread);
    settle();
    CHECK_TRACE(&trace, "");
    OK(configure(context, 1000, 1000, 0));
    CHECK_TRACE(&trace, "a");
}

/* Run a thread with this budget and no second one; returns how long it ran. */
static seL4_Word run_to_exhaustion(seL4_Word budget_us, seL4_Word refills)
{
    struct trace trace = {0};
    struct actor actor = {.trace = &trace, .letter = 'a'};
    struct thread *thread = thread_make(act_for_ever, &actor, TEST_PRIORITY + 1);

    OK(configure(thread->context, budget_us, 400000, refills));
    uint64_t start = counter_read();
    thread_start(thread);
    return (counter_read() - start) * 2 / TICKS_PER_2_US;
}

TEST(sched_control, sets_how_long_a_thread_runs_in_a_period, "Scheduling Contexts")
{
    seL4_Word us = run_to_exhaustion(2000, 0);

    CHECK(us > 1950 && us < 2100);
}

TEST(sched_control, sets_how_long_a_thread_runs_with_more_refills, "Scheduling Contexts")
{
    seL4_Word us = run_to_exhaustion(2000, 8);

    CHECK(us > 1950 && us < 2100);
}

TEST(sched_control, leaves_a_thread_waiting_that_has_no_time_left,
     "seL4_SchedControl_ConfigureFlags")
{
    struct trace trace = {0};
    struct actor actor = {.trace = &trace, .letter = 'a', .time_us = 3000};
    struct thread *thread = thread_make(act_and_spin, &actor, TEST_PRIORITY + 1);

    OK(configure(thread->context, 2000, 400000, 0));
    thread_start(thread);
    CHECK_TRACE(&trace, "");
    OK(configure(thread->context, 5000, 400000, 0));
    CHECK_TRACE(&trace, "");
}

TEST(sched_control, sets_the_badge_of_timeout_faults, "Timeout Fault (MCS only)")
{
    struct trace trace = {0};
    struct actor actor = {.trace = &trace, .letter = 'a'};
    struct thread *thread = thread_make(act_for_ever, &actor, TEST_PRIORITY - 1);
    seL4_CPtr endpoint = make(seL4_EndpointObject);

    set_timeout_endpoint(thread, endpoint);
    OK(seL4_SchedControl_ConfigureFlags(SCHED_CONTROL, thread->context, 1000, 400000, 0, 77,
                                        0));
    thread_start(thread);
    seL4_MessageInfo_t info = seL4_Recv(endpoint, NULL, make(seL4_ReplyObject));
    CHECK_EQ(seL4_MessageInfo_get_label(info), seL4_Fault_Timeout);
    CHECK_EQ(seL4_GetMR(seL4_Timeout_Data), 77);
}
