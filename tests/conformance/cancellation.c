/*
 * What becomes of threads that wait when they, or what they wait for, are suspended or
 * deleted. Reply objects are in reply.c.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "ipc_help.h"

TEST(cancellation, takes_a_suspended_sender_out_of_the_queue, "Thread Deactivation")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    struct peer from = peer(badged(endpoint, 5), 0);

    start_send(&from);
    OK(seL4_TCB_Suspend(from.thread->tcb));
    CHECK_EQ(take(endpoint), 0);
    CHECK(!from.is_done);
}

TEST(cancellation, leaves_the_other_senders_in_order, "Thread Deactivation")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    struct peer from[4];

    for (seL4_Word i = 0; i < 4; i++) {
        from[i] = peer(badged(endpoint, 1 + i), 0);
        start_send(&from[i]);
    }
    OK(seL4_TCB_Suspend(from[1].thread->tcb));
    CHECK_EQ(take(endpoint), 1);
    CHECK_EQ(take(endpoint), 3);
    CHECK_EQ(take(endpoint), 4);
}

TEST(cancellation, sends_again_when_the_sender_is_resumed, "Thread Deactivation")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    struct peer from = peer(badged(endpoint, 5), 77);

    start_send(&from);
    OK(seL4_TCB_Suspend(from.thread->tcb));
    OK(seL4_TCB_Resume(from.thread->tcb));
    CHECK_EQ(take(endpoint), 5);
    CHECK_EQ(seL4_GetMR(0), 77);
    CHECK_EQ(from.returns, 1);
}

TEST(cancellation, puts_a_resumed_sender_at_the_end_of_the_queue, "Thread Deactivation")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    struct peer first = peer(badged(endpoint, 1), 0);
    struct peer second = peer(badged(endpoint, 2), 0);

    start_send(&first);
    start_send(&second);
    OK(seL4_TCB_Resume(first.thread->tcb));
    CHECK_EQ(take(endpoint), 2);
    CHECK_EQ(take(endpoint), 1);
}

TEST(cancellation, takes_a_suspended_receiver_out_of_the_queue, "Thread Deactivation")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    struct peer first = receiver(endpoint);
    struct peer second = receiver(endpoint);

    start_recv(&first);
    start_recv(&second);
    OK(seL4_TCB_Suspend(first.thread->tcb));
    seL4_NBSend(endpoint, message(0));
    CHECK(!first.is_done);
    CHECK(second.is_done);
}

TEST(cancellation, frees_the_reply_object_of_a_suspended_receiver, "Thread Deactivation")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    struct peer first = receiver(endpoint);
    struct peer from = peer(badged(endpoint, 5), 0);

    start_recv(&first);
    OK(seL4_TCB_Suspend(first.thread->tcb));
    start_call(&from);
    take_call(endpoint, first.reply);
    answer(first.reply, 88);
    CHECK_EQ(from.words[0], 88);
}

TEST(cancellation, receives_again_when_the_receiver_is_resumed, "Thread Deactivation")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    struct peer to = receiver(endpoint);

    start_recv(&to);
    OK(seL4_TCB_Suspend(to.thread->tcb));
    OK(seL4_TCB_Resume(to.thread->tcb));
    CHECK(!to.is_done);
    seL4_NBSend(endpoint, message(0));
    CHECK(to.is_done);
}

TEST(cancellation, takes_a_suspended_waiter_off_a_notification, "Thread Deactivation")
{
    seL4_CPtr notification = make(seL4_NotificationObject);
    struct peer to = peer(notification, 0);

    start_wait(&to);
    OK(seL4_TCB_Suspend(to.thread->tcb));
    seL4_Signal(badged(notification, 5));
    CHECK(!to.is_done);
    CHECK_EQ(take(notification), 5);
}

TEST(cancellation, waits_again_when_the_waiter_is_resumed, "Thread Deactivation")
{
    seL4_CPtr notification = make(seL4_NotificationObject);
    struct peer to = peer(notification, 0);

    start_wait(&to);
    OK(seL4_TCB_Suspend(to.thread->tcb));
    OK(seL4_TCB_Resume(to.thread->tcb));
    CHECK(!to.is_done);
    seL4_Signal(badged(notification, 5));
    CHECK_EQ(to.badge, 5);
}

TEST(cancellation, does_not_undo_a_message_that_was_received, "Thread Deactivation")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    struct peer to = receiver(endpoint);

    to.priority = TEST_PRIORITY - 1;
    start_recv(&to);
    settle();
    seL4_SetMR(0, 77);
    seL4_Send(endpoint, message(1));
    OK(seL4_TCB_Suspend(to.thread->tcb));
    settle();
    CHECK(!to.is_done);
    OK(seL4_TCB_Resume(to.thread->tcb));
    settle();
    CHECK_EQ(to.words[0], 77);
}

TEST(cancellation, takes_a_deleted_sender_out_of_the_queue, "Deletion and Revocation")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    struct peer first = peer(badged(endpoint, 1), 0);
    struct peer second = peer(badged(endpoint, 2), 0);

    start_send(&first);
    start_send(&second);
    OK(seL4_CNode_Delete(AT(first.thread->tcb)));
    CHECK_EQ(take(endpoint), 2);
    CHECK_EQ(take(endpoint), 0);
}

TEST(cancellation, takes_a_deleted_receiver_out_of_the_queue, "Deletion and Revocation")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    struct peer first = receiver(endpoint);
    struct peer second = receiver(endpoint);

    start_recv(&first);
    start_recv(&second);
    OK(seL4_CNode_Delete(AT(first.thread->tcb)));
    seL4_NBSend(endpoint, message(0));
    CHECK(second.is_done);
}

TEST(cancellation, takes_a_deleted_waiter_off_a_notification, "Deletion and Revocation")
{
    seL4_CPtr notification = make(seL4_NotificationObject);
    struct peer first = peer(notification, 0);
    struct peer second = peer(notification, 0);

    start_wait(&first);
    start_wait(&second);
    OK(seL4_CNode_Delete(AT(first.thread->tcb)));
    seL4_Signal(badged(notification, 5));
    CHECK_EQ(second.badge, 5);
}

/* --- what is waited for goes ----------------------------------------------------------- */

/* Length of the message of a fault with a missing capability. */
#define MISSING_LENGTH 5

static void delete_object(seL4_CPtr original)
{
    OK(seL4_CNode_Revoke(AT(original)));
    OK(seL4_CNode_Delete(AT(original)));
}

TEST(cancellation, ends_the_send_when_the_endpoint_is_deleted, "Deletion and Revocation")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    struct peer from = peer(endpoint, 0);

    /* Made again, it is a send to an empty slot, which is ignored. */
    start_send(&from);
    delete_object(endpoint);
    CHECK(from.is_done);
}

TEST(cancellation, ends_the_call_when_the_endpoint_is_deleted, "Deletion and Revocation")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    struct peer from = peer(endpoint, 0);

    /* Made again, it is a call to an empty slot, which is refused. */
    start_call(&from);
    delete_object(endpoint);
    CHECK(from.is_done);
    CHECK_EQ(seL4_MessageInfo_get_label(from.info), seL4_InvalidCapability);
}

TEST(cancellation, ends_all_sends_when_the_endpoint_is_deleted, "Deletion and Revocation")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    struct peer from[3];

    for (seL4_Word i = 0; i < 3; i++) {
        from[i] = peer(endpoint, 0);
        start_send(&from[i]);
    }
    delete_object(endpoint);
    for (seL4_Word i = 0; i < 3; i++) {
        CHECK(from[i].is_done);
    }
}

TEST(cancellation, makes_the_receive_a_fault_when_the_endpoint_is_deleted,
     "Deletion and Revocation")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    seL4_CPtr handler = make(seL4_EndpointObject);
    struct peer to = receiver(endpoint);

    prepare_recv(&to);
    set_handler(to.thread, badged(handler, 9));
    thread_start(to.thread);
    delete_object(endpoint);
    take_fault(handler, make(seL4_ReplyObject), seL4_Fault_CapFault, MISSING_LENGTH);
    CHECK_EQ(seL4_GetMR(seL4_CapFault_Addr), endpoint);
}

TEST(cancellation, makes_the_wait_a_fault_when_the_notification_is_deleted,
     "Deletion and Revocation")
{
    seL4_CPtr notification = make(seL4_NotificationObject);
    seL4_CPtr handler = make(seL4_EndpointObject);
    struct peer to = peer(notification, 0);

    prepare_wait(&to);
    set_handler(to.thread, badged(handler, 9));
    thread_start(to.thread);
    delete_object(notification);
    take_fault(handler, make(seL4_ReplyObject), seL4_Fault_CapFault, MISSING_LENGTH);
    CHECK_EQ(seL4_GetMR(seL4_CapFault_Addr), notification);
}

TEST(cancellation, does_not_happen_while_another_capability_is_left, "Deletion and Revocation")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    seL4_CPtr copy = copy_of(endpoint);
    struct peer from = peer(badged(endpoint, 5), 0);

    start_send(&from);
    OK(seL4_CNode_Delete(AT(from.cap)));
    OK(seL4_CNode_Delete(AT(endpoint)));
    CHECK(!from.is_done);
    CHECK_EQ(take(copy), 5);
}

TEST(cancellation, sends_through_what_the_slot_holds_by_then, "Deletion and Revocation")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    seL4_CPtr other = make(seL4_EndpointObject);
    struct peer from = peer(slot(), 77);

    OK(seL4_CNode_Copy(AT(from.cap), AT(endpoint), seL4_AllRights));
    from.priority = TEST_PRIORITY - 1;
    start_send(&from);
    settle();
    delete_object(endpoint);
    /* The sender has not run yet, since its priority is lower. */
    OK(seL4_CNode_Mint(AT(from.cap), AT(other), seL4_AllRights, 6));
    settle();
    CHECK_EQ(take(other), 6);
}

/* --- seL4_CNode_CancelBadgedSends ------------------------------------------------------ */

static void cancel(seL4_CPtr cap)
{
    OK(seL4_CNode_CancelBadgedSends(AT(cap)));
}

TEST(cancel_badged_sends, lets_the_sender_try_again, "seL4_CNode_CancelBadgedSends")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    struct peer first = peer(badged(endpoint, 1), 0);
    struct peer second = peer(badged(endpoint, 2), 0);

    /* Its capability is still there, so it queues again, as the last. */
    start_send(&first);
    start_send(&second);
    cancel(first.cap);
    CHECK_EQ(take(endpoint), 2);
    CHECK_EQ(take(endpoint), 1);
}

TEST(cancel_badged_sends, ends_the_send_when_its_capability_is_gone,
     "seL4_CNode_CancelBadgedSends")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    struct peer from = peer(badged(endpoint, 5), 0);
    seL4_CPtr same = copy_of(from.cap);

    start_send(&from);
    OK(seL4_CNode_Delete(AT(from.cap)));
    CHECK(!from.is_done);
    cancel(same);
    CHECK(from.is_done);
    CHECK_EQ(take(endpoint), 0);
}

TEST(cancel_badged_sends, ends_calls_as_well, "seL4_CNode_CancelBadgedSends")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    struct peer from = peer(badged(endpoint, 5), 0);
    seL4_CPtr same = copy_of(from.cap);

    start_call(&from);
    OK(seL4_CNode_Delete(AT(from.cap)));
    cancel(same);
    CHECK(from.is_done);
    CHECK_EQ(seL4_MessageInfo_get_label(from.info), seL4_InvalidCapability);
}

TEST(cancel_badged_sends, leaves_others_in_order, "seL4_CNode_CancelBadgedSends")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    struct peer from[4];
    seL4_CPtr same = 0;

    for (seL4_Word i = 0; i < 4; i++) {
        from[i] = peer(badged(endpoint, i == 2 ? 1 : 1 + i), 0);
        start_send(&from[i]);
    }
    same = badged(endpoint, 1);
    OK(seL4_CNode_Delete(AT(from[0].cap)));
    OK(seL4_CNode_Delete(AT(from[2].cap)));
    cancel(same);
    CHECK_EQ(take(endpoint), 2);
    CHECK_EQ(take(endpoint), 4);
    CHECK_EQ(take(endpoint), 0);
}

TEST(cancel_badged_sends, leaves_calls_that_were_received, "seL4_CNode_CancelBadgedSends")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    seL4_CPtr reply = make(seL4_ReplyObject);
    struct peer from = peer(badged(endpoint, 5), 0);

    start_call(&from);
    take_call(endpoint, reply);
    cancel(from.cap);
    answer(reply, 88);
    CHECK_EQ(from.words[0], 88);
}

TEST(cancel_badged_sends, leaves_receivers, "seL4_CNode_CancelBadgedSends")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    struct peer to = receiver(endpoint);

    start_recv(&to);
    cancel(badged(endpoint, 5));
    seL4_NBSend(endpoint, message(0));
    CHECK(to.is_done);
}
