/*
 * seL4_Untyped_Retype with numbers at the edge of what a word holds, and other methods with
 * words that do not fit their parameters.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "conformance.h"

#define HUGE ((seL4_Word)1 << 63)

static seL4_Error retype(seL4_Word type, seL4_Word size_bits, seL4_Word offset, seL4_Word count)
{
    return seL4_Untyped_Retype(UNTYPED, type, size_bits, MY_CNODE, 0, 0, offset, count);
}

TEST(untyped_limits, hold_for_a_huge_number_of_objects, "seL4_Untyped_Retype")
{
    REFUSED_WITH(retype(seL4_EndpointObject, 0, slot(), HUGE), seL4_RangeError, 1, 256);
    REFUSED_WITH(retype(seL4_EndpointObject, 0, slot(), (seL4_Word)-1), seL4_RangeError, 1,
                 256);
}

TEST(untyped_limits, hold_for_a_huge_offset, "seL4_Untyped_Retype")
{
    REFUSED_WITH(retype(seL4_EndpointObject, 0, HUGE, 1), seL4_RangeError, 0,
                 (1 << MY_CNODE_BITS) - 1);
    REFUSED_WITH(retype(seL4_EndpointObject, 0, (seL4_Word)-1, 2), seL4_RangeError, 0,
                 (1 << MY_CNODE_BITS) - 1);
}

TEST(untyped_limits, hold_for_huge_size_bits, "seL4_Untyped_Retype")
{
    REFUSED_WITH(retype(seL4_UntypedObject, 64, slot(), 1), seL4_RangeError, 0, 47);
    REFUSED_WITH(retype(seL4_UntypedObject, HUGE, slot(), 1), seL4_RangeError, 0, 47);
    REFUSED_WITH(retype(seL4_CapTableObject, (seL4_Word)-1, slot(), 1), seL4_RangeError, 0, 47);
    REFUSED_WITH(retype(seL4_SchedContextObject, 64, slot(), 1), seL4_RangeError, 0, 47);
}

TEST(untyped_limits, hold_for_many_huge_objects, "seL4_Untyped_Retype")
{
    /* 256 times 2^47 bytes are 2^55: more than there are, but no overflow. */
    seL4_CPtr cnode = make_cnode(8);

    REFUSED(seL4_Untyped_Retype(UNTYPED, seL4_UntypedObject, 47, cnode, 0, 0, 0, 256),
            seL4_NotEnoughMemory);
}

TEST(untyped_limits, hold_for_a_huge_type, "seL4_Untyped_Retype")
{
    REFUSED_WITH(retype(HUGE, 0, slot(), 1), seL4_InvalidArgument, 0);
    REFUSED_WITH(retype((seL4_Word)1 << 32 | seL4_EndpointObject, 0, slot(), 1),
                 seL4_InvalidArgument, 0);
}

TEST(untyped_limits, hold_for_a_huge_depth, "seL4_Untyped_Retype")
{
    REFUSED_WITH(seL4_Untyped_Retype(UNTYPED, seL4_EndpointObject, 0, MY_CNODE, MY_CNODE, HUGE,
                                     slot(), 1),
                 seL4_RangeError, 1, 64);
}

TEST(message_words, of_a_depth_count_in_full, "seL4_CNode_Delete")
{
    /* libsel4 passes 8 bits of a depth. */
    seL4_SetMR(0, slot());
    seL4_SetMR(1, 256 + 64);
    REFUSED(invoke(MY_CNODE, CNodeDelete, 0, 2), seL4_RangeError);
}

TEST(message_words, of_a_priority_count_in_full, "seL4_TCB_SetPriority")
{
    seL4_CPtr tcb = make(seL4_TCBObject);

    seL4_SetCap(0, MY_TCB);
    seL4_SetMR(0, (seL4_Word)1 << 32 | 10);
    REFUSED(invoke(tcb, TCBSetPriority, 1, 1), seL4_RangeError);
}

TEST(message_words, beyond_those_needed_are_ignored, "Truncated Message")
{
    seL4_SetMR(0, slot());
    seL4_SetMR(1, 64);
    OK(invoke(MY_CNODE, CNodeDelete, 0, seL4_MsgMaxLength));
}

TEST(message_words, beyond_the_longest_message_are_ignored, "Message Registers")
{
    seL4_SetMR(0, slot());
    seL4_SetMR(1, 64);
    OK(invoke(MY_CNODE, CNodeDelete, 0, seL4_MsgMaxLength + 7));
}

TEST(message_words, that_are_registers_may_outnumber_those_there_are, "seL4_TCB_WriteRegisters")
{
    seL4_CPtr tcb = make(seL4_TCBObject);

    seL4_SetMR(0, 0);
    seL4_SetMR(1, 50);
    OK(invoke(tcb, TCBWriteRegisters, 0, 52));
}

TEST(message_words, of_a_label_count_in_full, "Illegal Operation")
{
    seL4_SetMR(0, slot());
    seL4_SetMR(1, 64);
    REFUSED(invoke(MY_CNODE, (seL4_Word)1 << 32 | CNodeDelete, 0, 2), seL4_IllegalOperation);
}

TEST(message_words, come_back_empty_from_a_method_without_results, "Error Codes")
{
    seL4_MessageInfo_t info =
        seL4_Call(make(seL4_TCBObject), seL4_MessageInfo_new(TCBSuspend, 0, 0, 0));

    CHECK_EQ(seL4_MessageInfo_get_length(info), 0);
}

/* The length of the message that an invocation answers with. */
static seL4_Word answer_length(seL4_CPtr service, seL4_Word label, seL4_Word length)
{
    return seL4_MessageInfo_get_length(
        seL4_Call(service, seL4_MessageInfo_new(label, 0, 0, length)));
}

TEST(message_words, of_an_invalid_argument_are_one, "Invalid Argument")
{
    seL4_SetCap(0, MY_CNODE);
    seL4_SetMR(0, seL4_ObjectTypeCount);
    seL4_MessageInfo_t info = seL4_Call(UNTYPED, seL4_MessageInfo_new(UntypedRetype, 0, 1, 6));

    CHECK_EQ(seL4_MessageInfo_get_label(info), seL4_InvalidArgument);
    CHECK_EQ(seL4_MessageInfo_get_length(info), 1);
}

TEST(message_words, of_an_invalid_capability_are_one, "Invalid Capability")
{
    CHECK_EQ(answer_length(slot(), TCBSuspend, 0), 1);
}

TEST(message_words, of_an_illegal_operation_are_none, "Illegal Operation")
{
    CHECK_EQ(answer_length(MY_CNODE, TCBSuspend, 0), 0);
}

TEST(message_words, of_a_range_error_are_two, "Range Error")
{
    seL4_SetMR(0, slot());
    seL4_SetMR(1, 65);
    CHECK_EQ(answer_length(MY_CNODE, CNodeDelete, 2), 2);
}

TEST(message_words, of_a_truncated_message_are_none, "Truncated Message")
{
    CHECK_EQ(answer_length(MY_CNODE, CNodeDelete, 1), 0);
}

/* The answer to a lookup with this root and depth of 5. */
static seL4_Word lookup_length(seL4_CPtr root, seL4_Word kind)
{
    seL4_SetMR(0, 0x1f);
    seL4_SetMR(1, 5);
    seL4_Word length = answer_length(root, CNodeDelete, 2);

    CHECK_EQ(seL4_GetMR(1), kind);
    return length;
}

TEST(message_words, of_a_guard_mismatch_are_five, "Guard Mismatch")
{
    CHECK_EQ(lookup_length(with_guard(make_cnode(2), 1, 3), seL4_GuardMismatch), 5);
}

TEST(message_words, of_a_depth_mismatch_are_four, "Depth Mismatch")
{
    CHECK_EQ(lookup_length(make_cnode(6), seL4_DepthMismatch), 4);
}

TEST(message_words, of_a_missing_capability_are_three, "Missing Capability")
{
    seL4_SetCap(0, MY_CNODE);
    seL4_SetMR(0, slot());
    seL4_SetMR(1, 64);
    seL4_SetMR(2, slot());
    seL4_SetMR(3, 64);
    seL4_MessageInfo_t info = seL4_Call(MY_CNODE, seL4_MessageInfo_new(CNodeMove, 0, 1, 4));

    CHECK_EQ(seL4_MessageInfo_get_label(info), seL4_FailedLookup);
    CHECK_EQ(seL4_MessageInfo_get_length(info), 3);
}

TEST(message_words, of_an_invalid_root_are_two, "Invalid Root")
{
    seL4_SetCap(0, MY_TCB);
    seL4_SetMR(0, slot());
    seL4_SetMR(1, 64);
    seL4_SetMR(2, slot());
    seL4_SetMR(3, 64);
    seL4_MessageInfo_t info = seL4_Call(MY_CNODE, seL4_MessageInfo_new(CNodeMove, 0, 1, 4));

    CHECK_EQ(seL4_MessageInfo_get_label(info), seL4_FailedLookup);
    CHECK_EQ(seL4_MessageInfo_get_length(info), 2);
}
