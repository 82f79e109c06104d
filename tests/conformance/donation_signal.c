/*
 * Scheduling contexts that come from notifications, with faults, and with the calls that
 * send and receive in one.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "sched_help.h"

#define ABOVE (TEST_PRIORITY + 1)

/* A passive thread, and a notification with a scheduling context. */
struct lender {
    struct trace trace;
    struct actor actor;
    struct thread *thread;
    seL4_CPtr context;
};

static void lender_init(struct lender *lender, void (*body)(void *arg))
{
    *lender = (struct lender){0};
    lender->actor = (struct actor){
        .trace = &lender->trace,
        .letter = 'a',
        .endpoint = make(seL4_EndpointObject),
        .reply = make(seL4_ReplyObject),
        .notification = make(seL4_NotificationObject),
        .time_us = 1000,
    };
    lender->context = context_make(10000, 10000, 0, 0);
    lender->thread = passive_run(body, &lender->actor, ABOVE);
    OK(seL4_SchedContext_Bind(lender->context, lender->actor.notification));
}

/* Adds its letter at a signal, and waits elsewhere with the context it has. */
static void keep_signal(void *actor)
{
    const struct actor *self = actor;

    seL4_Wait(self->notification, NULL);
    act_once(actor);
    seL4_Recv(self->endpoint, NULL, self->reply);
    act_once(actor);
}

TEST(notification_context, lets_a_passive_waiter_run, "Scheduling Context Donation")
{
    struct lender lender;

    lender_init(&lender, act_on_signals);
    seL4_Signal(lender.actor.notification);
    CHECK_TRACE(&lender.trace, "a");
}

TEST(notification_context, returns_when_the_thread_waits_again, "Scheduling Context Donation")
{
    struct lender lender;

    lender_init(&lender, act_on_signals);
    seL4_Signal(lender.actor.notification);
    REFUSED(seL4_SchedContext_UnbindObject(lender.context, lender.thread->tcb),
            seL4_IllegalOperation);
}

TEST(notification_context, can_be_had_again_and_again, "Scheduling Context Donation")
{
    struct lender lender;

    lender_init(&lender, act_on_signals);
    seL4_Signal(lender.actor.notification);
    seL4_Signal(lender.actor.notification);
    seL4_Signal(lender.actor.notification);
    CHECK_TRACE(&lender.trace, "aaa");
}

TEST(notification_context, stays_when_the_thread_receives_elsewhere,
     "Scheduling Context Donation")
{
    struct lender lender;

    lender_init(&lender, keep_signal);
    seL4_Signal(lender.actor.notification);
    OK(seL4_SchedContext_UnbindObject(lender.context, lender.thread->tcb));
}

TEST(notification_context, is_not_taken_from_the_thread_that_has_it,
     "Scheduling Context Donation")
{
    struct lender lender;
    struct actor second;

    lender_init(&lender, keep_signal);
    second = lender.actor;
    second.letter = 'b';
    passive_run(act_on_signals, &second, ABOVE);
    seL4_Signal(lender.actor.notification);
    seL4_Signal(lender.actor.notification);
    settle();
    CHECK_TRACE(&lender.trace, "a");
    OK(seL4_SchedContext_UnbindObject(lender.context, lender.thread->tcb));
}

TEST(notification_context, is_not_for_threads_that_have_one, "Scheduling Context Donation")
{
    struct lender lender;

    lender_init(&lender, keep_signal);
    OK(seL4_SchedContext_Bind(lender.thread->context, lender.thread->tcb));
    seL4_Signal(lender.actor.notification);
    CHECK_TRACE(&lender.trace, "a");
    REFUSED(seL4_SchedContext_UnbindObject(lender.context, lender.thread->tcb),
            seL4_IllegalOperation);
}

TEST(notification_context, that_is_missing_leaves_a_passive_waiter_ready, "Passive Threads")
{
    struct lender lender;

    lender_init(&lender, act_on_signals);
    OK(seL4_SchedContext_Unbind(lender.context));
    seL4_Signal(lender.actor.notification);
    CHECK_TRACE(&lender.trace, "");
    OK(seL4_SchedContext_Bind(lender.context, lender.thread->tcb));
    CHECK_TRACE(&lender.trace, "a");
}

TEST(notification_context, of_a_thread_too_is_taken_from_it_when_it_waits,
     "Scheduling Context Donation")
{
    struct lender lender;

    lender_init(&lender, act_on_signals);
    OK(seL4_SchedContext_Unbind(lender.context));
    OK(seL4_SchedContext_Bind(lender.thread->context, lender.actor.notification));
    OK(seL4_SchedContext_Bind(lender.thread->context, lender.thread->tcb));
    seL4_Signal(lender.actor.notification);
    CHECK_TRACE(&lender.trace, "a");
    REFUSED(seL4_SchedContext_UnbindObject(lender.thread->context, lender.thread->tcb),
            seL4_IllegalOperation);
}

TEST(notification_context, wakes_a_passive_server_with_a_bound_notification,
     "Scheduling Context Donation")
{
    struct lender lender;

    lender_init(&lender, act_as_server);
    OK(seL4_TCB_BindNotification(lender.thread->tcb, lender.actor.notification));
    seL4_Signal(lender.actor.notification);
    CHECK_TRACE(&lender.trace, "a");
}

TEST(notification_context, returns_when_a_server_with_a_bound_notification_receives,
     "Scheduling Context Donation")
{
    struct lender lender;

    lender_init(&lender, act_as_server);
    OK(seL4_TCB_BindNotification(lender.thread->tcb, lender.actor.notification));
    seL4_Signal(lender.actor.notification);
    REFUSED(seL4_SchedContext_UnbindObject(lender.context, lender.thread->tcb),
            seL4_IllegalOperation);
}

TEST(notification_context, is_lost_when_it_is_deleted, "Deletion and Revocation")
{
    struct lender lender;

    lender_init(&lender, act_on_signals);
    OK(seL4_CNode_Delete(AT(lender.context)));
    seL4_Signal(lender.actor.notification);
    settle();
    CHECK_TRACE(&lender.trace, "");
}

TEST(notification_context, stays_with_the_thread_when_the_notification_is_deleted,
     "Deletion and Revocation")
{
    struct lender lender;

    lender_init(&lender, keep_signal);
    seL4_Signal(lender.actor.notification);
    OK(seL4_CNode_Delete(AT(lender.actor.notification)));
    OK(seL4_SchedContext_UnbindObject(lender.context, lender.thread->tcb));
}

/* --- faults ---------------------------------------------------------------------------- */

static void read_nothing(void *actor)
{
    volatile uintptr_t nowhere = 8;

    (void)*(volatile seL4_Word *)nowhere;
    act_once(actor);
}

TEST(fault_donation, lets_a_passive_handler_run, "Standard Exceptions")
{
    struct lender lender;

    lender_init(&lender, act_as_server);
    struct thread *thread = thread_make(read_nothing, &lender.actor, ABOVE);
    OK(seL4_TCB_SetSpace(thread->tcb, lender.actor.endpoint, MY_CNODE, 0, MY_VSPACE, 0));
    /* Its reply would only bring on the next fault. */
    OK(seL4_TCB_SetPriority(lender.thread->tcb, MY_TCB, TEST_PRIORITY - 1));
    thread_start(thread);
    OK(seL4_SchedContext_UnbindObject(thread->context, lender.thread->tcb));
}

TEST(fault_donation, ends_with_the_reply, "Standard Exceptions")
{
    struct lender lender;

    lender_init(&lender, act_and_keep);
    struct thread *thread = thread_make(read_nothing, &lender.actor, ABOVE);
    OK(seL4_TCB_SetSpace(thread->tcb, lender.actor.endpoint, MY_CNODE, 0, MY_VSPACE, 0));
    thread_start(thread);
    CHECK_TRACE(&lender.trace, "a");
    /* A label suspends the thread, whose context is its own again. */
    seL4_Send(lender.actor.reply, seL4_MessageInfo_new(1, 0, 0, 0));
    OK(seL4_SchedContext_UnbindObject(thread->context, thread->tcb));
}

TEST(fault_donation, does_not_happen_for_a_handler_with_a_context, "Standard Exceptions")
{
    struct lender lender;

    lender_init(&lender, act_and_keep);
    OK(seL4_SchedContext_Bind(lender.thread->context, lender.thread->tcb));
    struct thread *thread = thread_make(read_nothing, &lender.actor, ABOVE);
    OK(seL4_TCB_SetSpace(thread->tcb, lender.actor.endpoint, MY_CNODE, 0, MY_VSPACE, 0));
    thread_start(thread);
    OK(seL4_SchedContext_UnbindObject(thread->context, thread->tcb));
}

/* --- sending and receiving in one ------------------------------------------------------ */

/* Sends to endpoint and goes on to wait for the notification. */
static void hand_over(void *actor)
{
    const struct actor *self = actor;

    seL4_NBSendWait(self->endpoint, seL4_MessageInfo_new(0, 0, 0, 0), self->notification, NULL);
    act_once(actor);
}

static void hand_over_and_receive(void *actor)
{
    const struct actor *self = actor;

    seL4_NBSendRecv(self->endpoint, seL4_MessageInfo_new(0, 0, 0, 0), self->notification, NULL,
                    self->reply);
    act_once(actor);
}

/* Run a thread with this body that sends to lender's, which is passive. */
static struct thread *hand_to(struct lender *lender, struct actor *sender,
                              void (*body)(void *arg))
{
    *sender = (struct actor){
        .trace = &lender->trace,
        .letter = 'b',
        .endpoint = lender->actor.endpoint,
        .reply = make(seL4_ReplyObject),
        .notification = make(seL4_NotificationObject),
    };
    return thread_run(body, sender, ABOVE);
}

TEST(donation, comes_with_nbsendwait, "seL4_NBSendWait")
{
    struct lender lender;
    struct actor sender;

    lender_init(&lender, act_and_keep);
    struct thread *thread = hand_to(&lender, &sender, hand_over);
    CHECK_TRACE(&lender.trace, "a");
    OK(seL4_SchedContext_UnbindObject(thread->context, lender.thread->tcb));
}

TEST(donation, comes_with_nbsendrecv, "seL4_NBSendRecv")
{
    struct lender lender;
    struct actor sender;

    lender_init(&lender, act_and_keep);
    struct thread *thread = hand_to(&lender, &sender, hand_over_and_receive);
    CHECK_TRACE(&lender.trace, "a");
    OK(seL4_SchedContext_UnbindObject(thread->context, lender.thread->tcb));
}

TEST(donation, with_nbsendwait_leaves_the_sender_passive, "seL4_NBSendWait")
{
    struct lender lender;
    struct actor sender;

    lender_init(&lender, act_and_keep);
    hand_to(&lender, &sender, hand_over);
    seL4_Signal(sender.notification);
    settle();
    CHECK_TRACE(&lender.trace, "a");
}

TEST(donation, with_nbsendwait_needs_a_receiver, "seL4_NBSendWait")
{
    struct lender lender;
    struct actor sender;

    lender_init(&lender, act_on_signals);
    hand_to(&lender, &sender, hand_over);
    seL4_Signal(sender.notification);
    CHECK_TRACE(&lender.trace, "b");
}
