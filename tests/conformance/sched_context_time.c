/*
 * The methods of scheduling contexts that tell time: Consumed, YieldTo.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "sched_help.h"

static seL4_Word consumed_by(seL4_CPtr context)
{
    seL4_SchedContext_Consumed_t result = seL4_SchedContext_Consumed(context);

    OK(result.error);
    return result.consumed;
}

TEST(sched_context_consumed, is_0_for_an_unused_context, "seL4_SchedContext_Consumed")
{
    CHECK_EQ(consumed_by(context_make(10000, 10000, 0, 0)), 0);
}

TEST(sched_context_consumed, is_the_time_a_thread_ran, "seL4_SchedContext_Consumed")
{
    struct runner runner;

    runner_init(&runner, act_and_spin);
    runner.actor.time_us = 2000;
    OK(seL4_SchedContext_Bind(runner.context, runner.thread->tcb));
    thread_start(runner.thread);
    seL4_Word us = consumed_by(runner.context);
    CHECK(us >= 2000 && us < 2200);
}

TEST(sched_context_consumed, starts_again_when_it_is_read, "seL4_SchedContext_Consumed")
{
    struct runner runner;

    runner_init(&runner, act_and_spin);
    runner.actor.time_us = 2000;
    OK(seL4_SchedContext_Bind(runner.context, runner.thread->tcb));
    thread_start(runner.thread);
    consumed_by(runner.context);
    CHECK_EQ(consumed_by(runner.context), 0);
}

TEST(sched_context_consumed, leaves_out_the_callers_time_since_it_was_scheduled,
     "seL4_SchedContext_Consumed")
{
    consumed_by(MY_CONTEXT);
    spin_us(1000);
    CHECK_EQ(consumed_by(MY_CONTEXT), 0);
}

TEST(sched_context_consumed, includes_the_callers_time_before_another_thread_ran,
     "seL4_SchedContext_Consumed")
{
    struct runner runner;

    runner_init(&runner, act_once);
    OK(seL4_SchedContext_Bind(runner.context, runner.thread->tcb));
    consumed_by(MY_CONTEXT);
    spin_us(1000);
    thread_start(runner.thread);
    seL4_Word us = consumed_by(MY_CONTEXT);
    CHECK(us >= 1000);
}

TEST(sched_context_consumed, counts_on_over_many_periods, "seL4_SchedContext_Consumed")
{
    struct runner runner;

    runner_init(&runner, act_and_spin);
    runner.actor.time_us = 5000;
    OK(context_configure(runner.context, 1000, 3000));
    OK(seL4_SchedContext_Bind(runner.context, runner.thread->tcb));
    thread_start(runner.thread);
    spin_us(30000);
    seL4_Word us = consumed_by(runner.context);
    CHECK(us >= 5000 && us < 5500);
}

TEST(sched_context_consumed, accepts_a_copy_of_the_capability, "seL4_SchedContext_Consumed")
{
    CHECK_EQ(consumed_by(copy_of(context_make(10000, 10000, 0, 0))), 0);
}

TEST(sched_context_consumed, is_illegal_for_a_thread, "Illegal Operation")
{
    REFUSED(seL4_SchedContext_Consumed(MY_TCB).error, seL4_IllegalOperation);
}

TEST(sched_context_consumed, refuses_an_empty_slot, "Invalid Capability")
{
    REFUSED(seL4_SchedContext_Consumed(slot()).error, seL4_InvalidCapability);
}

/* A thread ready to run, at this priority, which adds 'a'. */
static struct thread *ready_thread(struct runner *runner, seL4_Word priority)
{
    *runner = (struct runner){0};
    runner->actor = (struct actor){.trace = &runner->trace, .letter = 'a', .time_us = 500};
    return thread_run(act_and_spin, &runner->actor, priority);
}

TEST(sched_context_yield_to, runs_a_thread_of_the_same_priority, "seL4_SchedContext_YieldTo")
{
    struct runner runner;
    struct thread *thread = ready_thread(&runner, TEST_PRIORITY);

    CHECK_TRACE(&runner.trace, "");
    OK(seL4_SchedContext_YieldTo(thread->context).error);
    CHECK_TRACE(&runner.trace, "a");
}

TEST(sched_context_yield_to, runs_the_thread_before_others_that_came_first,
     "seL4_SchedContext_YieldTo")
{
    struct runner first;
    struct runner second;

    ready_thread(&first, TEST_PRIORITY);
    struct thread *thread = ready_thread(&second, TEST_PRIORITY);
    second.actor.trace = &first.trace;
    second.actor.letter = 'b';
    OK(seL4_SchedContext_YieldTo(thread->context).error);
    settle();
    CHECK_TRACE(&first.trace, "ba");
}

TEST(sched_context_yield_to, does_not_run_a_thread_of_lower_priority,
     "seL4_SchedContext_YieldTo")
{
    struct runner runner;
    struct thread *thread = ready_thread(&runner, TEST_PRIORITY - 1);

    OK(seL4_SchedContext_YieldTo(thread->context).error);
    CHECK_TRACE(&runner.trace, "");
}

TEST(sched_context_yield_to, says_how_long_the_thread_ran, "seL4_SchedContext_YieldTo")
{
    struct runner runner;
    struct thread *thread = ready_thread(&runner, TEST_PRIORITY);
    seL4_SchedContext_YieldTo_t result = seL4_SchedContext_YieldTo(thread->context);

    OK(result.error);
    CHECK(result.consumed >= 500 && result.consumed < 700);
}

TEST(sched_context_yield_to, says_0_for_a_thread_that_waits, "seL4_SchedContext_YieldTo")
{
    CHECK_EQ(seL4_SchedContext_YieldTo(thread_make(act_once, NULL, 1)->context).consumed, 0);
}

TEST(sched_context_yield_to, refuses_the_callers_own_context, "seL4_SchedContext_YieldTo")
{
    REFUSED(seL4_SchedContext_YieldTo(MY_CONTEXT).error, seL4_IllegalOperation);
}

TEST(sched_context_yield_to, refuses_a_context_without_thread, "seL4_SchedContext_YieldTo")
{
    REFUSED(seL4_SchedContext_YieldTo(context_make(10000, 10000, 0, 0)).error,
            seL4_IllegalOperation);
}

TEST(sched_context_yield_to, refuses_a_thread_above_the_callers_control,
     "seL4_SchedContext_YieldTo")
{
    struct thread *thread = thread_make(act_once, NULL, TEST_PRIORITY);

    OK(seL4_TCB_SetMCPriority(MY_TCB, MY_TCB, TEST_PRIORITY - 1));
    REFUSED(seL4_SchedContext_YieldTo(thread->context).error, seL4_IllegalOperation);
}

TEST(sched_context_yield_to, accepts_a_thread_at_the_limit_of_the_callers_control,
     "seL4_SchedContext_YieldTo")
{
    struct thread *thread = thread_make(act_once, NULL, TEST_PRIORITY);

    OK(seL4_TCB_SetMCPriority(MY_TCB, MY_TCB, TEST_PRIORITY));
    OK(seL4_SchedContext_YieldTo(thread->context).error);
}

TEST(sched_context_yield_to, is_illegal_for_a_thread, "Illegal Operation")
{
    REFUSED(seL4_SchedContext_YieldTo(MY_TCB).error, seL4_IllegalOperation);
}

TEST(sched_context_yield_to, refuses_an_empty_slot, "Invalid Capability")
{
    REFUSED_WITH(seL4_SchedContext_YieldTo(slot()).error, seL4_InvalidCapability, 0);
}
