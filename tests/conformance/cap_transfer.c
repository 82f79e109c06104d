/*
 * Capabilities in messages. What ends a transfer early is in cap_transfer_errors.c.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "ipc_help.h"

/* A receiver at a new endpoint, with a new receive slot, that waits already. */
static void start_with_slot(struct peer *to)
{
    *to = receiver(make(seL4_EndpointObject));
    to->receive_slot = slot();
    start_recv(to);
}

/* Send capabilities; 0 ends the list. */
static void send_caps(seL4_CPtr endpoint, seL4_CPtr first, seL4_CPtr second, seL4_CPtr third)
{
    seL4_SetCap(0, first);
    seL4_SetCap(1, second);
    seL4_SetCap(2, third);
    seL4_Send(endpoint, message_with_caps(third != 0 ? 3 : second != 0 ? 2 : 1));
}

TEST(cap_transfer, copies_a_capability_to_the_receive_slot, "Capability Transfer")
{
    seL4_CPtr notification = make(seL4_NotificationObject);
    struct peer to;

    start_with_slot(&to);
    send_caps(to.cap, badged(notification, 5), 0, 0);
    CHECK_EQ(seL4_MessageInfo_get_extraCaps(to.info), 1);
    CHECK_EQ(signal_through(to.receive_slot, notification), 5);
}

TEST(cap_transfer, leaves_the_senders_capability_in_place, "Capability Transfer")
{
    seL4_CPtr notification = make(seL4_NotificationObject);
    seL4_CPtr sent = badged(notification, 5);
    struct peer to;

    start_with_slot(&to);
    send_caps(to.cap, sent, 0, 0);
    CHECK_EQ(signal_through(sent, notification), 5);
}

TEST(cap_transfer, reports_nothing_unwrapped_for_a_copy, "Capability Transfer")
{
    struct peer to;

    start_with_slot(&to);
    send_caps(to.cap, MY_TCB, 0, 0);
    CHECK_EQ(seL4_MessageInfo_get_extraCaps(to.info), 1);
    CHECK_EQ(seL4_MessageInfo_get_capsUnwrapped(to.info), 0);
}

TEST(cap_transfer, keeps_the_rights_of_a_capability, "Capability Transfer")
{
    seL4_CPtr notification = make(seL4_NotificationObject);
    struct peer to;

    start_with_slot(&to);
    send_caps(to.cap, copy_with_rights(badged(notification, 5), seL4_CanRead), 0, 0);
    CHECK(!is_empty(to.receive_slot));
    CHECK_EQ(signal_through(to.receive_slot, notification), 0);
}

TEST(cap_transfer, makes_a_child_of_an_original_capability, "Capability Derivation Tree")
{
    seL4_CPtr notification = make(seL4_NotificationObject);
    struct peer to;

    start_with_slot(&to);
    send_caps(to.cap, notification, 0, 0);
    CHECK(!is_empty(to.receive_slot));
    OK(seL4_CNode_Revoke(AT(notification)));
    CHECK(is_empty(to.receive_slot));
}

TEST(cap_transfer, sends_a_copy_of_a_mapped_page_that_is_not_mapped,
     "Capability Derivation Tree")
{
    seL4_CPtr page = make(seL4_ARM_SmallPageObject);
    struct peer to;

    map_page(page, seL4_ReadWrite, seL4_ARM_Default_VMAttributes);
    start_with_slot(&to);
    send_caps(to.cap, page, 0, 0);
    /* Through the copy nothing can be unmapped. */
    OK(seL4_ARM_Page_Unmap(to.receive_slot));
    *(volatile seL4_Word *)PAGE_ADDRESS = 7;
}

TEST(cap_transfer, needs_the_grant_right_of_the_sender, "Capability Transfer")
{
    struct peer to;

    start_with_slot(&to);
    seL4_SetMR(0, 77);
    seL4_SetCap(0, MY_TCB);
    seL4_Send(copy_with_rights(to.cap, seL4_CapRights_new(1, 0, 1, 1)),
              seL4_MessageInfo_new(0, 0, 1, 1));
    CHECK_EQ(to.words[0], 77);
    CHECK_EQ(seL4_MessageInfo_get_extraCaps(to.info), 0);
    CHECK(is_empty(to.receive_slot));
}

TEST(cap_transfer, needs_no_grant_right_of_the_receiver, "Capability Transfer")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    struct peer to = receiver(copy_with_rights(endpoint, seL4_CanRead));

    to.receive_slot = slot();
    start_recv(&to);
    send_caps(endpoint, MY_TCB, 0, 0);
    CHECK(!is_empty(to.receive_slot));
}

TEST(cap_transfer, happens_with_nbsend, "Capability Transfer")
{
    struct peer to;

    start_with_slot(&to);
    seL4_SetCap(0, MY_TCB);
    seL4_NBSend(to.cap, message_with_caps(1));
    CHECK(!is_empty(to.receive_slot));
}

TEST(cap_transfer, happens_when_the_sender_has_waited, "Capability Transfer")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    struct peer from = peer(endpoint, 0);
    seL4_SlotPos to = slot();

    from.caps[0] = MY_TCB;
    from.info = message_with_caps(1);
    start_send(&from);
    seL4_SetCapReceivePath(MY_CNODE, to, seL4_WordBits);
    seL4_MessageInfo_t info = seL4_Wait(endpoint, NULL);
    CHECK_EQ(seL4_MessageInfo_get_extraCaps(info), 1);
    CHECK(!is_empty(to));
}

TEST(cap_transfer, happens_with_a_call, "Capability Transfer")
{
    struct peer to = receiver(make(seL4_EndpointObject));
    struct peer from = peer(to.cap, 0);

    to.receive_slot = slot();
    from.caps[0] = MY_TCB;
    from.info = message_with_caps(1);
    start_recv(&to);
    start_call(&from);
    CHECK(!is_empty(to.receive_slot));
}

TEST(cap_transfer, happens_with_an_answer, "Calling and Replying")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    seL4_CPtr reply = make(seL4_ReplyObject);
    struct peer from = peer(badged(endpoint, 5), 0);

    from.receive_slot = slot();
    start_call(&from);
    take_call(endpoint, reply);
    send_caps(reply, MY_TCB, 0, 0);
    CHECK_EQ(seL4_MessageInfo_get_extraCaps(from.info), 1);
    CHECK(!is_empty(from.receive_slot));
}

TEST(cap_transfer, needs_the_grant_right_of_a_reply_capability, "Calling and Replying")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    seL4_CPtr reply = make(seL4_ReplyObject);
    struct peer from = peer(badged(endpoint, 5), 0);

    from.receive_slot = slot();
    start_call(&from);
    take_call(endpoint, reply);
    send_caps(copy_with_rights(reply, seL4_CanWrite), MY_TCB, 0, 0);
    CHECK(from.is_done);
    CHECK_EQ(seL4_MessageInfo_get_extraCaps(from.info), 0);
    CHECK(is_empty(from.receive_slot));
}

/* The manual says otherwise; it describes what was before MCS. */
TEST(cap_transfer, needs_no_grant_right_of_the_receiver_for_an_answer, "Calling and Replying")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    seL4_CPtr reply = make(seL4_ReplyObject);
    struct peer from = peer(badged(endpoint, 5), 0);

    from.receive_slot = slot();
    start_call(&from);
    take_call(copy_with_rights(endpoint, seL4_CanRead), reply);
    send_caps(reply, MY_TCB, 0, 0);
    CHECK(from.is_done);
    CHECK(!is_empty(from.receive_slot));
}

TEST(cap_transfer, finds_the_receive_slot_in_any_cnode_of_the_receiver, "Capability Transfer")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    struct peer from = peer(endpoint, 0);
    seL4_CPtr cnode = make_cnode(4);

    from.caps[0] = MY_TCB;
    from.info = message_with_caps(1);
    start_send(&from);
    seL4_SetCapReceivePath(cnode, 9, 4);
    CHECK_EQ(seL4_MessageInfo_get_extraCaps(seL4_Wait(endpoint, NULL)), 1);
    CHECK(!is_empty_in(cnode, 9, 4));
}

/* --- unwrapping ------------------------------------------------------------------------ */

TEST(cap_unwrapping, delivers_the_badge_of_a_capability_to_the_endpoint, "Capability Transfer")
{
    struct peer to;

    start_with_slot(&to);
    send_caps(to.cap, badged(to.cap, 5), 0, 0);
    CHECK_EQ(seL4_MessageInfo_get_extraCaps(to.info), 1);
    CHECK_EQ(to.caps[0], 5);
}

TEST(cap_unwrapping, sets_the_bit_of_the_capability, "Capability Transfer")
{
    struct peer to;

    start_with_slot(&to);
    send_caps(to.cap, badged(to.cap, 5), 0, 0);
    CHECK_EQ(seL4_MessageInfo_get_capsUnwrapped(to.info), 1);
}

TEST(cap_unwrapping, leaves_the_receive_slot_empty, "Capability Transfer")
{
    struct peer to;

    start_with_slot(&to);
    send_caps(to.cap, badged(to.cap, 5), 0, 0);
    CHECK(is_empty(to.receive_slot));
}

TEST(cap_unwrapping, delivers_badge_0_of_an_unbadged_capability, "Capability Transfer")
{
    struct peer to = receiver(make(seL4_EndpointObject));

    to.caps[0] = 99;
    start_recv(&to);
    send_caps(to.cap, to.cap, 0, 0);
    CHECK_EQ(seL4_MessageInfo_get_capsUnwrapped(to.info), 1);
    CHECK_EQ(to.caps[0], 0);
}

TEST(cap_unwrapping, happens_to_capabilities_without_rights, "Capability Transfer")
{
    struct peer to;

    start_with_slot(&to);
    send_caps(to.cap, copy_with_rights(badged(to.cap, 5), seL4_NoRights), 0, 0);
    CHECK_EQ(seL4_MessageInfo_get_capsUnwrapped(to.info), 1);
    CHECK_EQ(to.caps[0], 5);
}

TEST(cap_unwrapping, happens_to_each_of_three_capabilities, "Capability Transfer")
{
    struct peer to;

    start_with_slot(&to);
    send_caps(to.cap, badged(to.cap, 5), badged(to.cap, 6), badged(to.cap, 7));
    CHECK_EQ(seL4_MessageInfo_get_extraCaps(to.info), 3);
    CHECK_EQ(seL4_MessageInfo_get_capsUnwrapped(to.info), 7);
    CHECK_EQ(to.caps[0], 5);
    CHECK_EQ(to.caps[1], 6);
    CHECK_EQ(to.caps[2], 7);
}

TEST(cap_unwrapping, needs_no_receive_slot, "Capability Transfer")
{
    struct peer to = receiver(make(seL4_EndpointObject));

    start_recv(&to);
    send_caps(to.cap, badged(to.cap, 5), 0, 0);
    CHECK_EQ(to.caps[0], 5);
}

TEST(cap_unwrapping, goes_on_after_a_copied_capability, "Capability Transfer")
{
    struct peer to;

    start_with_slot(&to);
    send_caps(to.cap, MY_TCB, badged(to.cap, 6), 0);
    CHECK_EQ(seL4_MessageInfo_get_extraCaps(to.info), 2);
    CHECK_EQ(seL4_MessageInfo_get_capsUnwrapped(to.info), 2);
    CHECK_EQ(to.caps[1], 6);
    CHECK(!is_empty(to.receive_slot));
}

TEST(cap_unwrapping, can_come_before_a_copied_capability, "Capability Transfer")
{
    struct peer to;

    start_with_slot(&to);
    send_caps(to.cap, badged(to.cap, 5), MY_TCB, badged(to.cap, 7));
    CHECK_EQ(seL4_MessageInfo_get_extraCaps(to.info), 3);
    CHECK_EQ(seL4_MessageInfo_get_capsUnwrapped(to.info), 5);
    CHECK_EQ(to.caps[0], 5);
    CHECK_EQ(to.caps[2], 7);
    CHECK(!is_empty(to.receive_slot));
}

TEST(cap_unwrapping, does_not_happen_to_capabilities_of_other_endpoints, "Capability Transfer")
{
    struct peer to;

    start_with_slot(&to);
    send_caps(to.cap, badged(make(seL4_EndpointObject), 5), 0, 0);
    CHECK_EQ(seL4_MessageInfo_get_capsUnwrapped(to.info), 0);
    CHECK(!is_empty(to.receive_slot));
}

TEST(cap_unwrapping, does_not_happen_without_the_grant_right, "Capability Transfer")
{
    struct peer to;

    start_with_slot(&to);
    send_caps(copy_with_rights(to.cap, seL4_CanWrite), badged(to.cap, 5), 0, 0);
    CHECK_EQ(seL4_MessageInfo_get_extraCaps(to.info), 0);
    CHECK_EQ(seL4_MessageInfo_get_capsUnwrapped(to.info), 0);
}

TEST(cap_unwrapping, does_not_happen_in_an_answer, "Calling and Replying")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    seL4_CPtr reply = make(seL4_ReplyObject);
    struct peer from = peer(badged(endpoint, 5), 0);

    from.receive_slot = slot();
    start_call(&from);
    take_call(endpoint, reply);
    send_caps(reply, endpoint, 0, 0);
    CHECK_EQ(seL4_MessageInfo_get_capsUnwrapped(from.info), 0);
    CHECK(!is_empty(from.receive_slot));
}
