/*
 * What ends the transfer of capabilities early. The message arrives all the same.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "ipc_help.h"

/* Start a sender of one word and these capabilities, of which 0 ends the list. */
static void start_with_caps(struct peer *from, seL4_CPtr endpoint, seL4_CPtr first,
                            seL4_CPtr second, seL4_CPtr third)
{
    *from = peer(endpoint, 77);
    from->caps[0] = first;
    from->caps[1] = second;
    from->caps[2] = third;
    from->info = seL4_MessageInfo_new(0, 0, third != 0 ? 3 : second != 0 ? 2 : 1, 1);
    start_send(from);
}

/* Receive that message, and check how many capabilities come with it. */
static void receive_caps(seL4_CPtr endpoint, seL4_Word count, seL4_Word unwrapped)
{
    seL4_MessageInfo_t info = seL4_Wait(endpoint, NULL);

    CHECK_EQ(seL4_MessageInfo_get_length(info), 1);
    CHECK_EQ(seL4_GetMR(0), 77);
    CHECK_EQ(seL4_MessageInfo_get_extraCaps(info), count);
    CHECK_EQ(seL4_MessageInfo_get_capsUnwrapped(info), unwrapped);
}

TEST(cap_transfer_ends_when, a_second_copy_has_no_slot_to_go_to, "Capability Transfer")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    struct peer from;

    start_with_caps(&from, endpoint, MY_TCB, MY_CNODE, 0);
    seL4_SetCapReceivePath(MY_CNODE, slot(), seL4_WordBits);
    receive_caps(endpoint, 1, 0);
}

TEST(cap_transfer, nothing_is_unwrapped_after_a_copy_that_failed, "Errors")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    struct peer from;

    start_with_caps(&from, endpoint, MY_TCB, MY_CNODE, badged(endpoint, 7));
    seL4_SetCapReceivePath(MY_CNODE, slot(), seL4_WordBits);
    receive_caps(endpoint, 1, 0);
}

TEST(cap_transfer, what_was_unwrapped_before_stays, "Errors")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    struct peer from;

    start_with_caps(&from, endpoint, badged(endpoint, 5), MY_TCB, 0);
    receive_caps(endpoint, 1, 1);
    CHECK_EQ(seL4_GetBadge(0), 5);
}

TEST(cap_transfer_ends_when, no_receive_slot_is_given, "Errors")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    struct peer from;

    start_with_caps(&from, endpoint, MY_TCB, 0, 0);
    receive_caps(endpoint, 0, 0);
}

TEST(cap_transfer_ends_when, the_receive_slot_is_occupied, "Errors")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    seL4_CPtr notification = make(seL4_NotificationObject);
    struct peer from;

    start_with_caps(&from, endpoint, MY_TCB, 0, 0);
    seL4_SetCapReceivePath(MY_CNODE, notification, seL4_WordBits);
    receive_caps(endpoint, 0, 0);
    /* And it keeps what it has. */
    CHECK_EQ(signal_through(badged(notification, 5), notification), 5);
}

TEST(cap_transfer_ends_when, the_receive_cnode_is_none, "Errors")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    struct peer from;

    start_with_caps(&from, endpoint, MY_TCB, 0, 0);
    seL4_SetCapReceivePath(MY_TCB, slot(), seL4_WordBits);
    receive_caps(endpoint, 0, 0);
}

TEST(cap_transfer_ends_when, the_receive_cnode_cannot_be_found, "Errors")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    struct peer from;

    start_with_caps(&from, endpoint, MY_TCB, 0, 0);
    seL4_SetCapReceivePath((seL4_CPtr)1 << 40, slot(), seL4_WordBits);
    receive_caps(endpoint, 0, 0);
}

TEST(cap_transfer_ends_when, the_receive_slot_is_not_there, "Errors")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    struct peer from;

    start_with_caps(&from, endpoint, MY_TCB, 0, 0);
    seL4_SetCapReceivePath(MY_CNODE, (seL4_CPtr)1 << 40, seL4_WordBits);
    receive_caps(endpoint, 0, 0);
}

TEST(cap_transfer_ends_when, the_receive_depth_is_too_small, "Errors")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    struct peer from;

    start_with_caps(&from, endpoint, MY_TCB, 0, 0);
    seL4_SetCapReceivePath(make_cnode(4), 9, 3);
    receive_caps(endpoint, 0, 0);
}

TEST(cap_transfer_ends_when, the_receive_depth_is_too_large, "Errors")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    struct peer from;

    start_with_caps(&from, endpoint, MY_TCB, 0, 0);
    seL4_SetCapReceivePath(make_cnode(4), 9, 5);
    receive_caps(endpoint, 0, 0);
}

TEST(cap_transfer_ends_when, the_source_slot_is_empty, "Errors")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    struct peer from;

    start_with_caps(&from, endpoint, slot(), 0, 0);
    seL4_SetCapReceivePath(MY_CNODE, slot(), seL4_WordBits);
    receive_caps(endpoint, 0, 0);
}

TEST(cap_transfer_ends_when, the_source_is_deleted_while_the_sender_waits, "Errors")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    seL4_CPtr notification = make(seL4_NotificationObject);
    seL4_SlotPos to = slot();
    struct peer from;

    start_with_caps(&from, endpoint, notification, 0, 0);
    OK(seL4_CNode_Delete(AT(notification)));
    seL4_SetCapReceivePath(MY_CNODE, to, seL4_WordBits);
    receive_caps(endpoint, 0, 0);
    CHECK(is_empty(to));
}

TEST(cap_transfer_ends_when, the_capability_cannot_be_derived, "Errors")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    seL4_SlotPos to = slot();
    struct peer from;

    /* An untyped with children. */
    start_with_caps(&from, endpoint, UNTYPED, 0, 0);
    seL4_SetCapReceivePath(MY_CNODE, to, seL4_WordBits);
    receive_caps(endpoint, 0, 0);
    CHECK(is_empty(to));
}

TEST(cap_transfer_ends_when, the_capability_derives_to_nothing, "Errors")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    seL4_SlotPos to = slot();
    struct peer from;

    start_with_caps(&from, endpoint, IRQ_CONTROL, 0, 0);
    seL4_SetCapReceivePath(MY_CNODE, to, seL4_WordBits);
    receive_caps(endpoint, 0, 0);
    CHECK(is_empty(to));
}

TEST(cap_transfer_ends_when, the_page_table_is_not_mapped, "Errors")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    seL4_SlotPos to = slot();
    struct peer from;

    start_with_caps(&from, endpoint, make(seL4_ARM_PageTableObject), 0, 0);
    seL4_SetCapReceivePath(MY_CNODE, to, seL4_WordBits);
    receive_caps(endpoint, 0, 0);
    CHECK(is_empty(to));
}

TEST(cap_transfer, the_buffers_words_say_which_capability_at_delivery, "Errors")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    seL4_CPtr first = make(seL4_NotificationObject);
    seL4_CPtr second = make(seL4_NotificationObject);
    seL4_SlotPos to = slot();
    struct peer from;

    start_with_caps(&from, endpoint, badged(first, 5), 0, 0);
    from.thread->ipc_buffer->caps_or_badges[0] = badged(second, 6);
    seL4_SetCapReceivePath(MY_CNODE, to, seL4_WordBits);
    receive_caps(endpoint, 1, 0);
    CHECK_EQ(signal_through(to, second), 6);
}

TEST(cap_transfer, reads_the_receive_path_when_the_message_is_delivered, "Errors")
{
    struct peer to = receiver(make(seL4_EndpointObject));
    seL4_SlotPos instead = slot();

    to.receive_slot = slot();
    start_recv(&to);
    to.thread->ipc_buffer->receiveIndex = instead;
    seL4_SetCap(0, MY_TCB);
    seL4_Send(to.cap, message_with_caps(1));
    CHECK(is_empty(to.receive_slot));
    CHECK(!is_empty(instead));
}

TEST(cap_transfer, finds_the_receive_slot_in_the_cspace_of_that_time, "Errors")
{
    struct peer to = receiver(make(seL4_EndpointObject));
    seL4_CPtr cnode = make_cnode(6);

    to.receive_slot = slot();
    to.priority = TEST_PRIORITY - 1;
    start_recv(&to);
    settle();
    /* Slot 2 of its new CSpace is the root itself, by which receiveCNode means it. */
    OK(seL4_CNode_Copy(cnode, MY_CNODE, 6, AT(with_guard(cnode, 0, 58)), seL4_AllRights));
    to.thread->ipc_buffer->receiveIndex = 9;
    OK(seL4_TCB_SetSpace(to.thread->tcb, seL4_CapNull, cnode, guard_word(0, 58), MY_VSPACE, 0));
    seL4_SetCap(0, MY_TCB);
    seL4_NBSend(to.cap, message_with_caps(1));
    CHECK(!is_empty_in(cnode, 9, 6));
    OK(seL4_TCB_Suspend(to.thread->tcb));
}

TEST(cap_transfer, drops_an_nbsend_whose_capabilities_cannot_be_looked_up, "Errors")
{
    struct peer to = receiver(make(seL4_EndpointObject));

    start_recv(&to);
    seL4_SetCap(0, (seL4_CPtr)1 << 40);
    seL4_NBSend(to.cap, message_with_caps(1));
    CHECK(!to.is_done);
}
