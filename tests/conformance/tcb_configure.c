/*
 * seL4_TCB_Configure, SetSpace, SetIPCBuffer and SetTimeoutEndpoint.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "conformance.h"

#define BUFFER 0x10000000 /* nothing need be mapped there */

static seL4_Error set_space(seL4_CPtr handler, seL4_CPtr cspace, seL4_Word guard,
                            seL4_CPtr vspace)
{
    return seL4_TCB_SetSpace(make(seL4_TCBObject), handler, cspace, guard, vspace, 0);
}

static seL4_Error configure(seL4_CPtr cspace, seL4_Word guard, seL4_CPtr vspace,
                            seL4_Word buffer, seL4_CPtr page)
{
    return seL4_TCB_Configure(make(seL4_TCBObject), cspace, guard, vspace, 0, buffer, page);
}

static seL4_Error set_buffer(seL4_Word buffer, seL4_CPtr page)
{
    return seL4_TCB_SetIPCBuffer(make(seL4_TCBObject), buffer, page);
}

/* What cannot be derived: an untyped that has a child. */
static seL4_CPtr untyped_with_child(void)
{
    seL4_CPtr untyped = make_sized(seL4_UntypedObject, 12);

    copy_of(untyped);
    return untyped;
}

TEST(tcb_configure, sets_spaces_and_buffer, "Thread Creation")
{
    OK(configure(MY_CNODE, 0, MY_VSPACE, BUFFER, make(seL4_ARM_SmallPageObject)));
}

TEST(tcb_configure, accepts_no_buffer, "seL4_TCB_Configure")
{
    OK(configure(MY_CNODE, 0, MY_VSPACE, 0, seL4_CapNull));
}

TEST(tcb_configure, ignores_the_page_if_the_address_is_0, "seL4_TCB_Configure")
{
    OK(configure(MY_CNODE, 0, MY_VSPACE, 0, make(seL4_EndpointObject)));
}

TEST(tcb_configure, refuses_a_buffer_that_is_not_aligned, "seL4_TCB_Configure")
{
    seL4_CPtr page = make(seL4_ARM_SmallPageObject);

    REFUSED(configure(MY_CNODE, 0, MY_VSPACE, BUFFER + 512, page), seL4_AlignmentError);
    CHECK_EQ(seL4_IPCBufferSizeBits, 10);
}

TEST(tcb_configure, refuses_a_buffer_page_that_is_none, "seL4_TCB_Configure")
{
    REFUSED(configure(MY_CNODE, 0, MY_VSPACE, BUFFER, make(seL4_EndpointObject)),
            seL4_IllegalOperation);
}

TEST(tcb_configure, refuses_a_buffer_page_of_a_device, "Kernel Memory Allocation")
{
    seL4_SlotPos page = slot();

    OK(seL4_Untyped_Retype(DEVICE_UNTYPED, seL4_ARM_SmallPageObject, 0, MY_CNODE, 0, 0, page,
                           1));
    REFUSED(configure(MY_CNODE, 0, MY_VSPACE, BUFFER, page), seL4_IllegalOperation);
}

TEST(tcb_configure, refuses_a_cspace_that_is_no_cnode, "seL4_TCB_Configure")
{
    REFUSED(configure(MY_TCB, 0, MY_VSPACE, 0, 0), seL4_IllegalOperation);
}

TEST(tcb_configure, refuses_a_guard_that_does_not_fit, "seL4_TCB_Configure")
{
    REFUSED(configure(make_cnode(4), guard_word(0, 61), MY_VSPACE, 0, 0),
            seL4_IllegalOperation);
}

TEST(tcb_configure, refuses_a_vspace_that_is_none, "seL4_TCB_Configure")
{
    REFUSED(configure(MY_CNODE, 0, MY_TCB, 0, 0), seL4_IllegalOperation);
}

TEST(tcb_configure, refuses_spaces_that_cannot_be_derived, "seL4_TCB_Configure")
{
    REFUSED(configure(untyped_with_child(), 0, MY_VSPACE, 0, 0), seL4_RevokeFirst);
    REFUSED(configure(MY_CNODE, 0, untyped_with_child(), 0, 0), seL4_RevokeFirst);
}

TEST(tcb_configure, refuses_a_buffer_page_that_cannot_be_derived, "seL4_TCB_Configure")
{
    REFUSED(configure(MY_CNODE, 0, MY_VSPACE, BUFFER, untyped_with_child()), seL4_RevokeFirst);
}

TEST(tcb_configure, refuses_a_vspace_without_an_asid, "seL4_TCB_Configure")
{
    REFUSED(configure(MY_CNODE, 0, make(seL4_ARM_VSpaceObject), 0, 0), seL4_IllegalOperation);
}

TEST(tcb_configure, accepts_a_vspace_with_an_asid, "seL4_TCB_Configure")
{
    seL4_CPtr vspace = make(seL4_ARM_VSpaceObject);

    OK(seL4_ARM_ASIDPool_Assign(ASID_POOL, vspace));
    OK(configure(MY_CNODE, 0, vspace, 0, 0));
}

TEST(tcb_configure, refuses_other_objects, "seL4_TCB_Configure")
{
    REFUSED(seL4_TCB_Configure(MY_CNODE, MY_CNODE, 0, MY_VSPACE, 0, 0, 0),
            seL4_IllegalOperation);
    REFUSED_WITH(seL4_TCB_Configure(slot(), MY_CNODE, 0, MY_VSPACE, 0, 0, 0),
                 seL4_InvalidCapability, 0);
}

TEST(tcb_configure, refuses_a_message_without_its_last_word, "Truncated Message")
{
    seL4_CPtr tcb = make(seL4_TCBObject);

    seL4_SetCap(0, MY_CNODE);
    seL4_SetCap(1, MY_VSPACE);
    seL4_SetCap(2, 0);
    REFUSED(invoke(tcb, TCBConfigure, 3, 2), seL4_TruncatedMessage);
}

TEST(tcb_configure, refuses_a_message_without_a_vspace, "Truncated Message")
{
    seL4_CPtr tcb = make(seL4_TCBObject);

    seL4_SetCap(0, MY_CNODE);
    REFUSED(invoke(tcb, TCBConfigure, 1, 3), seL4_TruncatedMessage);
}

TEST(tcb_set_space, sets_both_spaces, "Thread Creation")
{
    OK(set_space(seL4_CapNull, MY_CNODE, 0, MY_VSPACE));
}

TEST(tcb_set_space, accepts_a_fault_endpoint, "Exceptions")
{
    OK(set_space(make(seL4_EndpointObject), MY_CNODE, 0, MY_VSPACE));
}

TEST(tcb_set_space, accepts_a_fault_endpoint_that_may_only_grant_replies, "Exceptions")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);

    OK(set_space(copy_with_rights(endpoint, seL4_CapRights_new(1, 0, 0, 1)), MY_CNODE, 0,
                 MY_VSPACE));
}

TEST(tcb_set_space, accepts_a_fault_endpoint_that_may_only_grant, "Exceptions")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);

    OK(set_space(copy_with_rights(endpoint, seL4_CapRights_new(0, 1, 0, 1)), MY_CNODE, 0,
                 MY_VSPACE));
}

TEST(tcb_set_space, refuses_a_fault_endpoint_without_write, "seL4_TCB_SetSpace")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);

    REFUSED_WITH(set_space(copy_with_rights(endpoint, seL4_CapRights_new(1, 1, 1, 0)), MY_CNODE,
                           0, MY_VSPACE),
                 seL4_InvalidCapability, 1);
}

TEST(tcb_set_space, refuses_a_fault_endpoint_without_grant, "seL4_TCB_SetSpace")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);

    REFUSED_WITH(set_space(copy_with_rights(endpoint, seL4_ReadWrite), MY_CNODE, 0, MY_VSPACE),
                 seL4_InvalidCapability, 1);
}

TEST(tcb_set_space, refuses_a_fault_endpoint_that_is_none, "seL4_TCB_SetSpace")
{
    REFUSED_WITH(set_space(make(seL4_NotificationObject), MY_CNODE, 0, MY_VSPACE),
                 seL4_InvalidCapability, 1);
}

TEST(tcb_set_space, refuses_a_cspace_that_is_no_cnode, "seL4_TCB_SetSpace")
{
    REFUSED(set_space(seL4_CapNull, MY_TCB, 0, MY_VSPACE), seL4_IllegalOperation);
}

TEST(tcb_set_space, refuses_a_cspace_that_is_empty, "seL4_TCB_SetSpace")
{
    REFUSED(set_space(seL4_CapNull, slot(), 0, MY_VSPACE), seL4_IllegalOperation);
}

TEST(tcb_set_space, refuses_a_vspace_that_is_none, "seL4_TCB_SetSpace")
{
    REFUSED(set_space(seL4_CapNull, MY_CNODE, 0, MY_CNODE), seL4_IllegalOperation);
}

TEST(tcb_set_space, refuses_spaces_that_cannot_be_derived, "seL4_TCB_SetSpace")
{
    REFUSED(set_space(seL4_CapNull, untyped_with_child(), 0, MY_VSPACE), seL4_RevokeFirst);
    REFUSED(set_space(seL4_CapNull, MY_CNODE, 0, untyped_with_child()), seL4_RevokeFirst);
}

TEST(tcb_set_space, refuses_a_vspace_without_an_asid, "seL4_TCB_SetSpace")
{
    REFUSED(set_space(seL4_CapNull, MY_CNODE, 0, make(seL4_ARM_VSpaceObject)),
            seL4_IllegalOperation);
}

TEST(tcb_set_space, refuses_a_guard_that_does_not_fit, "seL4_TCB_SetSpace")
{
    REFUSED(set_space(seL4_CapNull, make_cnode(4), guard_word(0, 61), MY_VSPACE),
            seL4_IllegalOperation);
}

TEST(tcb_set_space, refuses_an_untyped_page_table_as_a_vspace, "seL4_TCB_SetSpace")
{
    REFUSED(set_space(seL4_CapNull, MY_CNODE, 0, make(seL4_ARM_PageTableObject)),
            seL4_IllegalOperation);
}

TEST(tcb_set_space, keeps_the_spaces_of_deleted_capabilities, "Thread control blocks")
{
    seL4_CPtr tcb = make(seL4_TCBObject);
    seL4_CPtr untyped = make_sized(seL4_UntypedObject, 12);
    seL4_SlotPos cnode = slot();

    OK(seL4_Untyped_Retype(untyped, seL4_CapTableObject, 4, MY_CNODE, 0, 0, cnode, 1));
    OK(seL4_TCB_SetSpace(tcb, seL4_CapNull, cnode, 0, MY_VSPACE, 0));
    OK(seL4_CNode_Delete(AT(cnode)));
    /* The TCB has its own capability, so the CNode's memory is still taken. */
    CHECK(bytes_left(untyped) < 4096);
}

TEST(tcb_set_space, loses_a_cspace_whose_capability_is_revoked, "Capability Derivation Tree")
{
    seL4_CPtr tcb = make(seL4_TCBObject);
    seL4_CPtr untyped = make_sized(seL4_UntypedObject, 12);
    seL4_SlotPos cnode = slot();

    OK(seL4_Untyped_Retype(untyped, seL4_CapTableObject, 4, MY_CNODE, 0, 0, cnode, 1));
    OK(seL4_TCB_SetSpace(tcb, seL4_CapNull, cnode, 0, MY_VSPACE, 0));
    OK(seL4_CNode_Revoke(AT(untyped)));
    CHECK_EQ(bytes_left(untyped), 4096);
}

static void threads_last_cnode(seL4_CPtr tcb)
{
    seL4_CPtr cnode = make_cnode(4);

    OK(seL4_TCB_SetSpace(tcb, seL4_CapNull, cnode, 0, MY_VSPACE, 0));
    OK(seL4_CNode_Delete(AT(cnode)));
}

TEST(tcb_set_space, refuses_to_drop_the_last_capability_of_a_cnode, "seL4_TCB_SetSpace")
{
    seL4_CPtr tcb = make(seL4_TCBObject);

    threads_last_cnode(tcb);
    REFUSED(seL4_TCB_SetSpace(tcb, seL4_CapNull, MY_CNODE, 0, MY_VSPACE, 0),
            seL4_IllegalOperation);
}

TEST(tcb_configure, refuses_to_drop_the_last_capability_of_a_cnode, "seL4_TCB_Configure")
{
    seL4_CPtr tcb = make(seL4_TCBObject);

    threads_last_cnode(tcb);
    REFUSED(seL4_TCB_Configure(tcb, MY_CNODE, 0, MY_VSPACE, 0, 0, 0), seL4_IllegalOperation);
}

TEST(tcb_set_space, refuses_other_objects, "seL4_TCB_SetSpace")
{
    REFUSED(seL4_TCB_SetSpace(MY_CNODE, 0, MY_CNODE, 0, MY_VSPACE, 0), seL4_IllegalOperation);
    REFUSED_WITH(seL4_TCB_SetSpace(slot(), 0, MY_CNODE, 0, MY_VSPACE, 0),
                 seL4_InvalidCapability, 0);
}

TEST(tcb_set_space, refuses_a_message_without_its_last_word, "Truncated Message")
{
    seL4_CPtr tcb = make(seL4_TCBObject);

    seL4_SetCap(0, 0);
    seL4_SetCap(1, MY_CNODE);
    seL4_SetCap(2, MY_VSPACE);
    REFUSED(invoke(tcb, TCBSetSpace, 3, 1), seL4_TruncatedMessage);
}

TEST(tcb_set_ipc_buffer, accepts_a_page, "seL4_TCB_SetIPCBuffer")
{
    OK(set_buffer(BUFFER, make(seL4_ARM_SmallPageObject)));
}

TEST(tcb_set_ipc_buffer, accepts_any_of_four_places_in_a_page, "seL4_TCB_SetIPCBuffer")
{
    seL4_CPtr page = make(seL4_ARM_SmallPageObject);

    OK(set_buffer(BUFFER + 3 * 1024, page));
}

TEST(tcb_set_ipc_buffer, accepts_none, "seL4_TCB_SetIPCBuffer")
{
    OK(set_buffer(0, seL4_CapNull));
}

TEST(tcb_set_ipc_buffer, accepts_a_large_page, "seL4_TCB_SetIPCBuffer")
{
    OK(set_buffer(BUFFER, make(seL4_ARM_LargePageObject)));
}

TEST(tcb_set_ipc_buffer, refuses_an_address_that_is_not_aligned, "seL4_TCB_SetIPCBuffer")
{
    REFUSED(set_buffer(BUFFER + 8, make(seL4_ARM_SmallPageObject)), seL4_AlignmentError);
}

TEST(tcb_set_ipc_buffer, refuses_what_is_no_page, "seL4_TCB_SetIPCBuffer")
{
    REFUSED(set_buffer(BUFFER, make(seL4_EndpointObject)), seL4_IllegalOperation);
}

TEST(tcb_set_ipc_buffer, refuses_an_empty_slot, "seL4_TCB_SetIPCBuffer")
{
    REFUSED(set_buffer(BUFFER, slot()), seL4_IllegalOperation);
}

TEST(tcb_set_ipc_buffer, refuses_what_cannot_be_derived, "seL4_TCB_SetIPCBuffer")
{
    REFUSED(set_buffer(BUFFER, untyped_with_child()), seL4_RevokeFirst);
}

TEST(tcb_set_ipc_buffer, refuses_a_page_of_a_device, "Kernel Memory Allocation")
{
    seL4_SlotPos page = slot();

    OK(seL4_Untyped_Retype(DEVICE_UNTYPED, seL4_ARM_SmallPageObject, 0, MY_CNODE, 0, 0, page,
                           1));
    REFUSED(set_buffer(BUFFER, page), seL4_IllegalOperation);
}

TEST(tcb_set_ipc_buffer, refuses_other_objects, "seL4_TCB_SetIPCBuffer")
{
    REFUSED(seL4_TCB_SetIPCBuffer(MY_CNODE, 0, 0), seL4_IllegalOperation);
    REFUSED_WITH(seL4_TCB_SetIPCBuffer(slot(), 0, 0), seL4_InvalidCapability, 0);
}

TEST(tcb_set_ipc_buffer, refuses_a_message_without_an_address, "Truncated Message")
{
    seL4_CPtr tcb = make(seL4_TCBObject);

    seL4_SetCap(0, 0);
    REFUSED(invoke(tcb, TCBSetIPCBuffer, 1, 0), seL4_TruncatedMessage);
}

TEST(tcb_set_ipc_buffer, refuses_a_message_without_a_page, "Truncated Message")
{
    REFUSED(invoke(make(seL4_TCBObject), TCBSetIPCBuffer, 0, 1), seL4_TruncatedMessage);
}

TEST(tcb_set_timeout_endpoint, accepts_an_endpoint, "Timeout Exceptions (MCS Only)")
{
    OK(seL4_TCB_SetTimeoutEndpoint(make(seL4_TCBObject), make(seL4_EndpointObject)));
}

TEST(tcb_set_timeout_endpoint, accepts_none, "seL4_TCB_SetTimeoutEndpoint")
{
    OK(seL4_TCB_SetTimeoutEndpoint(make(seL4_TCBObject), seL4_CapNull));
}

TEST(tcb_set_timeout_endpoint, refuses_an_endpoint_without_write, "seL4_TCB_SetTimeoutEndpoint")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);

    REFUSED_WITH(
        seL4_TCB_SetTimeoutEndpoint(make(seL4_TCBObject),
                                    copy_with_rights(endpoint, seL4_CapRights_new(1, 1, 1, 0))),
        seL4_InvalidCapability, 1);
}

TEST(tcb_set_timeout_endpoint, refuses_an_endpoint_without_grant, "seL4_TCB_SetTimeoutEndpoint")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);

    REFUSED_WITH(seL4_TCB_SetTimeoutEndpoint(make(seL4_TCBObject),
                                             copy_with_rights(endpoint, seL4_ReadWrite)),
                 seL4_InvalidCapability, 1);
}

TEST(tcb_set_timeout_endpoint, refuses_what_is_no_endpoint, "seL4_TCB_SetTimeoutEndpoint")
{
    REFUSED_WITH(seL4_TCB_SetTimeoutEndpoint(make(seL4_TCBObject), MY_CNODE),
                 seL4_InvalidCapability, 1);
}

TEST(tcb_set_timeout_endpoint, refuses_other_objects, "seL4_TCB_SetTimeoutEndpoint")
{
    REFUSED(seL4_TCB_SetTimeoutEndpoint(MY_CNODE, seL4_CapNull), seL4_IllegalOperation);
    REFUSED_WITH(seL4_TCB_SetTimeoutEndpoint(slot(), seL4_CapNull), seL4_InvalidCapability, 0);
}

TEST(tcb_set_timeout_endpoint, refuses_a_message_without_an_endpoint, "Truncated Message")
{
    REFUSED(invoke(make(seL4_TCBObject), TCBSetTimeoutEndpoint, 0, 0), seL4_TruncatedMessage);
}
