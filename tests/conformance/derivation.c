/*
 * The capability derivation tree: what can be derived from what, and what is whose child.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "conformance.h"

/* Is child deleted when parent is revoked? */
static bool is_child(seL4_CPtr child, seL4_CPtr parent)
{
    CHECK(!is_empty(child));
    OK(seL4_CNode_Revoke(AT(parent)));
    return is_empty(child);
}

TEST(derivation, refuses_irq_control, "Capability Derivation Tree")
{
    REFUSED(seL4_CNode_Copy(AT(slot()), AT(IRQ_CONTROL), seL4_AllRights),
            seL4_IllegalOperation);
}

TEST(derivation, refuses_an_untyped_with_children, "Capability Derivation Tree")
{
    seL4_CPtr untyped = make_sized(seL4_UntypedObject, 12);

    OK(seL4_Untyped_Retype(untyped, seL4_EndpointObject, 0, MY_CNODE, 0, 0, slot(), 1));
    REFUSED(seL4_CNode_Copy(AT(slot()), AT(untyped), seL4_AllRights), seL4_RevokeFirst);
    REFUSED(seL4_CNode_Mint(AT(slot()), AT(untyped), seL4_AllRights, 0), seL4_RevokeFirst);
}

TEST(derivation, refuses_an_untyped_with_a_copy, "Capability Derivation Tree")
{
    seL4_CPtr untyped = make_sized(seL4_UntypedObject, 12);

    copy_of(untyped);
    REFUSED(seL4_CNode_Copy(AT(slot()), AT(untyped), seL4_AllRights), seL4_RevokeFirst);
}

TEST(derivation, accepts_an_untyped_whose_children_are_gone, "Capability Derivation Tree")
{
    seL4_CPtr untyped = make_sized(seL4_UntypedObject, 12);
    seL4_SlotPos object = slot();

    OK(seL4_Untyped_Retype(untyped, seL4_EndpointObject, 0, MY_CNODE, 0, 0, object, 1));
    OK(seL4_CNode_Delete(AT(object)));
    OK(seL4_CNode_Copy(AT(slot()), AT(untyped), seL4_AllRights));
}

TEST(derivation, refuses_a_page_table_that_is_not_mapped, "Capability Derivation Tree")
{
    REFUSED(seL4_CNode_Copy(AT(slot()), AT(make(seL4_ARM_PageTableObject)), seL4_AllRights),
            seL4_IllegalOperation);
}

TEST(derivation, accepts_a_page_table_that_is_mapped, "Capability Derivation Tree")
{
    seL4_CPtr table = make(seL4_ARM_PageTableObject);

    OK(seL4_ARM_PageTable_Map(table, MY_VSPACE, 0x8000000000 - 0x40000000,
                              seL4_ARM_Default_VMAttributes));
    OK(seL4_CNode_Copy(AT(slot()), AT(table), seL4_AllRights));
}

TEST(derivation, refuses_a_vspace_without_an_asid, "Capability Derivation Tree")
{
    REFUSED(seL4_CNode_Copy(AT(slot()), AT(make(seL4_ARM_VSpaceObject)), seL4_AllRights),
            seL4_IllegalOperation);
}

TEST(derivation, accepts_a_vspace_with_an_asid, "Capability Derivation Tree")
{
    seL4_CPtr vspace = make(seL4_ARM_VSpaceObject);

    OK(seL4_ARM_ASIDPool_Assign(ASID_POOL, vspace));
    OK(seL4_CNode_Copy(AT(slot()), AT(vspace), seL4_AllRights));
}

TEST(derivation, accepts_the_objects_the_manual_does_not_list, "Capability Derivation Tree")
{
    copy_of(make(seL4_TCBObject));
    copy_of(make(seL4_EndpointObject));
    copy_of(make(seL4_NotificationObject));
    copy_of(make_cnode(2));
    copy_of(make_sized(seL4_SchedContextObject, seL4_MinSchedContextBits));
    copy_of(make(seL4_ARM_SmallPageObject));
    copy_of(SCHED_CONTROL);
    copy_of(ASID_CONTROL);
    copy_of(DOMAIN);
}

TEST(derivation, of_a_reply_object_gives_another_capability, "Capability Derivation Tree")
{
    /* A capability to a reply object is not the one-shot capability of other kernels. */
    copy_of(make(seL4_ReplyObject));
}

TEST(derivation, of_an_irq_handler_gives_another_capability, "Capability Derivation Tree")
{
    seL4_SlotPos handler = slot();

    OK(seL4_IRQControl_Get(IRQ_CONTROL, 60, AT(handler)));
    copy_of(handler);
}

TEST(derivation, makes_retyped_objects_children_of_the_untyped, "Capability Derivation Tree")
{
    seL4_CPtr untyped = make_sized(seL4_UntypedObject, 12);
    seL4_SlotPos object = slot();

    OK(seL4_Untyped_Retype(untyped, seL4_EndpointObject, 0, MY_CNODE, 0, 0, object, 1));
    CHECK(is_child(object, untyped));
}

TEST(derivation, makes_copies_of_untypeds_children, "Capability Derivation Tree")
{
    seL4_CPtr untyped = make_sized(seL4_UntypedObject, 12);

    CHECK(is_child(copy_of(untyped), untyped));
}

TEST(derivation, makes_copies_of_copies_of_untypeds_children, "Capability Derivation Tree")
{
    seL4_CPtr untyped = make_sized(seL4_UntypedObject, 12);
    seL4_CPtr copy = copy_of(untyped);

    CHECK(is_child(copy_of(copy), copy));
}

TEST(derivation, makes_objects_of_a_copied_untyped_children_of_both,
     "Capability Derivation Tree")
{
    seL4_CPtr untyped = make_sized(seL4_UntypedObject, 12);
    seL4_CPtr copy = copy_of(untyped);
    seL4_SlotPos object = slot();

    OK(seL4_Untyped_Retype(copy, seL4_EndpointObject, 0, MY_CNODE, 0, 0, object, 1));
    OK(seL4_CNode_Revoke(AT(untyped)));
    CHECK(is_empty(copy));
    CHECK(is_empty(object));
}

TEST(derivation, makes_a_copy_a_child_of_the_original, "Capability Derivation Tree")
{
    seL4_CPtr tcb = make(seL4_TCBObject);

    CHECK(is_child(copy_of(tcb), tcb));
}

TEST(derivation, makes_a_copy_of_a_copy_a_sibling, "Capability Derivation Tree")
{
    seL4_CPtr tcb = make(seL4_TCBObject);
    seL4_CPtr copy = copy_of(tcb);

    CHECK(!is_child(copy_of(copy), copy));
}

TEST(derivation, makes_badged_endpoints_children_of_the_unbadged, "Capability Derivation Tree")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);

    CHECK(is_child(badged(endpoint, 5), endpoint));
}

TEST(derivation, makes_copies_of_badged_endpoints_their_children, "Capability Derivation Tree")
{
    seL4_CPtr original = badged(make(seL4_EndpointObject), 5);

    CHECK(is_child(copy_of(original), original));
}

TEST(derivation, makes_copies_of_badged_notifications_their_children,
     "Capability Derivation Tree")
{
    seL4_CPtr original = badged(make(seL4_NotificationObject), 5);

    CHECK(is_child(copy_of(original), original));
}

TEST(derivation, makes_copies_of_a_copied_badged_endpoint_siblings,
     "Capability Derivation Tree")
{
    seL4_CPtr copy = copy_of(badged(make(seL4_EndpointObject), 5));

    CHECK(!is_child(copy_of(copy), copy));
}

TEST(derivation, keeps_other_badges_when_one_is_revoked, "Capability Derivation Tree")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    seL4_CPtr five = badged(endpoint, 5);
    seL4_CPtr six = badged(endpoint, 6);

    OK(seL4_CNode_Revoke(AT(five)));
    CHECK(!is_empty(six));
    CHECK(!is_empty(endpoint));
}

TEST(derivation, keeps_unbadged_copies_when_a_badge_is_revoked, "Capability Derivation Tree")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    seL4_CPtr copy = copy_of(endpoint);
    seL4_CPtr five = badged(endpoint, 5);

    OK(seL4_CNode_Revoke(AT(five)));
    CHECK(!is_empty(copy));
}

TEST(derivation, makes_badges_of_an_unbadged_copy_children_of_the_original,
     "Capability Derivation Tree")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    seL4_CPtr copy = copy_of(endpoint);

    CHECK(is_child(badged(copy, 5), endpoint));
}

TEST(derivation, lets_revoke_reach_three_levels, "Capability Derivation Tree")
{
    seL4_CPtr untyped = make_sized(seL4_UntypedObject, 12);
    seL4_SlotPos endpoint = slot();

    OK(seL4_Untyped_Retype(untyped, seL4_EndpointObject, 0, MY_CNODE, 0, 0, endpoint, 1));
    seL4_CPtr badge = badged(endpoint, 5);
    seL4_CPtr copy = copy_of(badge);
    OK(seL4_CNode_Revoke(AT(untyped)));
    CHECK(is_empty(endpoint));
    CHECK(is_empty(badge));
    CHECK(is_empty(copy));
}

TEST(derivation, keeps_children_when_their_parent_is_deleted, "Capability Derivation Tree")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    seL4_CPtr five = badged(endpoint, 5);
    seL4_CPtr copy = copy_of(five);

    OK(seL4_CNode_Delete(AT(five)));
    CHECK(!is_empty(copy));
    CHECK(is_child(copy, endpoint));
}

TEST(derivation, counts_copies_with_fewer_rights_as_children, "Capability Derivation Tree")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);

    CHECK(is_child(copy_with_rights(endpoint, seL4_CanRead), endpoint));
}

TEST(derivation, makes_an_irq_handler_a_child_of_irq_control, "Capability Derivation Tree")
{
    seL4_SlotPos handler = slot();

    OK(seL4_IRQControl_Get(IRQ_CONTROL, 60, AT(handler)));
    CHECK(is_child(handler, IRQ_CONTROL));
}

TEST(derivation, makes_an_asid_pool_a_child_of_its_untyped, "Capability Derivation Tree")
{
    seL4_CPtr untyped = make_sized(seL4_UntypedObject, seL4_ASIDPoolBits);
    seL4_SlotPos pool = slot();

    OK(seL4_ARM_ASIDControl_MakePool(ASID_CONTROL, untyped, AT(pool)));
    CHECK(is_child(pool, untyped));
}
