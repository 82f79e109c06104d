/*
 * Running and not running: seL4_TCB_Suspend and Resume; and seL4_TCB_BindNotification and
 * UnbindNotification.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "conformance.h"

static void count(void *arg)
{
    for (;;) {
        ++*(volatile seL4_Word *)arg;
        seL4_Yield();
    }
}

/* Has the counter of a thread of our priority changed when we run again? */
static bool is_counting(volatile seL4_Word *counter)
{
    seL4_Word before = *counter;

    seL4_Yield();
    return *counter != before;
}

TEST(tcb, is_created_inactive, "Thread Creation")
{
    volatile seL4_Word counter = 0;

    thread_make(count, (void *)&counter, TEST_PRIORITY);
    CHECK(!is_counting(&counter));
}

TEST(tcb, runs_only_with_a_scheduling_context, "Thread Creation")
{
    volatile seL4_Word counter = 0;
    struct thread *thread = thread_make(count, (void *)&counter, TEST_PRIORITY);

    OK(seL4_SchedContext_Unbind(thread->context));
    thread_start(thread);
    CHECK(!is_counting(&counter));
    OK(seL4_SchedContext_Bind(thread->context, thread->tcb));
    CHECK(is_counting(&counter));
}

TEST(tcb, refuses_every_other_label, "Illegal Operation")
{
    REFUSED(invoke(MY_TCB, UntypedRetype, 0, 0), seL4_IllegalOperation);
    REFUSED(invoke(MY_TCB, 0xffff, 0, 0), seL4_IllegalOperation);
}

TEST(tcb_suspend, stops_a_thread, "Thread Deactivation")
{
    volatile seL4_Word counter = 0;
    struct thread *thread = thread_run(count, (void *)&counter, TEST_PRIORITY);

    CHECK(is_counting(&counter));
    OK(seL4_TCB_Suspend(thread->tcb));
    CHECK(!is_counting(&counter));
}

TEST(tcb_suspend, accepts_a_suspended_thread, "Thread Deactivation")
{
    seL4_CPtr tcb = make(seL4_TCBObject);

    OK(seL4_TCB_Suspend(tcb));
    OK(seL4_TCB_Suspend(tcb));
}

static void send(void *arg)
{
    seL4_Send(*(seL4_CPtr *)arg, seL4_MessageInfo_new(0, 0, 0, 0));
}

TEST(tcb_suspend, takes_a_sender_out_of_its_queue, "Thread Deactivation")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    seL4_CPtr sender = badged(endpoint, 7);
    seL4_Word badge = 1; /* zero, if there is no message */
    struct thread *thread = thread_run(send, &sender, TEST_PRIORITY + 1);

    OK(seL4_TCB_Suspend(thread->tcb));
    seL4_NBWait(endpoint, &badge);
    CHECK_EQ(badge, 0);
    CHECK(!thread->is_done);
}

TEST(tcb_suspend, refuses_other_objects, "seL4_TCB_Suspend")
{
    REFUSED(seL4_TCB_Suspend(MY_CNODE), seL4_IllegalOperation);
    REFUSED_WITH(seL4_TCB_Suspend(slot()), seL4_InvalidCapability, 0);
}

TEST(tcb_resume, lets_a_suspended_thread_go_on, "Thread Deactivation")
{
    volatile seL4_Word counter = 0;
    struct thread *thread = thread_run(count, (void *)&counter, TEST_PRIORITY);

    CHECK(is_counting(&counter));
    OK(seL4_TCB_Suspend(thread->tcb));
    CHECK(!is_counting(&counter));
    OK(seL4_TCB_Resume(thread->tcb));
    CHECK(is_counting(&counter));
}

TEST(tcb_resume, restarts_a_cancelled_send, "Thread Deactivation")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    struct thread *thread = thread_run(send, &endpoint, TEST_PRIORITY + 1);

    OK(seL4_TCB_Suspend(thread->tcb));
    OK(seL4_TCB_Resume(thread->tcb));
    CHECK(!thread->is_done);
    seL4_NBWait(endpoint, NULL);
    CHECK(thread->is_done);
}

TEST(tcb_resume, has_no_effect_on_a_running_thread, "Thread Deactivation")
{
    OK(seL4_TCB_Resume(MY_TCB));
}

TEST(tcb_resume, of_a_higher_priority_switches_at_once, "Scheduling")
{
    seL4_CPtr nothing = slot();
    struct thread *thread = thread_make(send, &nothing, TEST_PRIORITY + 1);

    thread_start(thread);
    CHECK(thread->is_done); /* A send to an empty slot just returns. */
}

TEST(tcb_resume, refuses_other_objects, "seL4_TCB_Resume")
{
    REFUSED(seL4_TCB_Resume(MY_CNODE), seL4_IllegalOperation);
    REFUSED_WITH(seL4_TCB_Resume(slot()), seL4_InvalidCapability, 0);
}

TEST(tcb_bind_notification, binds, "Binding Notifications")
{
    OK(seL4_TCB_BindNotification(make(seL4_TCBObject), make(seL4_NotificationObject)));
}

TEST(tcb_bind_notification, refuses_a_second_notification, "seL4_TCB_BindNotification")
{
    seL4_CPtr tcb = make(seL4_TCBObject);

    OK(seL4_TCB_BindNotification(tcb, make(seL4_NotificationObject)));
    REFUSED(seL4_TCB_BindNotification(tcb, make(seL4_NotificationObject)),
            seL4_IllegalOperation);
}

TEST(tcb_bind_notification, refuses_a_notification_of_another_thread,
     "seL4_TCB_BindNotification")
{
    seL4_CPtr notification = make(seL4_NotificationObject);

    OK(seL4_TCB_BindNotification(make(seL4_TCBObject), notification));
    REFUSED(seL4_TCB_BindNotification(make(seL4_TCBObject), notification),
            seL4_IllegalOperation);
}

TEST(tcb_bind_notification, refuses_a_notification_without_read, "seL4_TCB_BindNotification")
{
    seL4_CPtr notification = make(seL4_NotificationObject);

    REFUSED(seL4_TCB_BindNotification(make(seL4_TCBObject),
                                      copy_with_rights(notification, seL4_CanWrite)),
            seL4_IllegalOperation);
}

static void wait_for(void *arg)
{
    seL4_Wait(*(seL4_CPtr *)arg, NULL);
}

TEST(tcb_bind_notification, refuses_a_notification_that_a_thread_waits_for,
     "seL4_TCB_BindNotification")
{
    seL4_CPtr notification = make(seL4_NotificationObject);

    thread_run(wait_for, &notification, TEST_PRIORITY + 1);
    REFUSED(seL4_TCB_BindNotification(make(seL4_TCBObject), notification),
            seL4_IllegalOperation);
}

TEST(tcb_bind_notification, refuses_what_is_no_notification, "seL4_TCB_BindNotification")
{
    REFUSED(seL4_TCB_BindNotification(make(seL4_TCBObject), make(seL4_EndpointObject)),
            seL4_IllegalOperation);
}

TEST(tcb_bind_notification, refuses_an_empty_slot, "seL4_TCB_BindNotification")
{
    REFUSED(seL4_TCB_BindNotification(make(seL4_TCBObject), slot()), seL4_IllegalOperation);
}

TEST(tcb_bind_notification, refuses_other_objects, "seL4_TCB_BindNotification")
{
    REFUSED(seL4_TCB_BindNotification(MY_CNODE, make(seL4_NotificationObject)),
            seL4_IllegalOperation);
    REFUSED_WITH(seL4_TCB_BindNotification(slot(), make(seL4_NotificationObject)),
                 seL4_InvalidCapability, 0);
}

TEST(tcb_bind_notification, refuses_a_message_without_a_notification, "Truncated Message")
{
    REFUSED(invoke(make(seL4_TCBObject), TCBBindNotification, 0, 0), seL4_TruncatedMessage);
}

TEST(tcb_bind_notification, delivers_signals_to_a_receiver_on_an_endpoint,
     "Binding Notifications")
{
    seL4_CPtr notification = make(seL4_NotificationObject);
    seL4_Word badge = 0;

    OK(seL4_TCB_BindNotification(MY_TCB, notification));
    seL4_Signal(badged(notification, 5));
    seL4_Wait(make(seL4_EndpointObject), &badge);
    CHECK_EQ(badge, 5);
}

TEST(tcb_unbind_notification, unbinds, "Binding Notifications")
{
    seL4_CPtr tcb = make(seL4_TCBObject);
    seL4_CPtr notification = make(seL4_NotificationObject);

    OK(seL4_TCB_BindNotification(tcb, notification));
    OK(seL4_TCB_UnbindNotification(tcb));
    OK(seL4_TCB_BindNotification(make(seL4_TCBObject), notification));
}

TEST(tcb_unbind_notification, refuses_a_thread_without_notification,
     "seL4_TCB_UnbindNotification")
{
    REFUSED(seL4_TCB_UnbindNotification(make(seL4_TCBObject)), seL4_IllegalOperation);
}

TEST(tcb_unbind_notification, happens_when_the_notification_is_deleted, "Binding Notifications")
{
    seL4_CPtr tcb = make(seL4_TCBObject);
    seL4_CPtr notification = make(seL4_NotificationObject);

    OK(seL4_TCB_BindNotification(tcb, notification));
    OK(seL4_CNode_Delete(AT(notification)));
    REFUSED(seL4_TCB_UnbindNotification(tcb), seL4_IllegalOperation);
}

TEST(tcb_unbind_notification, happens_when_the_thread_is_deleted, "Binding Notifications")
{
    seL4_CPtr tcb = make(seL4_TCBObject);
    seL4_CPtr notification = make(seL4_NotificationObject);

    OK(seL4_TCB_BindNotification(tcb, notification));
    OK(seL4_CNode_Delete(AT(tcb)));
    OK(seL4_TCB_BindNotification(make(seL4_TCBObject), notification));
}

TEST(tcb_unbind_notification, refuses_other_objects, "seL4_TCB_UnbindNotification")
{
    REFUSED(seL4_TCB_UnbindNotification(MY_CNODE), seL4_IllegalOperation);
    REFUSED_WITH(seL4_TCB_UnbindNotification(slot()), seL4_InvalidCapability, 0);
}
