/*
 * How capability addresses are resolved: guards, radixes, depths, and what is said when
 * that fails. In CNode methods the words of a failed lookup are: 1 for the source of a
 * capability and 0 otherwise, the kind of failure, and what describes it.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "conformance.h"

/* Copy the test's TCB into a slot: a call that resolves a destination. */
static seL4_Error put(seL4_CPtr root, seL4_Word index, seL4_Word depth)
{
    return seL4_CNode_Copy(root, index, (seL4_Uint8)depth, AT(MY_TCB), seL4_AllRights);
}

/* Copy from a slot: a call that resolves a source. */
static seL4_Error take(seL4_CPtr root, seL4_Word index, seL4_Word depth)
{
    return seL4_CNode_Copy(AT(slot()), root, index, (seL4_Uint8)depth, seL4_AllRights);
}

/* A CNode of 2^outer slots whose slot at has a CNode of 2^inner, guarded as told. */
static seL4_CPtr nested(seL4_Word outer, seL4_Word at, seL4_Word inner, seL4_Word guard,
                        seL4_Word guard_bits)
{
    seL4_CPtr root = make_cnode(outer);
    seL4_CPtr leaf = with_guard(make_cnode(inner), guard, guard_bits);

    OK(seL4_CNode_Copy(root, at, (seL4_Uint8)outer, AT(leaf), seL4_AllRights));
    return root;
}

TEST(cnode_lookup, takes_radix_bits_as_the_index, "Capability Address Lookup")
{
    seL4_CPtr cnode = make_cnode(4);

    OK(put(cnode, 13, 4));
    for (seL4_Word i = 0; i < 16; i++) {
        CHECK_EQ(is_empty_in(cnode, i, 4), i != 13);
    }
}

TEST(cnode_lookup, uses_the_least_significant_bits_of_an_index, "Addressing Capabilities")
{
    seL4_CPtr cnode = make_cnode(4);

    OK(put(cnode, 0xabcdef0d, 4));
    CHECK(!is_empty_in(cnode, 13, 4));
}

TEST(cnode_lookup, compares_the_guard_with_the_bits_before_the_index,
     "Capability Address Lookup")
{
    OK(put(with_guard(make_cnode(4), 6, 3), 0x6d, 7));
}

TEST(cnode_lookup, resolves_through_a_second_cnode, "Capability Address Lookup")
{
    seL4_CPtr root = nested(4, 9, 3, 0, 0);

    OK(put(root, 9 << 3 | 5, 7));
    CHECK(!is_empty_in(root, 9 << 3 | 5, 7));
}

TEST(cnode_lookup, resolves_through_the_guard_of_a_second_cnode, "Capability Address Lookup")
{
    seL4_CPtr root = nested(4, 9, 3, 2, 2);

    OK(put(root, 9 << 5 | 2 << 3 | 5, 9));
}

TEST(cnode_lookup, stops_at_a_cnode_when_no_bits_are_left, "Addressing Capabilities")
{
    seL4_CPtr root = nested(4, 9, 3, 0, 0);

    REFUSED(put(root, 9, 4), seL4_DeleteFirst);
    OK(take(root, 9, 4));
}

TEST(cnode_lookup, resolves_through_a_cnode_in_itself, "Capability Address Lookup")
{
    seL4_CPtr cnode = make_cnode(2);

    OK(seL4_CNode_Copy(cnode, 1, 2, AT(cnode), seL4_AllRights));
    /* Slot 1 three times, then slot 2. */
    OK(put(cnode, 1 << 6 | 1 << 4 | 1 << 2 | 2, 8));
    CHECK(!is_empty_in(cnode, 2, 2));
}

TEST(cnode_lookup, resolves_64_bits, "Capability Address Lookup")
{
    seL4_CPtr cnode = with_guard(make_cnode(4), (seL4_Word)1 << 57, 60);

    OK(put(cnode, (seL4_Word)1 << 61 | 3, 64));
}

TEST(cnode_lookup, fails_at_a_wrong_guard, "Guard Mismatch")
{
    seL4_CPtr cnode = with_guard(make_cnode(4), 6, 3);

    REFUSED_WITH(put(cnode, 0x5d, 7), seL4_FailedLookup, 0, seL4_GuardMismatch, 7, 6, 3);
}

TEST(cnode_lookup, fails_at_a_guard_longer_than_what_is_left, "Guard Mismatch")
{
    seL4_CPtr cnode = with_guard(make_cnode(4), 6, 3);

    REFUSED_WITH(put(cnode, 3, 2), seL4_FailedLookup, 0, seL4_GuardMismatch, 2, 6, 3);
}

TEST(cnode_lookup, fails_at_a_cnode_that_needs_more_bits, "Depth Mismatch")
{
    REFUSED_WITH(put(make_cnode(4), 1, 3), seL4_FailedLookup, 0, seL4_DepthMismatch, 3, 4);
}

TEST(cnode_lookup, counts_the_guard_into_the_bits_a_cnode_needs, "Depth Mismatch")
{
    seL4_CPtr cnode = with_guard(make_cnode(4), 6, 3);

    REFUSED_WITH(put(cnode, 0x37, 6), seL4_FailedLookup, 0, seL4_DepthMismatch, 6, 7);
}

TEST(cnode_lookup, fails_at_an_empty_slot_with_bits_left, "Depth Mismatch")
{
    REFUSED_WITH(put(make_cnode(4), 0x12, 9), seL4_FailedLookup, 0, seL4_DepthMismatch, 5, 0);
}

TEST(cnode_lookup, fails_at_another_object_with_bits_left, "Depth Mismatch")
{
    seL4_CPtr cnode = make_cnode(4);

    OK(put(cnode, 1, 4));
    REFUSED_WITH(put(cnode, 1 << 2, 6), seL4_FailedLookup, 0, seL4_DepthMismatch, 2, 0);
}

TEST(cnode_lookup, says_how_many_bits_were_left_in_a_second_cnode, "Depth Mismatch")
{
    seL4_CPtr root = nested(4, 9, 3, 0, 0);

    REFUSED_WITH(put(root, 9 << 2 | 1, 6), seL4_FailedLookup, 0, seL4_DepthMismatch, 2, 3);
}

TEST(cnode_lookup, says_which_guard_was_wrong_in_a_second_cnode, "Guard Mismatch")
{
    seL4_CPtr root = nested(4, 9, 3, 2, 2);

    REFUSED_WITH(put(root, 9 << 5 | 1 << 3, 9), seL4_FailedLookup, 0, seL4_GuardMismatch, 5, 2,
                 2);
}

TEST(cnode_lookup, says_that_a_source_was_looked_up, "Failed Lookup")
{
    REFUSED_WITH(take(make_cnode(4), 1, 3), seL4_FailedLookup, 1, seL4_DepthMismatch, 3, 4);
}

TEST(cnode_lookup, says_that_the_source_root_is_no_cnode, "Invalid Root")
{
    REFUSED_WITH(take(MY_TCB, 1, 3), seL4_FailedLookup, 1, seL4_InvalidRoot);
}

TEST(cnode_lookup, says_that_the_source_slot_is_empty, "Missing Capability")
{
    REFUSED_WITH(take(make_cnode(4), 1, 4), seL4_FailedLookup, 1, seL4_MissingCapability, 4);
}

TEST(cnode_lookup, describes_the_wrong_guard_of_a_source, "Guard Mismatch")
{
    seL4_CPtr cnode = with_guard(make_cnode(4), 6, 3);

    REFUSED_WITH(take(cnode, 0x5d, 7), seL4_FailedLookup, 1, seL4_GuardMismatch, 7, 6, 3);
}

/*
 * Invocations resolve all 64 bits in the CSpace of the caller. If that fails the caller
 * faults, so another thread calls: with root as its CSpace and this guard.
 */
struct caller {
    struct thread *thread;
    seL4_CPtr handler; /* endpoint: where it faults */
    seL4_CPtr address; /* what it calls */
    volatile seL4_Word label;
};

static void call(void *arg)
{
    struct caller *caller = arg;
    seL4_MessageInfo_t info = seL4_CallWithMRs(
        caller->address, seL4_MessageInfo_new(TCBSetFlags, 0, 0, 2), NULL, NULL, NULL, NULL);

    caller->label = seL4_MessageInfo_get_label(info);
    /* The test's own CSpace is out of reach from here: do not return. */
    for (;;) {
        seL4_Yield();
    }
}

static void start_caller(struct caller *ret_caller, seL4_CPtr root, seL4_Word guard,
                         seL4_CPtr address)
{
    *ret_caller = (struct caller){
        .thread = thread_make(call, ret_caller, TEST_PRIORITY),
        .handler = make(seL4_EndpointObject),
        .address = address,
        .label = seL4_NumErrors,
    };
    OK(seL4_TCB_SetSpace(ret_caller->thread->tcb, ret_caller->handler, root, guard, MY_VSPACE,
                         0));
    thread_start(ret_caller->thread);
    seL4_Yield();
}

/* Expect a capability fault of the caller with these words of lookup failure. */
static void check_fault(const struct caller *caller, seL4_Word kind, seL4_Word word1,
                        seL4_Word word2, seL4_Word word3)
{
    seL4_MessageInfo_t info = seL4_NBRecv(caller->handler, NULL, make(seL4_ReplyObject));

    CHECK_EQ(seL4_MessageInfo_get_label(info), seL4_Fault_CapFault);
    CHECK_EQ(seL4_GetMR(seL4_CapFault_Addr), caller->address);
    CHECK_EQ(seL4_GetMR(seL4_CapFault_InRecvPhase), 0);
    CHECK_EQ(seL4_GetMR(seL4_CapFault_LookupFailureType), kind);
    if (kind != seL4_InvalidRoot) {
        CHECK_EQ(seL4_GetMR(seL4_CapFault_BitsLeft), word1);
    }
    if (kind == seL4_DepthMismatch) {
        CHECK_EQ(seL4_GetMR(seL4_CapFault_DepthMismatch_BitsFound), word2);
    }
    if (kind == seL4_GuardMismatch) {
        CHECK_EQ(seL4_GetMR(seL4_CapFault_GuardMismatch_GuardFound), word2);
        CHECK_EQ(seL4_GetMR(seL4_CapFault_GuardMismatch_BitsFound), word3);
    }
}

TEST(cspace, finds_what_is_invoked_through_a_guard, "Capability Address Lookup")
{
    seL4_CPtr root = make_cnode(4);
    struct caller caller;

    OK(put(root, 7, 4));
    start_caller(&caller, root, guard_word(1, 60), 1 << 4 | 7);
    CHECK_EQ(caller.label, seL4_NoError);
}

TEST(cspace, ignores_bits_after_a_capability_that_is_no_cnode, "Addressing Capabilities")
{
    seL4_CPtr root = make_cnode(4);
    struct caller caller;

    /* Slot 7 is reached after 4 bits; 60 are left. */
    OK(put(root, 7, 4));
    start_caller(&caller, root, 0, (seL4_Word)7 << 60 | 12345);
    CHECK_EQ(caller.label, seL4_NoError);
}

TEST(cspace, finds_what_is_invoked_in_a_second_cnode, "Capability Address Lookup")
{
    seL4_CPtr root = nested(4, 9, 3, 0, 57);
    struct caller caller;

    OK(put(root, (seL4_Word)9 << 60 | 5, 64));
    start_caller(&caller, root, 0, (seL4_Word)9 << 60 | 5);
    CHECK_EQ(caller.label, seL4_NoError);
}

TEST(cspace, says_invalid_capability_for_an_empty_slot, "Invalid Capability")
{
    struct caller caller;

    start_caller(&caller, make_cnode(4), guard_word(0, 60), 7);
    CHECK_EQ(caller.label, seL4_InvalidCapability);
}

TEST(cspace, faults_at_a_wrong_guard, "Capability Faults")
{
    struct caller caller;

    start_caller(&caller, make_cnode(4), guard_word(1, 60), 2 << 4);
    check_fault(&caller, seL4_GuardMismatch, 64, 1, 60);
}

TEST(cspace, faults_at_the_wrong_guard_of_a_second_cnode, "Capability Faults")
{
    struct caller caller;

    start_caller(&caller, nested(4, 9, 3, 1, 57), 0, (seL4_Word)9 << 60 | 2 << 3);
    check_fault(&caller, seL4_GuardMismatch, 60, 1, 57);
}

TEST(cspace, faults_at_a_cnode_that_needs_more_bits, "Capability Faults")
{
    seL4_CPtr root = nested(4, 9, 5, 0, 56);
    struct caller caller;

    start_caller(&caller, root, 0, (seL4_Word)9 << 60);
    check_fault(&caller, seL4_DepthMismatch, 60, 61, 0);
}
