/*
 * seL4_CNode_Delete, seL4_CNode_Revoke and seL4_CNode_CancelBadgedSends.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "conformance.h"

TEST(cnode_delete, empties_a_slot, "CNode Methods")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);

    OK(seL4_CNode_Delete(AT(endpoint)));
    CHECK(is_empty(endpoint));
}

TEST(cnode_delete, accepts_an_empty_slot, "CNode Methods")
{
    OK(seL4_CNode_Delete(AT(slot())));
}

TEST(cnode_delete, leaves_copies, "Deletion and Revocation")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    seL4_CPtr copy = copy_of(endpoint);

    OK(seL4_CNode_Delete(AT(endpoint)));
    CHECK(!is_empty(copy));
}

TEST(cnode_delete, frees_memory_only_with_the_last_capability, "Reusing Memory")
{
    seL4_CPtr untyped = make_sized(seL4_UntypedObject, 12);
    seL4_SlotPos first = slots(2);

    OK(seL4_Untyped_Retype(untyped, seL4_EndpointObject, 0, MY_CNODE, 0, 0, first, 1));
    OK(seL4_CNode_Copy(AT(first + 1), AT(first), seL4_AllRights));
    OK(seL4_CNode_Delete(AT(first)));
    CHECK(bytes_left(untyped) < 4096);
    OK(seL4_CNode_Delete(AT(first + 1)));
    CHECK_EQ(bytes_left(untyped), 4096);
}

TEST(cnode_delete, of_a_cnode_deletes_what_is_in_it, "Deletion and Revocation")
{
    seL4_CPtr untyped = make_sized(seL4_UntypedObject, 12);
    seL4_CPtr cnode = make_cnode(2);

    OK(seL4_Untyped_Retype(untyped, seL4_EndpointObject, 0, cnode, 0, 0, 0, 4));
    OK(seL4_CNode_Delete(AT(cnode)));
    CHECK_EQ(bytes_left(untyped), 4096);
}

TEST(cnode_delete, of_nested_cnodes_deletes_what_is_in_them, "Deletion and Revocation")
{
    seL4_CPtr untyped = make_sized(seL4_UntypedObject, 12);
    seL4_CPtr outer = make_cnode(2);
    seL4_CPtr inner = make_cnode(2);

    OK(seL4_Untyped_Retype(untyped, seL4_EndpointObject, 0, inner, 0, 0, 0, 4));
    OK(seL4_CNode_Move(outer, 1, 2, AT(inner)));
    OK(seL4_CNode_Delete(AT(outer)));
    /* The inner CNode may live on, out of reach, until its memory is revoked. */
    OK(seL4_CNode_Revoke(AT(UNTYPED)));
    CHECK_EQ(bytes_left(UNTYPED), (seL4_Word)1 << UNTYPED_BITS);
}

TEST(cnode_delete, of_a_cnode_that_contains_itself_frees_it, "Deletion and Revocation")
{
    seL4_CPtr untyped = make_sized(seL4_UntypedObject, 12);
    seL4_SlotPos cnode = slot();

    OK(seL4_Untyped_Retype(untyped, seL4_CapTableObject, 3, MY_CNODE, 0, 0, cnode, 1));
    OK(seL4_CNode_Copy(cnode, 5, 3, AT(cnode), seL4_AllRights));
    OK(seL4_CNode_Delete(AT(cnode)));
    CHECK(is_empty(cnode));
    OK(seL4_CNode_Revoke(AT(untyped)));
    CHECK_EQ(bytes_left(untyped), 4096);
}

static void count(void *arg)
{
    for (;;) {
        ++*(volatile seL4_Word *)arg;
        seL4_Yield();
    }
}

TEST(cnode_delete, of_the_last_capability_to_a_tcb_stops_its_thread, "Thread Deactivation")
{
    volatile seL4_Word counter = 0;
    struct thread *thread = thread_run(count, (void *)&counter, TEST_PRIORITY);

    seL4_Yield();
    CHECK(counter != 0);
    OK(seL4_CNode_Delete(AT(thread->tcb)));
    seL4_Word last = counter;
    seL4_Yield();
    CHECK_EQ(counter, last);
}

static void wait_on(void *arg)
{
    seL4_CPtr *notification = arg;
    seL4_Word badge;

    seL4_Wait(*notification, &badge);
}

TEST(cnode_delete, of_a_copy_leaves_waiting_threads_alone, "Deletion and Revocation")
{
    seL4_CPtr notification = make(seL4_NotificationObject);
    seL4_CPtr copy = copy_of(notification);
    struct thread *thread = thread_run(wait_on, &notification, TEST_PRIORITY + 1);

    OK(seL4_CNode_Delete(AT(copy)));
    CHECK(!thread->is_done);
    seL4_Signal(notification);
    CHECK(thread->is_done);
}

TEST(cnode_delete, of_the_last_capability_sends_waiting_threads_on, "Deletion and Revocation")
{
    seL4_CPtr notification = make(seL4_NotificationObject);
    seL4_CPtr handler = make(seL4_EndpointObject);
    struct thread *thread = thread_make(wait_on, &notification, TEST_PRIORITY + 1);

    OK(seL4_TCB_SetSpace(thread->tcb, handler, MY_CNODE, 0, MY_VSPACE, 0));
    thread_start(thread);
    OK(seL4_CNode_Delete(AT(notification)));
    /* It waits again, on nothing. */
    CHECK_EQ(seL4_MessageInfo_get_label(seL4_NBRecv(handler, NULL, make(seL4_ReplyObject))),
             seL4_Fault_CapFault);
    CHECK_EQ(seL4_GetMR(seL4_CapFault_Addr), notification);
}

TEST(cnode_delete, refuses_depths_out_of_range, "seL4_CNode_Delete")
{
    REFUSED_WITH(seL4_CNode_Delete(MY_CNODE, slot(), 0), seL4_RangeError, 1, 64);
    REFUSED_WITH(seL4_CNode_Delete(MY_CNODE, slot(), 65), seL4_RangeError, 1, 64);
}

TEST(cnode_delete, refuses_a_slot_that_is_not_there, "seL4_CNode_Delete")
{
    /* The CNode's guard is of zeros. */
    REFUSED_WITH(seL4_CNode_Delete(MY_CNODE, (seL4_Word)1 << 20, 64), seL4_FailedLookup, 0,
                 seL4_GuardMismatch, 64, 0, 64 - MY_CNODE_BITS);
}

TEST(cnode_delete, refuses_a_root_that_is_no_cnode, "seL4_CNode_Delete")
{
    REFUSED(seL4_CNode_Delete(MY_TCB, slot(), 64), seL4_IllegalOperation);
}

TEST(cnode_delete, refuses_a_root_that_is_empty, "seL4_CNode_Delete")
{
    REFUSED_WITH(seL4_CNode_Delete(slot(), slot(), 64), seL4_InvalidCapability, 0);
}

TEST(cnode_delete, refuses_a_message_without_a_depth, "Truncated Message")
{
    REFUSED(invoke(MY_CNODE, CNodeDelete, 0, 1), seL4_TruncatedMessage);
}

TEST(cnode_revoke, deletes_derived_capabilities, "CNode Methods")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    seL4_CPtr copy = copy_of(endpoint);
    seL4_CPtr copy_of_copy = copy_of(copy);

    OK(seL4_CNode_Revoke(AT(endpoint)));
    CHECK(is_empty(copy));
    CHECK(is_empty(copy_of_copy));
}

TEST(cnode_revoke, leaves_the_capability_itself, "CNode Methods")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);

    copy_of(endpoint);
    OK(seL4_CNode_Revoke(AT(endpoint)));
    CHECK(!is_empty(endpoint));
}

TEST(cnode_revoke, deletes_children_in_other_cnodes, "Deletion and Revocation")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    seL4_CPtr cnode = make_cnode(2);

    OK(seL4_CNode_Copy(cnode, 1, 2, AT(endpoint), seL4_AllRights));
    OK(seL4_CNode_Revoke(AT(endpoint)));
    CHECK(is_empty_in(cnode, 1, 2));
}

TEST(cnode_revoke, accepts_an_empty_slot, "CNode Methods")
{
    OK(seL4_CNode_Revoke(AT(slot())));
}

TEST(cnode_revoke, accepts_a_capability_without_children, "CNode Methods")
{
    OK(seL4_CNode_Revoke(AT(make(seL4_TCBObject))));
}

TEST(cnode_revoke, of_an_untyped_destroys_all_its_objects, "Reusing Memory")
{
    seL4_CPtr untyped = make_sized(seL4_UntypedObject, 14);
    seL4_SlotPos first = slots(5);

    OK(seL4_Untyped_Retype(untyped, seL4_TCBObject, 0, MY_CNODE, 0, 0, first, 2));
    OK(seL4_Untyped_Retype(untyped, seL4_EndpointObject, 0, MY_CNODE, 0, 0, first + 2, 2));
    OK(seL4_Untyped_Retype(untyped, seL4_CapTableObject, 3, MY_CNODE, 0, 0, first + 4, 1));
    OK(seL4_CNode_Revoke(AT(untyped)));
    for (seL4_SlotPos i = 0; i < 5; i++) {
        CHECK(is_empty(first + i));
    }
    CHECK_EQ(bytes_left(untyped), 1 << 14);
}

TEST(cnode_revoke, of_an_untyped_reaches_untypeds_within_it, "Reusing Memory")
{
    seL4_CPtr untyped = make_sized(seL4_UntypedObject, 14);
    seL4_SlotPos inner = slot();
    seL4_SlotPos object = slot();

    OK(seL4_Untyped_Retype(untyped, seL4_UntypedObject, 13, MY_CNODE, 0, 0, inner, 1));
    OK(seL4_Untyped_Retype(inner, seL4_TCBObject, 0, MY_CNODE, 0, 0, object, 1));
    OK(seL4_CNode_Revoke(AT(untyped)));
    CHECK(is_empty(inner));
    CHECK(is_empty(object));
}

TEST(cnode_revoke, leaves_the_siblings_of_a_copy, "Capability Derivation Tree")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    seL4_CPtr one = copy_of(endpoint);
    seL4_CPtr other = copy_of(one);

    /* A copy of a copy is its sibling, not its child. */
    OK(seL4_CNode_Revoke(AT(one)));
    CHECK(!is_empty(other));
    CHECK(!is_empty(endpoint));
}

TEST(cnode_revoke, may_delete_the_cnode_of_a_child, "Deletion and Revocation")
{
    seL4_CPtr untyped = make_sized(seL4_UntypedObject, 14);
    seL4_SlotPos cnode = slot();

    OK(seL4_Untyped_Retype(untyped, seL4_CapTableObject, 3, MY_CNODE, 0, 0, cnode, 1));
    OK(seL4_Untyped_Retype(untyped, seL4_EndpointObject, 0, cnode, 0, 0, 0, 8));
    OK(seL4_CNode_Revoke(AT(untyped)));
    CHECK(is_empty(cnode));
    CHECK_EQ(bytes_left(untyped), 1 << 14);
}

TEST(cnode_revoke, stops_if_its_own_slot_goes, "Deletion and Revocation")
{
    seL4_CPtr untyped = make_sized(seL4_UntypedObject, 14);
    seL4_SlotPos cnode = slot();

    /* The untyped's capability is moved into a CNode made from it. */
    OK(seL4_Untyped_Retype(untyped, seL4_CapTableObject, 3, MY_CNODE, 0, 0, cnode, 1));
    OK(seL4_CNode_Move(cnode, 1, 3, AT(untyped)));
    OK(seL4_CNode_Revoke(cnode, 1, 3));
    CHECK(is_empty(cnode));
}

TEST(cnode_revoke, refuses_depths_out_of_range, "seL4_CNode_Revoke")
{
    REFUSED_WITH(seL4_CNode_Revoke(MY_CNODE, slot(), 0), seL4_RangeError, 1, 64);
    REFUSED_WITH(seL4_CNode_Revoke(MY_CNODE, slot(), 65), seL4_RangeError, 1, 64);
}

TEST(cnode_revoke, refuses_a_slot_that_is_not_there, "seL4_CNode_Revoke")
{
    REFUSED_WITH(seL4_CNode_Revoke(MY_CNODE, (seL4_Word)1 << 20, 64), seL4_FailedLookup, 0,
                 seL4_GuardMismatch, 64, 0, 64 - MY_CNODE_BITS);
}

TEST(cnode_revoke, refuses_a_root_that_is_no_cnode, "seL4_CNode_Revoke")
{
    REFUSED(seL4_CNode_Revoke(MY_TCB, slot(), 64), seL4_IllegalOperation);
    REFUSED_WITH(seL4_CNode_Revoke(slot(), slot(), 64), seL4_InvalidCapability, 0);
}

TEST(cnode_revoke, refuses_a_message_without_a_depth, "Truncated Message")
{
    REFUSED(invoke(MY_CNODE, CNodeRevoke, 0, 1), seL4_TruncatedMessage);
}

static void send_on(void *arg)
{
    seL4_Send(*(seL4_CPtr *)arg, seL4_MessageInfo_new(0, 0, 0, 0));
}

/* Two threads that wait to send, with badges 1 and 2, and the endpoint. */
struct senders {
    seL4_CPtr endpoint;
    seL4_CPtr sends[2];
    struct thread *threads[2];
};

static void make_senders(struct senders *ret_senders)
{
    ret_senders->endpoint = make(seL4_EndpointObject);
    for (int i = 0; i < 2; i++) {
        ret_senders->sends[i] = badged(ret_senders->endpoint, (seL4_Word)i + 1);
        ret_senders->threads[i] =
            thread_run(send_on, &ret_senders->sends[i], TEST_PRIORITY + 1);
    }
}

TEST(cnode_cancel_badged_sends, cancels_sends_with_the_badge, "CNode Methods")
{
    struct senders s;
    seL4_Word badge = 0;

    make_senders(&s);
    OK(seL4_CNode_CancelBadgedSends(AT(s.sends[0])));
    /* A cancelled send is tried again, so the first is now the last. */
    seL4_NBWait(s.endpoint, &badge);
    CHECK_EQ(badge, 2);
}

TEST(cnode_cancel_badged_sends, leaves_sends_with_other_badges, "CNode Methods")
{
    struct senders s;

    make_senders(&s);
    OK(seL4_CNode_CancelBadgedSends(AT(s.sends[0])));
    CHECK(!s.threads[1]->is_done);
    seL4_NBWait(s.endpoint, NULL);
    CHECK(s.threads[1]->is_done);
}

TEST(cnode_cancel_badged_sends, has_no_effect_without_a_badge, "seL4_CNode_CancelBadgedSends")
{
    struct senders s;
    seL4_Word badge = 0;

    make_senders(&s);
    OK(seL4_CNode_CancelBadgedSends(AT(s.endpoint)));
    seL4_NBWait(s.endpoint, &badge);
    CHECK_EQ(badge, 1);
}

TEST(cnode_cancel_badged_sends, accepts_an_endpoint_without_senders, "CNode Methods")
{
    OK(seL4_CNode_CancelBadgedSends(AT(badged(make(seL4_EndpointObject), 5))));
}

TEST(cnode_cancel_badged_sends, needs_full_rights, "seL4_CNode_CancelBadgedSends")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    seL4_CPtr weak = copy_with_rights(endpoint, seL4_CapRights_new(0, 1, 1, 1));

    REFUSED(seL4_CNode_CancelBadgedSends(AT(weak)), seL4_IllegalOperation);
}

TEST(cnode_cancel_badged_sends, refuses_other_objects, "seL4_CNode_CancelBadgedSends")
{
    REFUSED(seL4_CNode_CancelBadgedSends(AT(make(seL4_NotificationObject))),
            seL4_IllegalOperation);
    REFUSED(seL4_CNode_CancelBadgedSends(AT(MY_TCB)), seL4_IllegalOperation);
}

TEST(cnode_cancel_badged_sends, refuses_an_empty_slot, "seL4_CNode_CancelBadgedSends")
{
    REFUSED(seL4_CNode_CancelBadgedSends(AT(slot())), seL4_IllegalOperation);
}

TEST(cnode_cancel_badged_sends, refuses_depths_out_of_range, "seL4_CNode_CancelBadgedSends")
{
    REFUSED_WITH(seL4_CNode_CancelBadgedSends(MY_CNODE, slot(), 0), seL4_RangeError, 1, 64);
    REFUSED_WITH(seL4_CNode_CancelBadgedSends(MY_CNODE, slot(), 65), seL4_RangeError, 1, 64);
}

TEST(cnode_cancel_badged_sends, refuses_a_slot_that_is_not_there,
     "seL4_CNode_CancelBadgedSends")
{
    REFUSED_WITH(seL4_CNode_CancelBadgedSends(MY_CNODE, (seL4_Word)1 << 20, 64),
                 seL4_FailedLookup, 0, seL4_GuardMismatch, 64, 0, 64 - MY_CNODE_BITS);
}

TEST(cnode_cancel_badged_sends, refuses_a_root_that_is_no_cnode, "seL4_CNode_CancelBadgedSends")
{
    REFUSED(seL4_CNode_CancelBadgedSends(MY_TCB, slot(), 64), seL4_IllegalOperation);
    REFUSED_WITH(seL4_CNode_CancelBadgedSends(slot(), slot(), 64), seL4_InvalidCapability, 0);
}

TEST(cnode_cancel_badged_sends, refuses_a_message_without_a_depth, "Truncated Message")
{
    REFUSED(invoke(MY_CNODE, CNodeCancelBadgedSends, 0, 1), seL4_TruncatedMessage);
}
