/*
 * Notifications: seL4_Signal, seL4_Wait and seL4_Poll. Those bound to a thread are in
 * notification_bound.c.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "ipc_help.h"

TEST(notification, delivers_the_badge_of_a_signal, "Signalling, Polling and Waiting")
{
    seL4_CPtr notification = make(seL4_NotificationObject);
    seL4_Word badge = 0;

    seL4_Signal(badged(notification, 5));
    seL4_Wait(notification, &badge);
    CHECK_EQ(badge, 5);
}

TEST(notification, delivers_all_64_bits_of_a_badge, "Notification Objects")
{
    seL4_CPtr notification = make(seL4_NotificationObject);

    seL4_Signal(badged(notification, 0xfedcba9876543210));
    CHECK_EQ(take(notification), 0xfedcba9876543210);
}

TEST(notification, collects_the_bits_of_signals, "Signalling, Polling and Waiting")
{
    seL4_CPtr notification = make(seL4_NotificationObject);

    seL4_Signal(badged(notification, 1));
    seL4_Signal(badged(notification, 6));
    seL4_Signal(badged(notification, 4));
    CHECK_EQ(take(notification), 7);
}

TEST(notification, is_cleared_by_a_wait, "Signalling, Polling and Waiting")
{
    seL4_CPtr notification = make(seL4_NotificationObject);

    seL4_Signal(badged(notification, 5));
    seL4_Wait(notification, NULL);
    CHECK_EQ(take(notification), 0);
}

TEST(notification, is_cleared_by_a_poll, "Signalling, Polling and Waiting")
{
    seL4_CPtr notification = make(seL4_NotificationObject);

    seL4_Signal(badged(notification, 5));
    seL4_Poll(notification, NULL);
    CHECK_EQ(take(notification), 0);
}

TEST(notification, blocks_a_wait_until_it_is_signalled, "Signalling, Polling and Waiting")
{
    seL4_CPtr notification = make(seL4_NotificationObject);
    struct peer to = peer(notification, 0);

    start_wait(&to);
    CHECK(!to.is_done);
    seL4_Signal(badged(notification, 5));
    CHECK(to.is_done);
    CHECK_EQ(to.badge, 5);
}

TEST(notification, does_not_block_a_poll, "Signalling, Polling and Waiting")
{
    seL4_Word badge = 99;

    seL4_Poll(make(seL4_NotificationObject), &badge);
    CHECK_EQ(badge, 0);
}

TEST(notification, delivers_the_badge_to_a_poll, "Signalling, Polling and Waiting")
{
    seL4_CPtr notification = make(seL4_NotificationObject);
    seL4_Word badge = 0;

    seL4_Signal(badged(notification, 5));
    seL4_Poll(notification, &badge);
    CHECK_EQ(badge, 5);
}

TEST(notification, ends_a_wait_at_an_unbadged_signal, "Signalling, Polling and Waiting")
{
    seL4_CPtr notification = make(seL4_NotificationObject);
    struct peer to = peer(notification, 0);

    to.badge = 99;
    start_wait(&to);
    seL4_Signal(notification);
    CHECK(to.is_done);
    CHECK_EQ(to.badge, 0);
}

/* The manual says that a wait blocks while the word is 0; the object has a state besides. */
TEST(notification, remembers_an_unbadged_signal, "Signalling, Polling and Waiting")
{
    seL4_CPtr notification = make(seL4_NotificationObject);
    struct peer to = peer(notification, 0);

    seL4_Signal(notification);
    start_wait(&to);
    CHECK(to.is_done);
}

TEST(notification, forgets_a_signal_that_ended_a_wait, "Signalling, Polling and Waiting")
{
    seL4_CPtr notification = make(seL4_NotificationObject);
    struct peer to = peer(notification, 0);

    start_wait(&to);
    seL4_Signal(badged(notification, 5));
    CHECK_EQ(take(notification), 0);
}

TEST(notification, wakes_one_waiter_only, "Signalling, Polling and Waiting")
{
    seL4_CPtr notification = make(seL4_NotificationObject);
    struct peer first = peer(notification, 0);
    struct peer second = peer(notification, 0);

    start_wait(&first);
    start_wait(&second);
    seL4_Signal(badged(notification, 5));
    CHECK(first.is_done);
    CHECK(!second.is_done);
}

TEST(notification, wakes_waiters_of_one_priority_in_order_of_arrival,
     "Signalling, Polling and Waiting")
{
    seL4_CPtr notification = make(seL4_NotificationObject);
    struct peer first = peer(notification, 0);
    struct peer second = peer(notification, 0);
    struct peer third = peer(notification, 0);

    start_wait(&first);
    start_wait(&second);
    start_wait(&third);
    for (seL4_Word i = 1; i <= 3; i++) {
        seL4_Signal(badged(notification, i));
    }
    CHECK_EQ(first.badge, 1);
    CHECK_EQ(second.badge, 2);
    CHECK_EQ(third.badge, 3);
}

TEST(notification, wakes_the_waiter_of_highest_priority_first,
     "Signalling, Polling and Waiting")
{
    seL4_CPtr notification = make(seL4_NotificationObject);
    struct peer low = peer(notification, 0);
    struct peer high = peer(notification, 0);
    struct peer middle = peer(notification, 0);

    high.priority += 2;
    middle.priority += 1;
    start_wait(&low);
    start_wait(&high);
    start_wait(&middle);
    for (seL4_Word i = 1; i <= 3; i++) {
        seL4_Signal(badged(notification, i));
    }
    CHECK_EQ(high.badge, 1);
    CHECK_EQ(middle.badge, 2);
    CHECK_EQ(low.badge, 3);
}

TEST(notification, queues_a_waiter_anew_when_its_priority_rises,
     "Signalling, Polling and Waiting")
{
    seL4_CPtr notification = make(seL4_NotificationObject);
    struct peer first = peer(notification, 0);
    struct peer second = peer(notification, 0);

    start_wait(&first);
    start_wait(&second);
    OK(seL4_TCB_SetPriority(second.thread->tcb, MY_TCB, PEER_PRIORITY + 1));
    seL4_Signal(badged(notification, 5));
    CHECK(second.is_done);
    CHECK(!first.is_done);
}

TEST(notification, ignores_a_signal_without_the_write_right, "Capability Rights")
{
    seL4_CPtr notification = make(seL4_NotificationObject);

    seL4_Signal(copy_with_rights(badged(notification, 5), seL4_CanRead));
    CHECK_EQ(take(notification), 0);
}

TEST(notification, takes_a_signal_by_nbsend, "System Calls")
{
    seL4_CPtr notification = make(seL4_NotificationObject);

    seL4_NBSend(badged(notification, 5), message(0));
    CHECK_EQ(take(notification), 5);
}

TEST(notification, takes_a_signal_by_call, "System Calls")
{
    seL4_CPtr notification = make(seL4_NotificationObject);

    OK(invoke(badged(notification, 5), 0, 0, 0));
    CHECK_EQ(take(notification), 5);
}

TEST(notification, refuses_a_call_without_the_write_right, "Invalid Capability")
{
    seL4_CPtr notification = make(seL4_NotificationObject);

    REFUSED_WITH(invoke(copy_with_rights(notification, seL4_CanRead), 0, 0, 0),
                 seL4_InvalidCapability, 0);
}

TEST(notification, drops_the_words_of_a_signal, "Notification Objects")
{
    seL4_CPtr notification = make(seL4_NotificationObject);
    struct peer to = peer(notification, 11);

    start_wait(&to);
    seL4_SetMR(0, 77);
    seL4_Send(badged(notification, 5), message(1));
    CHECK_EQ(to.badge, 5);
    CHECK(to.words[0] != 77);
}

TEST(notification, can_be_waited_for_by_recv, "seL4_Recv")
{
    seL4_CPtr notification = make(seL4_NotificationObject);
    struct peer to = receiver(notification);

    start_recv(&to);
    CHECK(!to.is_done);
    seL4_Signal(badged(notification, 5));
    CHECK_EQ(to.badge, 5);
}

TEST(notification, can_be_waited_for_by_recv_without_a_reply_object, "seL4_Recv")
{
    seL4_CPtr notification = make(seL4_NotificationObject);
    struct peer to = peer(notification, 0);

    start_recv(&to);
    CHECK(!to.is_done);
    seL4_Signal(badged(notification, 5));
    CHECK_EQ(to.badge, 5);
}

TEST(notification, can_be_polled_by_nbrecv, "seL4_NBRecv")
{
    seL4_CPtr notification = make(seL4_NotificationObject);
    seL4_Word badge = 0;

    seL4_Signal(badged(notification, 5));
    seL4_NBRecv(notification, &badge, make(seL4_ReplyObject));
    CHECK_EQ(badge, 5);
}

TEST(notification, gives_a_poll_nothing_while_others_wait, "Signalling, Polling and Waiting")
{
    seL4_CPtr notification = make(seL4_NotificationObject);
    struct peer to = peer(notification, 0);

    start_wait(&to);
    CHECK_EQ(take(notification), 0);
    CHECK(!to.is_done);
}

TEST(notification, is_waited_for_with_the_read_right_alone, "Capability Rights")
{
    seL4_CPtr notification = make(seL4_NotificationObject);

    seL4_Signal(badged(notification, 5));
    CHECK_EQ(take(copy_with_rights(notification, seL4_CanRead)), 5);
}

TEST(notification, runs_a_waiter_of_lower_priority_later, "Scheduling")
{
    seL4_CPtr notification = make(seL4_NotificationObject);
    struct peer to = peer(notification, 0);

    to.priority = TEST_PRIORITY - 1;
    start_wait(&to);
    settle();
    seL4_Signal(badged(notification, 5));
    CHECK(!to.is_done);
    settle();
    CHECK(to.is_done);
}

TEST(notification, lends_its_context_to_a_passive_waiter, "Scheduling Context Donation")
{
    seL4_CPtr notification = make(seL4_NotificationObject);
    struct peer to = peer(notification, 0);

    start_wait(&to);
    OK(seL4_SchedContext_Unbind(to.thread->context));
    OK(seL4_SchedContext_Bind(to.thread->context, notification));
    seL4_Signal(badged(notification, 5));
    CHECK_EQ(to.badge, 5);
}

TEST(notification, gives_a_waiter_the_badge_only, "Signalling, Polling and Waiting")
{
    seL4_CPtr notification = make(seL4_NotificationObject);
    struct machine machine = machine_make(CODE(SVC, UNDEFINED));

    machine.registers.x7 = (seL4_Word)seL4_SysWait;
    machine_start(&machine, notification);
    seL4_Signal(badged(notification, 5));
    seL4_UserContext registers = registers_of(machine.thread);
    CHECK_EQ(registers.x0, 5);
    for (seL4_Word i = 1; i <= 5; i++) {
        CHECK_EQ((&registers.x0)[i], 1000 + i);
    }
}
