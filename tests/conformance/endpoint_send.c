/*
 * Sending to endpoints: seL4_Send and seL4_NBSend, and the order in which receivers are
 * served. Messages themselves are in message.c and cap_transfer.c.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "ipc_help.h"

TEST(endpoint_send, hands_the_message_to_a_waiting_receiver, "Endpoints")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    struct peer to = receiver(endpoint);

    start_recv(&to);
    CHECK(!to.is_done);
    seL4_SetMR(0, 77);
    seL4_Send(endpoint, message(1));
    CHECK(to.is_done);
    CHECK_EQ(to.words[0], 77);
}

TEST(endpoint_send, blocks_until_a_receiver_comes, "Endpoints")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    struct peer from = peer(badged(endpoint, 5), 77);

    start_send(&from);
    CHECK(!from.is_done);
    CHECK_EQ(take(endpoint), 5);
    CHECK(from.is_done);
}

TEST(endpoint_send, does_not_wait_for_an_answer, "System Calls")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    struct peer from = peer(badged(endpoint, 5), 77);

    start_send(&from);
    CHECK_EQ(take_call(endpoint, make(seL4_ReplyObject)), 5);
    CHECK(from.is_done);
}

TEST(endpoint_send, leaves_the_reply_object_unused, "seL4_Recv")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    seL4_CPtr reply = make(seL4_ReplyObject);
    struct peer from = peer(badged(endpoint, 5), 77);
    struct peer to = {.cap = endpoint, .priority = PEER_PRIORITY, .reply = reply};

    start_send(&from);
    CHECK_EQ(take_call(endpoint, reply), 5);
    /* Another thread can have it. */
    start_recv(&to);
    answer(reply, 1);
    CHECK(!to.is_done);
    seL4_Send(endpoint, message(0));
    CHECK(to.is_done);
}

TEST(endpoint_send, delivers_the_badge_of_the_capability, "Endpoint Badges")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    struct peer to = receiver(endpoint);

    start_recv(&to);
    seL4_Send(badged(endpoint, 0x1234), message(0));
    CHECK_EQ(to.badge, 0x1234);
}

TEST(endpoint_send, delivers_all_64_bits_of_a_badge, "Endpoint Badges")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    struct peer to = receiver(endpoint);

    start_recv(&to);
    seL4_Send(badged(endpoint, 0xfedcba9876543210), message(0));
    CHECK_EQ(to.badge, 0xfedcba9876543210);
}

TEST(endpoint_send, delivers_badge_0_of_an_unbadged_capability, "Endpoint Badges")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    struct peer to = receiver(endpoint);

    to.badge = 99;
    start_recv(&to);
    seL4_Send(endpoint, message(0));
    CHECK(to.is_done);
    CHECK_EQ(to.badge, 0);
}

TEST(endpoint_send, ignores_the_badge_of_the_receivers_capability, "Endpoint Badges")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    struct peer to = receiver(badged(endpoint, 9));

    start_recv(&to);
    seL4_Send(badged(endpoint, 5), message(0));
    CHECK_EQ(to.badge, 5);
}

TEST(endpoint_send, keeps_the_badge_when_the_capability_goes, "Endpoint Badges")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    struct peer from = peer(badged(endpoint, 5), 77);

    start_send(&from);
    OK(seL4_CNode_Delete(AT(from.cap)));
    CHECK_EQ(take(endpoint), 5);
}

TEST(endpoint_send, needs_no_more_than_the_write_right, "Capability Rights")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    struct peer to = receiver(endpoint);

    start_recv(&to);
    seL4_Send(copy_with_rights(endpoint, seL4_CanWrite), message(0));
    CHECK(to.is_done);
}

TEST(endpoint_send, is_ignored_without_the_write_right, "Endpoints")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    struct peer to = receiver(endpoint);

    start_recv(&to);
    seL4_Send(copy_with_rights(endpoint, seL4_CanRead), message(0));
    CHECK(!to.is_done);
}

TEST(endpoint_send, is_ignored_on_an_empty_slot, "System Calls")
{
    struct peer from = peer(slot(), 77);

    start_send(&from);
    CHECK(from.is_done);
}

TEST(endpoint_send, reaches_one_receiver_only, "Endpoints")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    struct peer first = receiver(endpoint);
    struct peer second = receiver(endpoint);

    start_recv(&first);
    start_recv(&second);
    seL4_Send(endpoint, message(0));
    CHECK(first.is_done);
    CHECK(!second.is_done);
}

TEST(endpoint_send, serves_receivers_of_one_priority_in_order_of_arrival, "Endpoints")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    struct peer first = receiver(endpoint);
    struct peer second = receiver(endpoint);
    struct peer third = receiver(endpoint);

    start_recv(&first);
    start_recv(&second);
    start_recv(&third);
    for (seL4_Word i = 1; i <= 3; i++) {
        seL4_SetMR(0, i);
        seL4_Send(endpoint, message(1));
    }
    CHECK_EQ(first.words[0], 1);
    CHECK_EQ(second.words[0], 2);
    CHECK_EQ(third.words[0], 3);
}

TEST(endpoint_send, serves_the_receiver_of_highest_priority_first, "Endpoints")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    struct peer low = receiver(endpoint);
    struct peer high = receiver(endpoint);
    struct peer middle = receiver(endpoint);

    high.priority += 2;
    middle.priority += 1;
    start_recv(&low);
    start_recv(&high);
    start_recv(&middle);
    for (seL4_Word i = 1; i <= 3; i++) {
        seL4_SetMR(0, i);
        seL4_Send(endpoint, message(1));
    }
    CHECK_EQ(high.words[0], 1);
    CHECK_EQ(middle.words[0], 2);
    CHECK_EQ(low.words[0], 3);
}

TEST(endpoint_send, goes_on_when_the_receiver_has_lower_priority, "Scheduling")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    struct peer to = receiver(endpoint);

    to.priority = TEST_PRIORITY - 1;
    start_recv(&to);
    settle();
    seL4_Send(endpoint, message(0));
    CHECK(!to.is_done);
    settle();
    CHECK(to.is_done);
}

TEST(endpoint_send, goes_on_when_the_receiver_has_equal_priority, "Scheduling")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    struct peer to = receiver(endpoint);

    to.priority = TEST_PRIORITY;
    start_recv(&to);
    settle();
    seL4_Send(endpoint, message(0));
    CHECK(!to.is_done);
}

/* --- seL4_NBSend ----------------------------------------------------------------------- */

TEST(endpoint_nbsend, hands_the_message_to_a_waiting_receiver, "seL4_NBSend")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    struct peer to = receiver(endpoint);

    start_recv(&to);
    seL4_SetMR(0, 77);
    seL4_NBSend(badged(endpoint, 5), message(1));
    CHECK_EQ(to.badge, 5);
    CHECK_EQ(to.words[0], 77);
}

TEST(endpoint_nbsend, is_dropped_when_nobody_waits, "seL4_NBSend")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);

    seL4_NBSend(badged(endpoint, 5), message(0));
    CHECK_EQ(take(endpoint), 0);
}

TEST(endpoint_nbsend, is_dropped_when_other_senders_wait, "seL4_NBSend")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    struct peer from = peer(badged(endpoint, 5), 77);

    start_send(&from);
    seL4_NBSend(badged(endpoint, 6), message(0));
    CHECK_EQ(take(endpoint), 5);
    CHECK_EQ(take(endpoint), 0);
}

TEST(endpoint_nbsend, is_ignored_without_the_write_right, "Endpoints")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    struct peer to = receiver(endpoint);

    start_recv(&to);
    seL4_NBSend(copy_with_rights(endpoint, seL4_CanRead), message(0));
    CHECK(!to.is_done);
}

TEST(endpoint_nbsend, is_ignored_where_no_capability_can_be, "Capability Faults")
{
    struct peer from = peer((seL4_CPtr)1 << 40, 77);

    start_nbsend(&from);
    CHECK(from.is_done);
}
