/*
 * seL4_CNode_Copy and seL4_CNode_Mint. What both may derive is in derivation.c, how slots
 * are found in cnode_lookup.c.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "conformance.h"

TEST(cnode_copy, makes_a_capability_to_the_same_object, "CNode Methods")
{
    seL4_CPtr notification = make(seL4_NotificationObject);
    seL4_CPtr sender = badged(notification, 5);
    seL4_CPtr copy = slot();

    OK(seL4_CNode_Copy(AT(copy), AT(notification), seL4_AllRights));
    CHECK_EQ(signal_through(sender, copy), 5);
}

TEST(cnode_copy, leaves_the_source_in_place, "CNode Methods")
{
    seL4_CPtr notification = make(seL4_NotificationObject);

    OK(seL4_CNode_Copy(AT(slot()), AT(notification), seL4_AllRights));
    CHECK(!is_empty(notification));
}

TEST(cnode_copy, keeps_the_badge, "CNode Methods")
{
    seL4_CPtr notification = make(seL4_NotificationObject);
    seL4_CPtr copy = copy_of(badged(notification, 77));

    CHECK_EQ(signal_through(copy, notification), 77);
}

TEST(cnode_copy, keeps_the_guard, "CNode Methods")
{
    seL4_CPtr cnode = copy_of(with_guard(make_cnode(4), 5, 3));

    /* Guard 101 and index 0011. */
    OK(seL4_CNode_Copy(cnode, 0x53, 7, AT(MY_TCB), seL4_AllRights));
}

TEST(cnode_copy, can_take_away_the_write_right, "Capability Rights")
{
    seL4_CPtr notification = make(seL4_NotificationObject);
    seL4_CPtr reader = copy_with_rights(badged(notification, 5), seL4_CanRead);

    CHECK_EQ(signal_through(reader, notification), 0);
}

TEST(cnode_copy, does_not_add_rights, "Capability Rights")
{
    seL4_CPtr notification = make(seL4_NotificationObject);
    seL4_CPtr reader = copy_with_rights(badged(notification, 5), seL4_CanRead);

    CHECK_EQ(signal_through(copy_with_rights(reader, seL4_AllRights), notification), 0);
}

TEST(cnode_copy, ignores_rights_of_objects_that_have_none, "Capability Rights")
{
    seL4_CPtr tcb = copy_with_rights(make(seL4_TCBObject), seL4_NoRights);

    OK(seL4_TCB_SetTLSBase(tcb, 0));
}

TEST(cnode_copy, refuses_an_occupied_slot, "seL4_CNode_Copy")
{
    seL4_CPtr from = make(seL4_EndpointObject);
    seL4_CPtr to = make(seL4_EndpointObject);

    REFUSED(seL4_CNode_Copy(AT(to), AT(from), seL4_AllRights), seL4_DeleteFirst);
}

TEST(cnode_copy, refuses_its_own_source_slot, "seL4_CNode_Copy")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);

    REFUSED(seL4_CNode_Copy(AT(endpoint), AT(endpoint), seL4_AllRights), seL4_DeleteFirst);
}

TEST(cnode_copy, refuses_an_empty_source_slot, "seL4_CNode_Copy")
{
    REFUSED_WITH(seL4_CNode_Copy(AT(slot()), AT(slot()), seL4_AllRights), seL4_FailedLookup, 1,
                 seL4_MissingCapability, 64);
}

TEST(cnode_copy, checks_the_destination_before_the_source, "seL4_CNode_Copy")
{
    REFUSED(seL4_CNode_Copy(AT(MY_TCB), AT(slot()), seL4_AllRights), seL4_DeleteFirst);
}

TEST(cnode_copy, refuses_a_source_root_that_is_no_cnode, "seL4_CNode_Copy")
{
    REFUSED_WITH(seL4_CNode_Copy(AT(slot()), MY_TCB, MY_TCB, 64, seL4_AllRights),
                 seL4_FailedLookup, 1, seL4_InvalidRoot);
}

TEST(cnode_copy, refuses_a_source_root_that_is_empty, "seL4_CNode_Copy")
{
    REFUSED_WITH(seL4_CNode_Copy(AT(slot()), slot(), MY_TCB, 64, seL4_AllRights),
                 seL4_FailedLookup, 1, seL4_InvalidRoot);
}

TEST(cnode_copy, refuses_a_destination_root_that_is_no_cnode, "seL4_CNode_Copy")
{
    REFUSED(seL4_CNode_Copy(MY_TCB, slot(), 64, AT(MY_TCB), seL4_AllRights),
            seL4_IllegalOperation);
}

TEST(cnode_copy, refuses_a_destination_root_that_is_empty, "seL4_CNode_Copy")
{
    REFUSED_WITH(seL4_CNode_Copy(slot(), slot(), 64, AT(MY_TCB), seL4_AllRights),
                 seL4_InvalidCapability, 0);
}

TEST(cnode_copy, refuses_a_source_depth_of_0, "seL4_CNode_Copy")
{
    REFUSED_WITH(seL4_CNode_Copy(AT(slot()), MY_CNODE, MY_TCB, 0, seL4_AllRights),
                 seL4_RangeError, 1, 64);
}

TEST(cnode_copy, refuses_a_source_depth_of_65, "seL4_CNode_Copy")
{
    REFUSED_WITH(seL4_CNode_Copy(AT(slot()), MY_CNODE, MY_TCB, 65, seL4_AllRights),
                 seL4_RangeError, 1, 64);
}

TEST(cnode_copy, refuses_a_destination_depth_of_0, "seL4_CNode_Copy")
{
    REFUSED_WITH(seL4_CNode_Copy(MY_CNODE, slot(), 0, AT(MY_TCB), seL4_AllRights),
                 seL4_RangeError, 1, 64);
}

TEST(cnode_copy, refuses_a_destination_depth_of_65, "seL4_CNode_Copy")
{
    REFUSED_WITH(seL4_CNode_Copy(MY_CNODE, slot(), 65, AT(MY_TCB), seL4_AllRights),
                 seL4_RangeError, 1, 64);
}

TEST(cnode_copy, refuses_a_message_without_its_last_word, "Truncated Message")
{
    seL4_SetCap(0, MY_CNODE);
    seL4_SetMR(0, slot());
    seL4_SetMR(1, 64);
    seL4_SetMR(2, MY_TCB);
    seL4_SetMR(3, 64);
    REFUSED(invoke(MY_CNODE, CNodeCopy, 1, 4), seL4_TruncatedMessage);
}

TEST(cnode_copy, refuses_a_message_without_a_source_root, "Truncated Message")
{
    seL4_SetMR(0, slot());
    seL4_SetMR(1, 64);
    REFUSED(invoke(MY_CNODE, CNodeCopy, 0, 5), seL4_TruncatedMessage);
}

TEST(cnode_copy, leaves_the_destination_empty_on_an_error, "seL4_CNode_Copy")
{
    seL4_SlotPos to = slot();

    REFUSED(seL4_CNode_Copy(AT(to), AT(IRQ_CONTROL), seL4_AllRights), seL4_IllegalOperation);
    CHECK(is_empty(to));
}

TEST(cnode_copy, works_between_two_cnodes, "CNode Methods")
{
    seL4_CPtr from = make_cnode(2);
    seL4_CPtr to = make_cnode(3);

    OK(seL4_CNode_Copy(from, 3, 2, AT(MY_TCB), seL4_AllRights));
    OK(seL4_CNode_Copy(to, 7, 3, from, 3, 2, seL4_AllRights));
    CHECK(!is_empty_in(to, 7, 3));
}

TEST(cnode_mint, gives_a_notification_a_badge, "CNode Methods")
{
    seL4_CPtr notification = make(seL4_NotificationObject);
    seL4_SlotPos to = slot();

    OK(seL4_CNode_Mint(AT(to), AT(notification), seL4_AllRights, 0x1234));
    CHECK_EQ(signal_through(to, notification), 0x1234);
}

TEST(cnode_mint, keeps_all_64_bits_of_a_badge, "Endpoint Badges")
{
    seL4_CPtr notification = make(seL4_NotificationObject);

    CHECK_EQ(signal_through(badged(notification, 0xfedcba9876543210), notification),
             0xfedcba9876543210);
}

TEST(cnode_mint, refuses_another_badge_for_a_badged_capability, "Endpoint Badges")
{
    seL4_CPtr endpoint = badged(make(seL4_EndpointObject), 5);

    REFUSED(seL4_CNode_Mint(AT(slot()), AT(endpoint), seL4_AllRights, 6),
            seL4_IllegalOperation);
}

TEST(cnode_mint, refuses_the_same_badge_for_a_badged_capability, "Endpoint Badges")
{
    seL4_CPtr endpoint = badged(make(seL4_EndpointObject), 5);

    REFUSED(seL4_CNode_Mint(AT(slot()), AT(endpoint), seL4_AllRights, 5),
            seL4_IllegalOperation);
}

TEST(cnode_mint, refuses_to_remove_a_badge, "Endpoint Badges")
{
    seL4_CPtr endpoint = badged(make(seL4_EndpointObject), 5);

    REFUSED(seL4_CNode_Mint(AT(slot()), AT(endpoint), seL4_AllRights, 0),
            seL4_IllegalOperation);
}

TEST(cnode_mint, refuses_another_badge_for_a_badged_notification, "Endpoint Badges")
{
    seL4_CPtr notification = badged(make(seL4_NotificationObject), 5);

    REFUSED(seL4_CNode_Mint(AT(slot()), AT(notification), seL4_AllRights, 6),
            seL4_IllegalOperation);
}

TEST(cnode_mint, takes_away_rights_while_it_badges, "CNode Methods")
{
    seL4_CPtr notification = make(seL4_NotificationObject);
    seL4_SlotPos to = slot();

    OK(seL4_CNode_Mint(AT(to), AT(notification), seL4_CanRead, 5));
    CHECK_EQ(signal_through(to, notification), 0);
}

TEST(cnode_mint, sets_the_guard_of_a_cnode, "CNode Methods")
{
    seL4_CPtr cnode = with_guard(make_cnode(4), 0x2a, 6);

    OK(seL4_CNode_Copy(cnode, 0x2a1, 10, AT(MY_TCB), seL4_AllRights));
}

TEST(cnode_mint, replaces_a_guard_by_another, "CNode Methods")
{
    seL4_CPtr cnode = with_guard(with_guard(make_cnode(4), 1, 3), 3, 2);

    OK(seL4_CNode_Copy(cnode, 0x31, 6, AT(MY_TCB), seL4_AllRights));
}

TEST(cnode_mint, accepts_a_guard_that_fills_the_word, "seL4_CNode_Mint")
{
    seL4_CPtr cnode = make_cnode(4);

    OK(seL4_CNode_Mint(AT(slot()), AT(cnode), seL4_AllRights, guard_word(0, 60)));
}

TEST(cnode_mint, refuses_a_guard_that_does_not_fit_the_word, "seL4_CNode_Mint")
{
    seL4_CPtr cnode = make_cnode(4);

    REFUSED(seL4_CNode_Mint(AT(slot()), AT(cnode), seL4_AllRights, guard_word(0, 61)),
            seL4_IllegalOperation);
}

TEST(cnode_mint, cuts_a_guard_to_its_size, "seL4_CNode_Mint")
{
    /* 0xff in 4 bits is 0xf. */
    seL4_CPtr cnode = with_guard(make_cnode(4), 0xff, 4);

    OK(seL4_CNode_Copy(cnode, 0xf1, 8, AT(MY_TCB), seL4_AllRights));
}

TEST(cnode_mint, ignores_the_badge_of_other_objects, "CNode Methods")
{
    seL4_CPtr tcb = badged(make(seL4_TCBObject), 5);

    OK(seL4_TCB_SetTLSBase(tcb, 0));
}

TEST(cnode_mint, refuses_an_occupied_slot, "seL4_CNode_Mint")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);

    REFUSED(seL4_CNode_Mint(AT(MY_TCB), AT(endpoint), seL4_AllRights, 5), seL4_DeleteFirst);
}

TEST(cnode_mint, refuses_an_empty_source_slot, "seL4_CNode_Mint")
{
    REFUSED_WITH(seL4_CNode_Mint(AT(slot()), AT(slot()), seL4_AllRights, 5), seL4_FailedLookup,
                 1, seL4_MissingCapability, 64);
}

TEST(cnode_mint, refuses_a_source_root_that_is_no_cnode, "seL4_CNode_Mint")
{
    REFUSED_WITH(seL4_CNode_Mint(AT(slot()), MY_TCB, MY_TCB, 64, seL4_AllRights, 0),
                 seL4_FailedLookup, 1, seL4_InvalidRoot);
}

TEST(cnode_mint, refuses_depths_out_of_range, "seL4_CNode_Mint")
{
    REFUSED_WITH(seL4_CNode_Mint(AT(slot()), MY_CNODE, MY_TCB, 0, seL4_AllRights, 0),
                 seL4_RangeError, 1, 64);
    REFUSED_WITH(seL4_CNode_Mint(MY_CNODE, slot(), 65, AT(MY_TCB), seL4_AllRights, 0),
                 seL4_RangeError, 1, 64);
}

TEST(cnode_mint, refuses_a_destination_root_that_is_no_cnode, "seL4_CNode_Mint")
{
    REFUSED(seL4_CNode_Mint(MY_TCB, slot(), 64, AT(MY_TCB), seL4_AllRights, 0),
            seL4_IllegalOperation);
    REFUSED_WITH(seL4_CNode_Mint(slot(), slot(), 64, AT(MY_TCB), seL4_AllRights, 0),
                 seL4_InvalidCapability, 0);
}

TEST(cnode_mint, refuses_a_message_without_its_last_word, "Truncated Message")
{
    seL4_SetCap(0, MY_CNODE);
    seL4_SetMR(0, slot());
    seL4_SetMR(1, 64);
    seL4_SetMR(2, MY_TCB);
    seL4_SetMR(3, 64);
    REFUSED(invoke(MY_CNODE, CNodeMint, 1, 5), seL4_TruncatedMessage);
}
