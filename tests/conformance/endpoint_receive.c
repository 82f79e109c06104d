/*
 * Receiving from endpoints: seL4_Recv, seL4_NBRecv, seL4_Wait and seL4_NBWait, and the
 * order in which senders are served.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "ipc_help.h"

TEST(endpoint_receive, takes_the_message_of_a_waiting_sender, "Endpoints")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    struct peer from = peer(badged(endpoint, 5), 77);
    seL4_Word badge = 0;

    start_send(&from);
    seL4_MessageInfo_t info = seL4_Recv(endpoint, &badge, make(seL4_ReplyObject));
    CHECK_EQ(badge, 5);
    CHECK_EQ(seL4_MessageInfo_get_length(info), 1);
    CHECK_EQ(seL4_GetMR(0), 77);
}

TEST(endpoint_receive, blocks_until_a_sender_comes, "Endpoints")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    struct peer from = peer(badged(endpoint, 5), 77);
    seL4_Word badge = 0;

    from.priority = TEST_PRIORITY - 1;
    start_send(&from);
    CHECK(!from.is_done);
    seL4_Recv(endpoint, &badge, make(seL4_ReplyObject));
    CHECK_EQ(badge, 5);
}

TEST(endpoint_receive, needs_no_more_than_the_read_right, "Capability Rights")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    struct peer from = peer(badged(endpoint, 5), 77);

    start_send(&from);
    CHECK_EQ(take_call(copy_with_rights(endpoint, seL4_CanRead), make(seL4_ReplyObject)), 5);
}

TEST(endpoint_receive, serves_senders_of_one_priority_in_order_of_arrival, "Endpoints")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    struct peer first = peer(badged(endpoint, 1), 0);
    struct peer second = peer(badged(endpoint, 2), 0);
    struct peer third = peer(badged(endpoint, 3), 0);

    start_send(&first);
    start_send(&second);
    start_send(&third);
    CHECK_EQ(take(endpoint), 1);
    CHECK_EQ(take(endpoint), 2);
    CHECK_EQ(take(endpoint), 3);
}

TEST(endpoint_receive, serves_the_sender_of_highest_priority_first, "Endpoints")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    struct peer low = peer(badged(endpoint, 1), 0);
    struct peer high = peer(badged(endpoint, 2), 0);
    struct peer middle = peer(badged(endpoint, 3), 0);

    high.priority += 2;
    middle.priority += 1;
    start_send(&low);
    start_send(&high);
    start_send(&middle);
    CHECK_EQ(take(endpoint), 2);
    CHECK_EQ(take(endpoint), 3);
    CHECK_EQ(take(endpoint), 1);
}

TEST(endpoint_receive, serves_calls_in_one_queue_with_sends, "Endpoints")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    struct peer first = peer(badged(endpoint, 1), 0);
    struct peer second = peer(badged(endpoint, 2), 0);
    struct peer third = peer(badged(endpoint, 3), 0);

    start_send(&first);
    start_call(&second);
    start_send(&third);
    CHECK_EQ(take_call(endpoint, make(seL4_ReplyObject)), 1);
    CHECK_EQ(take_call(endpoint, make(seL4_ReplyObject)), 2);
    CHECK_EQ(take_call(endpoint, make(seL4_ReplyObject)), 3);
}

TEST(endpoint_receive, queues_a_sender_anew_when_its_priority_rises, "Endpoints")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    struct peer first = peer(badged(endpoint, 1), 0);
    struct peer second = peer(badged(endpoint, 2), 0);

    start_send(&first);
    start_send(&second);
    OK(seL4_TCB_SetPriority(second.thread->tcb, MY_TCB, PEER_PRIORITY + 1));
    CHECK_EQ(take(endpoint), 2);
    CHECK_EQ(take(endpoint), 1);
}

TEST(endpoint_receive, queues_a_sender_anew_when_its_priority_falls, "Endpoints")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    struct peer first = peer(badged(endpoint, 1), 0);
    struct peer second = peer(badged(endpoint, 2), 0);

    start_send(&first);
    start_send(&second);
    OK(seL4_TCB_SetPriority(first.thread->tcb, MY_TCB, TEST_PRIORITY));
    CHECK_EQ(take(endpoint), 2);
    CHECK_EQ(take(endpoint), 1);
}

TEST(endpoint_receive, queues_a_sender_last_when_its_priority_is_set_again, "Endpoints")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    struct peer first = peer(badged(endpoint, 1), 0);
    struct peer second = peer(badged(endpoint, 2), 0);

    start_send(&first);
    start_send(&second);
    OK(seL4_TCB_SetPriority(first.thread->tcb, MY_TCB, PEER_PRIORITY));
    CHECK_EQ(take(endpoint), 2);
    CHECK_EQ(take(endpoint), 1);
}

TEST(endpoint_receive, queues_a_receiver_anew_when_its_priority_rises, "Endpoints")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    struct peer first = receiver(endpoint);
    struct peer second = receiver(endpoint);

    start_recv(&first);
    start_recv(&second);
    OK(seL4_TCB_SetPriority(second.thread->tcb, MY_TCB, PEER_PRIORITY + 1));
    seL4_Send(endpoint, message(0));
    CHECK(second.is_done);
    CHECK(!first.is_done);
}

TEST(endpoint_receive, runs_a_sender_of_higher_priority_at_once, "Scheduling")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    struct peer from = peer(badged(endpoint, 5), 0);

    start_send(&from);
    take(endpoint);
    CHECK(from.is_done);
}

TEST(endpoint_receive, goes_on_when_the_sender_has_equal_priority, "Scheduling")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    struct peer from = peer(badged(endpoint, 5), 0);

    from.priority = TEST_PRIORITY;
    start_send(&from);
    settle();
    CHECK_EQ(take(endpoint), 5);
    CHECK(!from.is_done);
    settle();
    CHECK(from.is_done);
}

/* --- seL4_NBRecv ----------------------------------------------------------------------- */

TEST(endpoint_nbrecv, takes_the_message_of_a_waiting_sender, "seL4_NBRecv")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    struct peer from = peer(badged(endpoint, 5), 77);
    seL4_Word badge = 0;

    start_send(&from);
    seL4_NBRecv(endpoint, &badge, make(seL4_ReplyObject));
    CHECK_EQ(badge, 5);
    CHECK_EQ(seL4_GetMR(0), 77);
}

TEST(endpoint_nbrecv, returns_badge_0_when_nobody_waits, "seL4_NBRecv")
{
    seL4_Word badge = 99;

    seL4_NBRecv(make(seL4_EndpointObject), &badge, make(seL4_ReplyObject));
    CHECK_EQ(badge, 0);
}

TEST(endpoint_nbrecv, returns_badge_0_when_other_receivers_wait, "seL4_NBRecv")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    struct peer to = receiver(endpoint);
    seL4_Word badge = 99;

    start_recv(&to);
    seL4_NBRecv(endpoint, &badge, make(seL4_ReplyObject));
    CHECK_EQ(badge, 0);
    CHECK(!to.is_done);
}

TEST(endpoint_nbrecv, takes_calls, "seL4_NBRecv")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    seL4_CPtr reply = make(seL4_ReplyObject);
    struct peer from = peer(badged(endpoint, 5), 0);
    seL4_Word badge = 0;

    start_call(&from);
    seL4_NBRecv(endpoint, &badge, reply);
    answer(reply, 88);
    CHECK(from.is_done);
    CHECK_EQ(from.words[0], 88);
}

TEST(endpoint_nbrecv, does_not_take_the_reply_object_when_nobody_waits, "seL4_NBRecv")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    struct peer to = receiver(endpoint);
    seL4_Word badge;

    seL4_NBRecv(endpoint, &badge, to.reply);
    start_recv(&to);
    CHECK(!to.is_done);
    seL4_Send(endpoint, message(0));
    CHECK(to.is_done);
}

/* --- seL4_Wait and seL4_NBWait --------------------------------------------------------- */

TEST(endpoint_wait, receives_without_a_reply_object, "seL4_Wait")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    struct peer to = peer(endpoint, 0);

    start_wait(&to);
    CHECK(!to.is_done);
    seL4_SetMR(0, 77);
    seL4_Send(badged(endpoint, 5), message(1));
    CHECK_EQ(to.badge, 5);
    CHECK_EQ(to.words[0], 77);
}

TEST(endpoint_wait, takes_the_message_of_a_call, "seL4_Wait")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    struct peer from = peer(badged(endpoint, 5), 77);
    seL4_Word badge = 0;

    start_call(&from);
    seL4_Wait(endpoint, &badge);
    CHECK_EQ(badge, 5);
    CHECK_EQ(seL4_GetMR(0), 77);
}

TEST(endpoint_wait, stops_a_caller_that_nobody_can_answer, "Calling and Replying")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    struct peer from = peer(badged(endpoint, 5), 77);

    start_call(&from);
    CHECK_EQ(take(endpoint), 5);
    settle();
    CHECK(!from.is_done);
    /* It calls again when it is resumed: it was suspended. */
    OK(seL4_TCB_Resume(from.thread->tcb));
    CHECK_EQ(take(endpoint), 5);
}

TEST(endpoint_nbwait, takes_the_message_of_a_waiting_sender, "seL4_NBWait")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    struct peer from = peer(badged(endpoint, 5), 77);
    seL4_Word badge = 0;

    start_send(&from);
    seL4_NBWait(endpoint, &badge);
    CHECK_EQ(badge, 5);
    CHECK_EQ(seL4_GetMR(0), 77);
}

TEST(endpoint_nbwait, returns_badge_0_when_nobody_waits, "seL4_NBWait")
{
    seL4_Word badge = 99;

    seL4_NBWait(make(seL4_EndpointObject), &badge);
    CHECK_EQ(badge, 0);
}

TEST(endpoint_receive, takes_the_message_of_a_sender_without_context, "Scheduling Contexts")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    struct peer from = peer(badged(endpoint, 5), 77);

    start_send(&from);
    OK(seL4_SchedContext_Unbind(from.thread->context));
    CHECK_EQ(take(endpoint), 5);
    CHECK_EQ(seL4_GetMR(0), 77);
    CHECK(!from.is_done);
    OK(seL4_SchedContext_Bind(from.thread->context, from.thread->tcb));
    CHECK(from.is_done);
}
