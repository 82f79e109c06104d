/*
 * Methods of scheduling contexts: Bind, Unbind, UnbindObject; and their deletion. Consumed and
 * YieldTo are in sched_context_time.c.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "sched_help.h"

TEST(sched_context_bind, lets_a_ready_thread_run, "seL4_SchedContext_Bind")
{
    struct runner runner;

    runner_init(&runner, act_once);
    thread_start(runner.thread);
    OK(seL4_SchedContext_Bind(runner.context, runner.thread->tcb));
    CHECK_TRACE(&runner.trace, "a");
}

TEST(sched_context_bind, does_not_start_a_suspended_thread, "seL4_SchedContext_Bind")
{
    struct runner runner;

    runner_init(&runner, act_once);
    OK(seL4_SchedContext_Bind(runner.context, runner.thread->tcb));
    settle();
    CHECK_TRACE(&runner.trace, "");
}

TEST(sched_context_bind, refuses_a_second_thread, "seL4_SchedContext_Bind")
{
    struct runner runner;

    runner_init(&runner, act_once);
    OK(seL4_SchedContext_Bind(runner.context, runner.thread->tcb));
    REFUSED(seL4_SchedContext_Bind(runner.context, make(seL4_TCBObject)),
            seL4_IllegalOperation);
}

TEST(sched_context_bind, refuses_a_thread_with_another_context, "seL4_SchedContext_Bind")
{
    REFUSED(seL4_SchedContext_Bind(context_make(10000, 10000, 0, 0), MY_TCB),
            seL4_IllegalOperation);
}

TEST(sched_context_bind, refuses_the_thread_it_is_bound_to, "seL4_SchedContext_Bind")
{
    REFUSED(seL4_SchedContext_Bind(MY_CONTEXT, MY_TCB), seL4_IllegalOperation);
}

TEST(sched_context_bind, refuses_a_blocked_thread_when_there_is_no_time,
     "seL4_SchedContext_Bind")
{
    struct runner runner;

    runner_init(&runner, act_on_signals);
    OK(seL4_SchedContext_Bind(runner.context, runner.thread->tcb));
    thread_start(runner.thread);
    settle();
    OK(seL4_SchedContext_Unbind(runner.context));
    REFUSED(seL4_SchedContext_Bind(make_sized(seL4_SchedContextObject, 8), runner.thread->tcb),
            seL4_IllegalOperation);
}

/* A thread that waits, without a context, and one whose context has no budget for an hour. */
static void prepare(struct runner *waiting, struct runner *yielding)
{
    const seL4_Word hour_us = 3600ul * 1000 * 1000;

    runner_init(waiting, act_on_signals);
    OK(seL4_SchedContext_Bind(waiting->context, waiting->thread->tcb));
    thread_start(waiting->thread);
    settle();
    OK(seL4_SchedContext_Unbind(waiting->context));
    runner_init(yielding, act_twice_yielding);
    OK(context_configure(yielding->context, 5000, hour_us));
    OK(seL4_SchedContext_Bind(yielding->context, yielding->thread->tcb));
    thread_start(yielding->thread);
    settle();
    CHECK_TRACE(&yielding->trace, "a");
}

TEST(sched_context_bind, refuses_a_blocked_thread_before_the_next_refill,
     "seL4_SchedContext_Bind")
{
    struct runner waiting, yielding;

    prepare(&waiting, &yielding);
    OK(context_configure(yielding.context, 5000, 10000));
    CHECK_TRACE(&yielding.trace, "a");
    OK(seL4_SchedContext_Unbind(yielding.context));
    REFUSED(seL4_SchedContext_Bind(yielding.context, waiting.thread->tcb),
            seL4_IllegalOperation);
}

TEST(sched_context_bind, accepts_a_blocked_thread_when_the_period_is_the_budget,
     "seL4_SchedContext_Bind")
{
    struct runner waiting, yielding;

    prepare(&waiting, &yielding);
    OK(context_configure(yielding.context, 5000, 5000));
    CHECK_TRACE(&yielding.trace, "aa");
    OK(seL4_SchedContext_Unbind(yielding.context));
    OK(seL4_SchedContext_Bind(yielding.context, waiting.thread->tcb));
}

TEST(sched_context_bind, accepts_a_suspended_thread_without_time, "seL4_SchedContext_Bind")
{
    OK(seL4_SchedContext_Bind(make_sized(seL4_SchedContextObject, 8), make(seL4_TCBObject)));
}

TEST(sched_context_bind, accepts_a_notification, "seL4_SchedContext_Bind")
{
    OK(seL4_SchedContext_Bind(context_make(10000, 10000, 0, 0), make(seL4_NotificationObject)));
}

TEST(sched_context_bind, accepts_a_notification_beside_a_thread, "Scheduling Context Donation")
{
    OK(seL4_SchedContext_Bind(MY_CONTEXT, make(seL4_NotificationObject)));
}

TEST(sched_context_bind, refuses_a_second_notification, "seL4_SchedContext_Bind")
{
    seL4_CPtr context = context_make(10000, 10000, 0, 0);

    OK(seL4_SchedContext_Bind(context, make(seL4_NotificationObject)));
    REFUSED(seL4_SchedContext_Bind(context, make(seL4_NotificationObject)),
            seL4_IllegalOperation);
}

TEST(sched_context_bind, refuses_a_notification_with_another_context, "seL4_SchedContext_Bind")
{
    seL4_CPtr notification = make(seL4_NotificationObject);

    OK(seL4_SchedContext_Bind(context_make(10000, 10000, 0, 0), notification));
    REFUSED(seL4_SchedContext_Bind(context_make(10000, 10000, 0, 0), notification),
            seL4_IllegalOperation);
}

TEST(sched_context_bind, refuses_an_endpoint, "seL4_SchedContext_Bind")
{
    REFUSED_WITH(
        seL4_SchedContext_Bind(context_make(10000, 10000, 0, 0), make(seL4_EndpointObject)),
        seL4_InvalidCapability, 1);
}

TEST(sched_context_bind, refuses_an_empty_slot, "seL4_SchedContext_Bind")
{
    REFUSED_WITH(seL4_SchedContext_Bind(context_make(10000, 10000, 0, 0), slot()),
                 seL4_InvalidCapability, 1);
}

TEST(sched_context_bind, refuses_a_message_without_capability, "Truncated Message")
{
    REFUSED(invoke(MY_CONTEXT, SchedContextBind, 0, 0), seL4_TruncatedMessage);
}

TEST(sched_context_bind, is_illegal_for_a_thread, "Illegal Operation")
{
    REFUSED(seL4_SchedContext_Bind(MY_TCB, MY_TCB), seL4_IllegalOperation);
}

TEST(sched_context_bind, refuses_an_empty_slot_as_service, "Invalid Capability")
{
    REFUSED_WITH(seL4_SchedContext_Bind(slot(), MY_TCB), seL4_InvalidCapability, 0);
}

TEST(sched_context_unbind, makes_the_thread_passive, "seL4_SchedContext_Unbind")
{
    struct runner runner;

    runner_init(&runner, act_on_signals);
    OK(seL4_SchedContext_Bind(runner.context, runner.thread->tcb));
    thread_start(runner.thread);
    OK(seL4_SchedContext_Unbind(runner.context));
    seL4_Signal(runner.actor.notification);
    settle();
    CHECK_TRACE(&runner.trace, "");
}

TEST(sched_context_unbind, keeps_what_the_thread_waits_for, "Passive Threads")
{
    struct runner runner;

    runner_init(&runner, act_on_signals);
    OK(seL4_SchedContext_Bind(runner.context, runner.thread->tcb));
    thread_start(runner.thread);
    OK(seL4_SchedContext_Unbind(runner.context));
    seL4_Signal(runner.actor.notification);
    OK(seL4_SchedContext_Bind(runner.context, runner.thread->tcb));
    CHECK_TRACE(&runner.trace, "a");
}

TEST(sched_context_unbind, lets_another_thread_be_bound, "seL4_SchedContext_Unbind")
{
    struct runner runner;

    runner_init(&runner, act_once);
    OK(seL4_SchedContext_Bind(runner.context, make(seL4_TCBObject)));
    OK(seL4_SchedContext_Unbind(runner.context));
    OK(seL4_SchedContext_Bind(runner.context, runner.thread->tcb));
}

TEST(sched_context_unbind, releases_the_notification, "seL4_SchedContext_Unbind")
{
    seL4_CPtr context = context_make(10000, 10000, 0, 0);
    seL4_CPtr notification = make(seL4_NotificationObject);

    OK(seL4_SchedContext_Bind(context, notification));
    OK(seL4_SchedContext_Unbind(context));
    OK(seL4_SchedContext_Bind(context_make(10000, 10000, 0, 0), notification));
}

TEST(sched_context_unbind, accepts_a_context_that_nothing_is_bound_to,
     "seL4_SchedContext_Unbind")
{
    OK(seL4_SchedContext_Unbind(context_make(10000, 10000, 0, 0)));
}

TEST(sched_context_unbind, refuses_the_callers_own_context, "seL4_SchedContext_Unbind")
{
    REFUSED(seL4_SchedContext_Unbind(MY_CONTEXT), seL4_IllegalOperation);
}

TEST(sched_context_unbind, refuses_an_empty_slot, "Invalid Capability")
{
    REFUSED_WITH(seL4_SchedContext_Unbind(slot()), seL4_InvalidCapability, 0);
}

TEST(sched_context_unbind_object, makes_the_thread_passive, "seL4_SchedContext_UnbindObject")
{
    struct runner runner;

    runner_init(&runner, act_on_signals);
    OK(seL4_SchedContext_Bind(runner.context, runner.thread->tcb));
    thread_start(runner.thread);
    OK(seL4_SchedContext_UnbindObject(runner.context, runner.thread->tcb));
    seL4_Signal(runner.actor.notification);
    settle();
    CHECK_TRACE(&runner.trace, "");
}

TEST(sched_context_unbind_object, releases_a_notification, "seL4_SchedContext_UnbindObject")
{
    seL4_CPtr notification = make(seL4_NotificationObject);

    OK(seL4_SchedContext_Bind(MY_CONTEXT, notification));
    OK(seL4_SchedContext_UnbindObject(MY_CONTEXT, notification));
    OK(seL4_SchedContext_Bind(context_make(10000, 10000, 0, 0), notification));
}

TEST(sched_context_unbind_object, refuses_a_thread_that_is_not_bound,
     "seL4_SchedContext_UnbindObject")
{
    REFUSED(
        seL4_SchedContext_UnbindObject(context_make(10000, 10000, 0, 0), make(seL4_TCBObject)),
        seL4_IllegalOperation);
}

TEST(sched_context_unbind_object, refuses_a_notification_that_is_not_bound,
     "seL4_SchedContext_UnbindObject")
{
    REFUSED(seL4_SchedContext_UnbindObject(MY_CONTEXT, make(seL4_NotificationObject)),
            seL4_IllegalOperation);
}

TEST(sched_context_unbind_object, refuses_the_calling_thread, "seL4_SchedContext_UnbindObject")
{
    REFUSED(seL4_SchedContext_UnbindObject(MY_CONTEXT, MY_TCB), seL4_IllegalOperation);
}

TEST(sched_context_unbind_object, refuses_an_endpoint, "seL4_SchedContext_UnbindObject")
{
    REFUSED_WITH(seL4_SchedContext_UnbindObject(MY_CONTEXT, make(seL4_EndpointObject)),
                 seL4_InvalidCapability, 1);
}

TEST(sched_context_unbind_object, refuses_a_message_without_capability, "Truncated Message")
{
    REFUSED(invoke(MY_CONTEXT, SchedContextUnbindObject, 0, 0), seL4_TruncatedMessage);
}

struct loan {
    struct trace trace;
    struct actor actor;
    struct actor caller;
    struct thread *server;
    struct thread *client;
};

/* A client that called a passive server, which keeps the context, waiting for a signal. */
static void loan_init(struct loan *loan)
{
    *loan = (struct loan){0};
    loan->actor = (struct actor){
        .trace = &loan->trace,
        .letter = 's',
        .endpoint = make(seL4_EndpointObject),
        .reply = make(seL4_ReplyObject),
        .notification = make(seL4_NotificationObject),
    };
    loan->caller = loan->actor;
    loan->caller.letter = 'c';
    loan->server = passive_run(act_and_keep, &loan->actor, TEST_PRIORITY + 1);
    loan->client = thread_run(act_as_client, &loan->caller, TEST_PRIORITY + 1);
    CHECK_TRACE(&loan->trace, "s");
}

TEST(sched_context_unbind_object, takes_a_donated_context_away,
     "seL4_SchedContext_UnbindObject")
{
    struct loan loan;

    loan_init(&loan);
    OK(seL4_SchedContext_UnbindObject(loan.client->context, loan.server->tcb));
    OK(seL4_SchedContext_Bind(loan.client->context, make(seL4_TCBObject)));
}

TEST(sched_context_unbind_object, lets_a_donated_context_return_with_the_reply,
     "seL4_SchedContext_UnbindObject")
{
    struct loan loan;

    loan_init(&loan);
    OK(seL4_SchedContext_UnbindObject(loan.client->context, loan.server->tcb));
    OK(seL4_SchedContext_Bind(loan.server->context, loan.server->tcb));
    seL4_Signal(loan.actor.notification);
    settle();
    CHECK_TRACE(&loan.trace, "src");
}

TEST(sched_context_unbind_object, refuses_a_client_that_lent_its_context,
     "seL4_SchedContext_UnbindObject")
{
    struct loan loan;

    loan_init(&loan);
    REFUSED(seL4_SchedContext_UnbindObject(loan.client->context, loan.client->tcb),
            seL4_IllegalOperation);
}

TEST(sched_context_unbind, takes_a_donated_context_away, "seL4_SchedContext_Unbind")
{
    struct loan loan;

    loan_init(&loan);
    OK(seL4_SchedContext_Unbind(loan.client->context));
    seL4_Signal(loan.actor.notification);
    settle();
    CHECK_TRACE(&loan.trace, "s");
}

TEST(sched_context, is_lost_to_the_thread_when_deleted, "Deletion and Revocation")
{
    struct runner runner;

    runner_init(&runner, act_on_signals);
    OK(seL4_SchedContext_Bind(runner.context, runner.thread->tcb));
    thread_start(runner.thread);
    OK(seL4_CNode_Delete(AT(runner.context)));
    seL4_Signal(runner.actor.notification);
    settle();
    CHECK_TRACE(&runner.trace, "");
}

TEST(sched_context, leaves_a_thread_that_another_can_be_bound_to, "Deletion and Revocation")
{
    struct runner runner;

    runner_init(&runner, act_once);
    OK(seL4_SchedContext_Bind(runner.context, runner.thread->tcb));
    OK(seL4_CNode_Delete(AT(runner.context)));
    thread_start(runner.thread);
    OK(seL4_SchedContext_Bind(context_make(10000, 10000, 0, 0), runner.thread->tcb));
    CHECK_TRACE(&runner.trace, "a");
}

TEST(sched_context, is_free_when_its_thread_is_deleted, "Deletion and Revocation")
{
    seL4_CPtr context = context_make(10000, 10000, 0, 0);
    seL4_CPtr tcb = make(seL4_TCBObject);

    OK(seL4_SchedContext_Bind(context, tcb));
    OK(seL4_CNode_Delete(AT(tcb)));
    OK(seL4_SchedContext_Bind(context, make(seL4_TCBObject)));
}

TEST(sched_context, is_free_when_its_notification_is_deleted, "Deletion and Revocation")
{
    seL4_CPtr context = context_make(10000, 10000, 0, 0);
    seL4_CPtr notification = make(seL4_NotificationObject);

    OK(seL4_SchedContext_Bind(context, notification));
    OK(seL4_CNode_Delete(AT(notification)));
    OK(seL4_SchedContext_Bind(context, make(seL4_NotificationObject)));
}

TEST(sched_context, of_a_suspended_thread_stays_bound, "Thread Deactivation")
{
    seL4_CPtr context = context_make(10000, 10000, 0, 0);
    seL4_CPtr tcb = make(seL4_TCBObject);

    OK(seL4_SchedContext_Bind(context, tcb));
    OK(seL4_TCB_Suspend(tcb));
    REFUSED(seL4_SchedContext_Bind(context, make(seL4_TCBObject)), seL4_IllegalOperation);
}
