/*
 * seL4_Untyped_Retype: what it makes, of what sizes, and what it refuses. Where objects are
 * put in memory is in untyped_memory.c.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "conformance.h"

static seL4_Error retype(seL4_CPtr untyped, seL4_Word type, seL4_Word size_bits)
{
    return seL4_Untyped_Retype(untyped, type, size_bits, MY_CNODE, 0, 0, slot(), 1);
}

/* Bytes that one new object takes. */
static seL4_Word size_of(seL4_Word type, seL4_Word size_bits)
{
    seL4_Word before = bytes_left(UNTYPED);

    OK(retype(UNTYPED, type, size_bits));
    return before - bytes_left(UNTYPED);
}

TEST(untyped, makes_endpoints_of_2_to_4_bytes, "Summary of Object Sizes")
{
    CHECK_EQ(size_of(seL4_EndpointObject, 0), 1 << 4);
    CHECK_EQ(seL4_EndpointBits, 4);
}

TEST(untyped, makes_notifications_of_2_to_6_bytes, "Summary of Object Sizes")
{
    CHECK_EQ(size_of(seL4_NotificationObject, 0), 1 << 6);
    CHECK_EQ(seL4_NotificationBits, 6);
}

TEST(untyped, makes_reply_objects_of_2_to_5_bytes, "Summary of Object Sizes")
{
    CHECK_EQ(size_of(seL4_ReplyObject, 0), 1 << 5);
    CHECK_EQ(seL4_ReplyBits, 5);
}

TEST(untyped, makes_tcbs_of_the_size_that_libsel4_says, "Summary of Object Sizes")
{
    CHECK_EQ(size_of(seL4_TCBObject, 0), 1 << seL4_TCBBits);
}

TEST(untyped, makes_cnodes_of_32_bytes_a_slot, "Summary of Object Sizes")
{
    CHECK_EQ(seL4_SlotBits, 5);
    CHECK_EQ(size_of(seL4_CapTableObject, 1), 2 << 5);
    CHECK_EQ(size_of(seL4_CapTableObject, 9) & ~(seL4_Word)0x3fff, 0x4000);
}

TEST(untyped, makes_cnodes_with_that_many_slots, "CSpace Creation")
{
    seL4_CPtr cnode = make_cnode(3);

    OK(seL4_CNode_Copy(cnode, 7, 3, AT(MY_TCB), seL4_AllRights));
    REFUSED(seL4_Untyped_Retype(UNTYPED, seL4_EndpointObject, 0, cnode, 0, 0, 8, 1),
            seL4_RangeError);
}

TEST(untyped, makes_scheduling_contexts_of_2_to_size_bits_bytes, "Summary of Object Sizes")
{
    CHECK_EQ(size_of(seL4_SchedContextObject, 7), 1 << 7);
    CHECK_EQ(size_of(seL4_SchedContextObject, 8), (1 << 7) + (1 << 8));
}

TEST(untyped, makes_untypeds_of_2_to_size_bits_bytes, "Summary of Object Sizes")
{
    CHECK_EQ(bytes_left(make_sized(seL4_UntypedObject, 4)), 16);
    CHECK_EQ(bytes_left(make_sized(seL4_UntypedObject, 12)), 4096);
}

TEST(untyped, makes_page_tables_of_a_page, "Summary of Object Sizes")
{
    CHECK_EQ(size_of(seL4_ARM_PageTableObject, 0), 1 << 12);
}

TEST(untyped, makes_vspaces_of_a_page, "Summary of Object Sizes")
{
    CHECK_EQ(size_of(seL4_ARM_VSpaceObject, 0), 1 << 12);
}

TEST(untyped, makes_small_pages, "AArch64 page sizes")
{
    CHECK_EQ(size_of(seL4_ARM_SmallPageObject, 0), 1 << 12);
}

TEST(untyped, makes_large_pages, "AArch64 page sizes")
{
    CHECK_EQ(size_of(seL4_ARM_LargePageObject, 0), 1 << 21);
}

TEST(untyped, makes_huge_pages_of_device_memory, "AArch64 page sizes")
{
    OK(retype(DEVICE_UNTYPED, seL4_ARM_HugePageObject, 0));
}

TEST(untyped, ignores_size_bits_for_objects_of_one_size, "Summary of Object Sizes")
{
    CHECK_EQ(size_of(seL4_EndpointObject, 60), 1 << 4);
    CHECK_EQ(size_of(seL4_NotificationObject, 3) & ~(seL4_Word)0x3f, 1 << 6);
}

TEST(untyped, makes_several_objects_in_a_row_of_slots, "Capabilities to Newly-Retyped Objects")
{
    seL4_SlotPos first = slots(5);

    OK(seL4_Untyped_Retype(UNTYPED, seL4_EndpointObject, 0, MY_CNODE, 0, 0, first, 4));
    for (seL4_SlotPos i = 0; i < 4; i++) {
        CHECK(!is_empty(first + i));
    }
    CHECK(is_empty(first + 4));
}

TEST(untyped, makes_different_objects, "Capabilities to Newly-Retyped Objects")
{
    seL4_SlotPos first = slots(2);

    OK(seL4_Untyped_Retype(UNTYPED, seL4_NotificationObject, 0, MY_CNODE, 0, 0, first, 2));
    CHECK_EQ(signal_through(badged(first, 5), first + 1), 0);
    CHECK_EQ(signal_through(badged(first + 1, 6), first + 1), 6);
}

TEST(untyped, gives_all_rights_to_new_objects, "Capability Rights")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);

    /* Only a capability with all rights can do this. */
    OK(seL4_CNode_CancelBadgedSends(AT(endpoint)));
}

TEST(untyped, makes_256_objects_at_once, "seL4_Untyped_Retype")
{
    seL4_CPtr cnode = make_cnode(9);

    OK(seL4_Untyped_Retype(UNTYPED, seL4_EndpointObject, 0, cnode, 0, 0, 0,
                           CONFIG_RETYPE_FAN_OUT_LIMIT));
    CHECK_EQ(CONFIG_RETYPE_FAN_OUT_LIMIT, 256);
    CHECK(!is_empty_in(cnode, 255, 9));
}

TEST(untyped, refuses_257_objects_at_once, "seL4_Untyped_Retype")
{
    seL4_CPtr cnode = make_cnode(9);

    REFUSED_WITH(seL4_Untyped_Retype(UNTYPED, seL4_EndpointObject, 0, cnode, 0, 0, 0, 257),
                 seL4_RangeError, 1, 256);
}

TEST(untyped, refuses_0_objects, "seL4_Untyped_Retype")
{
    REFUSED_WITH(
        seL4_Untyped_Retype(UNTYPED, seL4_EndpointObject, 0, MY_CNODE, 0, 0, slot(), 0),
        seL4_RangeError, 1, 256);
}

TEST(untyped, refuses_an_offset_past_the_end_of_the_cnode, "seL4_Untyped_Retype")
{
    seL4_CPtr cnode = make_cnode(3);

    REFUSED_WITH(seL4_Untyped_Retype(UNTYPED, seL4_EndpointObject, 0, cnode, 0, 0, 8, 1),
                 seL4_RangeError, 0, 7);
}

TEST(untyped, refuses_objects_that_reach_past_the_end_of_the_cnode, "seL4_Untyped_Retype")
{
    seL4_CPtr cnode = make_cnode(3);

    REFUSED_WITH(seL4_Untyped_Retype(UNTYPED, seL4_EndpointObject, 0, cnode, 0, 0, 6, 3),
                 seL4_RangeError, 1, 2);
}

TEST(untyped, fills_a_cnode_to_its_last_slot, "Capabilities to Newly-Retyped Objects")
{
    seL4_CPtr cnode = make_cnode(3);

    OK(seL4_Untyped_Retype(UNTYPED, seL4_EndpointObject, 0, cnode, 0, 0, 0, 8));
    CHECK(!is_empty_in(cnode, 7, 3));
}

TEST(untyped, refuses_an_occupied_slot, "seL4_Untyped_Retype")
{
    REFUSED(seL4_Untyped_Retype(UNTYPED, seL4_EndpointObject, 0, MY_CNODE, 0, 0, MY_TCB, 1),
            seL4_DeleteFirst);
}

TEST(untyped, refuses_a_row_with_one_occupied_slot, "seL4_Untyped_Retype")
{
    seL4_SlotPos first = slots(3);

    OK(seL4_CNode_Copy(AT(first + 2), AT(MY_TCB), seL4_AllRights));
    REFUSED(seL4_Untyped_Retype(UNTYPED, seL4_EndpointObject, 0, MY_CNODE, 0, 0, first, 3),
            seL4_DeleteFirst);
    CHECK(is_empty(first));
}

TEST(untyped, takes_no_memory_when_it_refuses, "seL4_Untyped_Retype")
{
    REFUSED(seL4_Untyped_Retype(UNTYPED, seL4_EndpointObject, 0, MY_CNODE, 0, 0, MY_TCB, 1),
            seL4_DeleteFirst);
    CHECK_EQ(bytes_left(UNTYPED), (seL4_Word)1 << UNTYPED_BITS);
}

TEST(untyped, refuses_a_type_that_does_not_exist, "seL4_Untyped_Retype")
{
    REFUSED_WITH(retype(UNTYPED, seL4_ObjectTypeCount, 0), seL4_InvalidArgument, 0);
    REFUSED_WITH(retype(UNTYPED, (seL4_Word)-1, 0), seL4_InvalidArgument, 0);
}

TEST(untyped, refuses_untypeds_below_2_to_4_bytes, "seL4_Untyped_Retype")
{
    REFUSED_WITH(retype(UNTYPED, seL4_UntypedObject, seL4_MinUntypedBits - 1),
                 seL4_InvalidArgument, 1);
    CHECK_EQ(seL4_MinUntypedBits, 4);
}

TEST(untyped, refuses_untypeds_above_2_to_47_bytes, "seL4_Untyped_Retype")
{
    REFUSED_WITH(retype(UNTYPED, seL4_UntypedObject, seL4_MaxUntypedBits + 1), seL4_RangeError,
                 0, 47);
    CHECK_EQ(seL4_MaxUntypedBits, 47);
}

TEST(untyped, refuses_cnodes_of_one_slot, "seL4_Untyped_Retype")
{
    REFUSED_WITH(retype(UNTYPED, seL4_CapTableObject, 0), seL4_InvalidArgument, 1);
}

TEST(untyped, refuses_cnodes_above_the_largest_size, "seL4_Untyped_Retype")
{
    REFUSED_WITH(retype(UNTYPED, seL4_CapTableObject, 48), seL4_RangeError, 0, 47);
}

TEST(untyped, refuses_scheduling_contexts_below_2_to_7_bytes, "seL4_Untyped_Retype")
{
    REFUSED_WITH(retype(UNTYPED, seL4_SchedContextObject, seL4_MinSchedContextBits - 1),
                 seL4_InvalidArgument, 1);
    CHECK_EQ(seL4_MinSchedContextBits, 7);
}

TEST(untyped, refuses_more_than_it_has, "Not Enough Memory")
{
    seL4_CPtr untyped = make_sized(seL4_UntypedObject, 12);

    OK(retype(untyped, seL4_EndpointObject, 0));
    REFUSED_WITH(retype(untyped, seL4_ARM_SmallPageObject, 0), seL4_NotEnoughMemory, 4096 - 16);
}

TEST(untyped, refuses_more_objects_than_fit, "Not Enough Memory")
{
    seL4_CPtr untyped = make_sized(seL4_UntypedObject, 5);

    REFUSED_WITH(
        seL4_Untyped_Retype(untyped, seL4_EndpointObject, 0, MY_CNODE, 0, 0, slots(3), 3),
        seL4_NotEnoughMemory, 32);
}

TEST(untyped, can_be_used_up, "Kernel Memory Allocation")
{
    seL4_CPtr untyped = make_sized(seL4_UntypedObject, 5);

    OK(seL4_Untyped_Retype(untyped, seL4_EndpointObject, 0, MY_CNODE, 0, 0, slots(2), 2));
    REFUSED_WITH(retype(untyped, seL4_EndpointObject, 0), seL4_NotEnoughMemory, 0);
}

TEST(untyped, of_a_device_makes_pages, "Kernel Memory Allocation")
{
    OK(retype(DEVICE_UNTYPED, seL4_ARM_SmallPageObject, 0));
}

TEST(untyped, of_a_device_makes_untypeds_of_a_device, "Kernel Memory Allocation")
{
    seL4_SlotPos inner = slot();

    OK(seL4_Untyped_Retype(DEVICE_UNTYPED, seL4_UntypedObject, 20, MY_CNODE, 0, 0, inner, 1));
    REFUSED(retype(inner, seL4_EndpointObject, 0), seL4_InvalidArgument);
    OK(retype(inner, seL4_ARM_SmallPageObject, 0));
}

TEST(untyped, of_a_device_refuses_all_other_objects, "Kernel Memory Allocation")
{
    static const seL4_Word types[][2] = {
        {seL4_TCBObject, 0},           {seL4_EndpointObject, 0},
        {seL4_NotificationObject, 0},  {seL4_CapTableObject, 4},
        {seL4_SchedContextObject, 8},  {seL4_ReplyObject, 0},
        {seL4_ARM_PageTableObject, 0}, {seL4_ARM_VSpaceObject, 0},
    };

    for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
        REFUSED_WITH(retype(DEVICE_UNTYPED, types[i][0], types[i][1]), seL4_InvalidArgument, 1);
    }
}

TEST(untyped, puts_capabilities_into_a_cnode_by_index, "Capabilities to Newly-Retyped Objects")
{
    seL4_CPtr root = make_cnode(4);
    seL4_CPtr leaf = make_cnode(3);

    OK(seL4_CNode_Copy(root, 9, 4, AT(leaf), seL4_AllRights));
    OK(seL4_Untyped_Retype(UNTYPED, seL4_EndpointObject, 0, root, 9, 4, 2, 1));
    CHECK(!is_empty_in(leaf, 2, 3));
}

TEST(untyped, puts_capabilities_into_the_root_at_depth_0,
     "Capabilities to Newly-Retyped Objects")
{
    seL4_CPtr root = make_cnode(4);

    OK(seL4_Untyped_Retype(UNTYPED, seL4_EndpointObject, 0, root, 12345, 0, 2, 1));
    CHECK(!is_empty_in(root, 2, 4));
}

TEST(untyped, ignores_the_guard_of_the_root_at_depth_0, "Capabilities to Newly-Retyped Objects")
{
    seL4_CPtr root = make_cnode(4);

    OK(seL4_Untyped_Retype(UNTYPED, seL4_EndpointObject, 0, with_guard(root, 5, 3), 0, 0, 2,
                           1));
    CHECK(!is_empty_in(root, 2, 4));
}

TEST(untyped, refuses_a_root_that_is_no_cnode, "seL4_Untyped_Retype")
{
    REFUSED_WITH(seL4_Untyped_Retype(UNTYPED, seL4_EndpointObject, 0, MY_TCB, 0, 0, 1, 1),
                 seL4_FailedLookup, 0, seL4_MissingCapability);
}

TEST(untyped, refuses_a_root_that_is_empty, "seL4_Untyped_Retype")
{
    REFUSED_WITH(seL4_Untyped_Retype(UNTYPED, seL4_EndpointObject, 0, slot(), 0, 0, 1, 1),
                 seL4_FailedLookup, 0, seL4_MissingCapability);
}

TEST(untyped, refuses_a_destination_that_is_no_cnode, "seL4_Untyped_Retype")
{
    REFUSED_WITH(
        seL4_Untyped_Retype(UNTYPED, seL4_EndpointObject, 0, MY_CNODE, MY_TCB, 64, 1, 1),
        seL4_FailedLookup, 0, seL4_MissingCapability);
}

TEST(untyped, refuses_a_destination_that_is_not_found, "seL4_Untyped_Retype")
{
    REFUSED_WITH(
        seL4_Untyped_Retype(UNTYPED, seL4_EndpointObject, 0, MY_CNODE, MY_CNODE, 3, 1, 1),
        seL4_FailedLookup, 0, seL4_GuardMismatch, 3, 0, 64 - MY_CNODE_BITS);
}

TEST(untyped, refuses_a_depth_of_65, "seL4_Untyped_Retype")
{
    REFUSED_WITH(
        seL4_Untyped_Retype(UNTYPED, seL4_EndpointObject, 0, MY_CNODE, MY_CNODE, 65, 1, 1),
        seL4_RangeError, 1, 64);
}

TEST(untyped, refuses_to_be_another_object, "seL4_Untyped_Retype")
{
    REFUSED(retype(MY_TCB, seL4_EndpointObject, 0), seL4_IllegalOperation);
}

TEST(untyped, refuses_to_be_empty, "seL4_Untyped_Retype")
{
    REFUSED_WITH(retype(slot(), seL4_EndpointObject, 0), seL4_InvalidCapability, 0);
}

TEST(untyped, refuses_a_message_without_its_last_word, "Truncated Message")
{
    seL4_SetCap(0, MY_CNODE);
    REFUSED(invoke(UNTYPED, UntypedRetype, 1, 5), seL4_TruncatedMessage);
}

TEST(untyped, refuses_a_message_without_a_root, "Truncated Message")
{
    REFUSED(invoke(UNTYPED, UntypedRetype, 0, 6), seL4_TruncatedMessage);
}

TEST(untyped, refuses_every_other_label, "seL4_Untyped_Retype")
{
    REFUSED(invoke(UNTYPED, TCBSuspend, 0, 0), seL4_IllegalOperation);
}
