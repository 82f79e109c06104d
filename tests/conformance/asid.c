/*
 * ASID control and pools: seL4_ARM_ASIDControl_MakePool, seL4_ARM_ASIDPool_Assign.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "vspace_help.h"

#define POOL_SIZE 512

static seL4_Error make_pool(seL4_CPtr untyped, seL4_SlotPos to)
{
    return seL4_ARM_ASIDControl_MakePool(ASID_CONTROL, untyped, AT(to));
}

/* Whether a VSpace has an identifier: without one no table can be mapped in it. */
static seL4_Error map_table_in(seL4_CPtr vspace)
{
    return seL4_ARM_PageTable_Map(make(seL4_ARM_PageTableObject), vspace, WINDOW,
                                  MAP_ATTRIBUTES);
}

TEST(asid_control, makes_a_pool_that_assigns, "ASID Control")
{
    seL4_CPtr vspace = make(seL4_ARM_VSpaceObject);

    OK(seL4_ARM_ASIDPool_Assign(pool_make(), vspace));
    OK(map_table_in(vspace));
}

TEST(asid_control, uses_up_the_untyped, "seL4_ARM_ASIDControl_MakePool")
{
    seL4_CPtr untyped = pool_untyped();

    OK(make_pool(untyped, slot()));
    CHECK_EQ(bytes_left(untyped), 0);
}

TEST(asid_control, makes_the_pool_a_child_of_the_untyped, "Capability Derivation Tree")
{
    seL4_CPtr untyped = pool_untyped();
    seL4_SlotPos pool = slot();

    OK(make_pool(untyped, pool));
    OK(seL4_CNode_Revoke(AT(untyped)));
    CHECK(is_empty(pool));
}

TEST(asid_control, refuses_an_untyped_that_is_too_large, "seL4_ARM_ASIDControl_MakePool")
{
    REFUSED_WITH(make_pool(make_sized(seL4_UntypedObject, seL4_ASIDPoolBits + 1), slot()),
                 seL4_InvalidCapability, 1);
}

TEST(asid_control, refuses_an_untyped_that_is_too_small, "seL4_ARM_ASIDControl_MakePool")
{
    REFUSED_WITH(make_pool(make_sized(seL4_UntypedObject, seL4_ASIDPoolBits - 1), slot()),
                 seL4_InvalidCapability, 1);
}

TEST(asid_control, refuses_a_device_untyped, "seL4_ARM_ASIDControl_MakePool")
{
    seL4_SlotPos untyped = slot();

    OK(seL4_Untyped_Retype(DEVICE_UNTYPED, seL4_UntypedObject, seL4_ASIDPoolBits, MY_CNODE, 0,
                           0, untyped, 1));
    REFUSED_WITH(make_pool(untyped, slot()), seL4_InvalidCapability, 1);
}

TEST(asid_control, refuses_an_untyped_with_children, "seL4_ARM_ASIDControl_MakePool")
{
    seL4_CPtr untyped = pool_untyped();

    OK(seL4_Untyped_Retype(untyped, seL4_EndpointObject, 0, MY_CNODE, 0, 0, slot(), 1));
    REFUSED(make_pool(untyped, slot()), seL4_RevokeFirst);
}

TEST(asid_control, refuses_something_else_than_untyped, "seL4_ARM_ASIDControl_MakePool")
{
    REFUSED_WITH(make_pool(make(seL4_ARM_SmallPageObject), slot()), seL4_InvalidCapability, 1);
}

TEST(asid_control, refuses_an_occupied_slot, "seL4_ARM_ASIDControl_MakePool")
{
    REFUSED(make_pool(pool_untyped(), MY_TCB), seL4_DeleteFirst);
}

TEST(asid_control, refuses_a_root_that_is_no_cnode, "seL4_ARM_ASIDControl_MakePool")
{
    REFUSED_WITH(
        seL4_ARM_ASIDControl_MakePool(ASID_CONTROL, pool_untyped(), MY_TCB, slot(), 64),
        seL4_FailedLookup, 0, seL4_InvalidRoot);
}

TEST(asid_control, refuses_a_depth_of_0, "seL4_ARM_ASIDControl_MakePool")
{
    REFUSED_WITH(
        seL4_ARM_ASIDControl_MakePool(ASID_CONTROL, pool_untyped(), MY_CNODE, slot(), 0),
        seL4_RangeError, 1, 64);
}

TEST(asid_control, refuses_a_depth_of_65, "seL4_ARM_ASIDControl_MakePool")
{
    REFUSED_WITH(
        seL4_ARM_ASIDControl_MakePool(ASID_CONTROL, pool_untyped(), MY_CNODE, slot(), 65),
        seL4_RangeError, 1, 64);
}

TEST(asid_control, refuses_a_depth_beyond_the_cspace, "seL4_ARM_ASIDControl_MakePool")
{
    REFUSED_WITH(
        seL4_ARM_ASIDControl_MakePool(ASID_CONTROL, pool_untyped(), MY_CNODE, slot(), 63),
        seL4_FailedLookup, 0, seL4_DepthMismatch, 63, 64);
}

TEST(asid_control, refuses_a_message_without_root, "Truncated Message")
{
    seL4_SetCap(0, pool_untyped());
    REFUSED(invoke(ASID_CONTROL, ARMASIDControlMakePool, 1, 2), seL4_TruncatedMessage);
}

TEST(asid_control, refuses_a_short_message, "Truncated Message")
{
    seL4_SetCap(0, pool_untyped());
    seL4_SetCap(1, MY_CNODE);
    REFUSED(invoke(ASID_CONTROL, ARMASIDControlMakePool, 2, 1), seL4_TruncatedMessage);
}

TEST(asid_control, has_a_single_method, "ASID Control")
{
    REFUSED(invoke(ASID_CONTROL, ARMASIDPoolAssign, 0, 0), seL4_IllegalOperation);
}

TEST(asid_control, is_not_a_pool, "Illegal Operation")
{
    REFUSED(seL4_ARM_ASIDPool_Assign(ASID_CONTROL, make(seL4_ARM_VSpaceObject)),
            seL4_IllegalOperation);
}

TEST(asid_control, is_not_a_thread, "Illegal Operation")
{
    REFUSED(seL4_ARM_ASIDControl_MakePool(MY_TCB, pool_untyped(), AT(slot())),
            seL4_IllegalOperation);
}

TEST(asid_control, refuses_an_empty_slot_as_service, "Invalid Capability")
{
    REFUSED_WITH(seL4_ARM_ASIDControl_MakePool(slot(), pool_untyped(), AT(slot())),
                 seL4_InvalidCapability, 0);
}

/* Make pools until no more can be made. Returns how many. */
static seL4_Word exhaust_pools(void)
{
    for (seL4_Word count = 0;; count++) {
        seL4_CPtr untyped = pool_untyped();
        seL4_Error error = make_pool(untyped, slot());

        if (error != seL4_NoError) {
            CHECK_EQ(error, seL4_DeleteFirst);
            return count;
        }
    }
}

TEST(asid_control, has_128_pools_of_which_one_is_in_use, "ASID Control")
{
    CHECK_EQ(exhaust_pools(), 127);
}

TEST(asid_control, has_a_pool_again_when_one_is_deleted, "ASID Control")
{
    seL4_CPtr pool = pool_make();

    exhaust_pools();
    OK(seL4_CNode_Delete(AT(pool)));
    OK(make_pool(pool_untyped(), slot()));
}

TEST(asid_pool, gives_a_vspace_its_identifier, "ASID Pool")
{
    seL4_CPtr vspace = make(seL4_ARM_VSpaceObject);

    OK(seL4_ARM_ASIDPool_Assign(ASID_POOL, vspace));
    OK(map_table_in(vspace));
}

TEST(asid_pool, refuses_a_vspace_that_has_one, "seL4_ARM_ASIDPool_Assign")
{
    REFUSED_WITH(seL4_ARM_ASIDPool_Assign(ASID_POOL, vspace_make()), seL4_InvalidCapability, 1);
}

TEST(asid_pool, refuses_a_vspace_of_another_pool, "seL4_ARM_ASIDPool_Assign")
{
    REFUSED_WITH(seL4_ARM_ASIDPool_Assign(pool_make(), vspace_make()), seL4_InvalidCapability,
                 1);
}

TEST(asid_pool, refuses_a_page_table, "seL4_ARM_ASIDPool_Assign")
{
    REFUSED_WITH(seL4_ARM_ASIDPool_Assign(ASID_POOL, make(seL4_ARM_PageTableObject)),
                 seL4_InvalidCapability, 1);
}

TEST(asid_pool, refuses_an_empty_slot, "seL4_ARM_ASIDPool_Assign")
{
    REFUSED_WITH(seL4_ARM_ASIDPool_Assign(ASID_POOL, slot()), seL4_InvalidCapability, 1);
}

TEST(asid_pool, refuses_a_message_without_vspace, "Truncated Message")
{
    REFUSED(invoke(ASID_POOL, ARMASIDPoolAssign, 0, 0), seL4_TruncatedMessage);
}

TEST(asid_pool, has_a_single_method, "ASID Pool")
{
    seL4_SetCap(0, make(seL4_ARM_VSpaceObject));
    REFUSED(invoke(ASID_POOL, ARMPageMap, 1, 3), seL4_IllegalOperation);
}

/* Give identifiers of pool to so many VSpaces, which go to another CNode. */
static void fill(seL4_CPtr pool, seL4_Word count)
{
    seL4_CPtr store = make_cnode(9);

    for (seL4_Word i = 0; i < count; i++) {
        seL4_SlotPos vspace = i == 0 ? slot() : FIRST_FREE_SLOT + 479;

        OK(seL4_Untyped_Retype(UNTYPED, seL4_ARM_VSpaceObject, 0, MY_CNODE, 0, 0, vspace, 1));
        OK(seL4_ARM_ASIDPool_Assign(pool, vspace));
        OK(seL4_CNode_Move(store, i, 9, AT(vspace)));
    }
}

TEST(asid_pool, has_512_identifiers, "ASID Pool")
{
    seL4_CPtr pool = pool_make();

    fill(pool, POOL_SIZE);
    REFUSED(seL4_ARM_ASIDPool_Assign(pool, make(seL4_ARM_VSpaceObject)), seL4_DeleteFirst);
}

TEST(asid_pool, has_an_identifier_again_when_a_vspace_is_deleted, "ASID Pool")
{
    seL4_CPtr pool = pool_make();
    seL4_CPtr vspace = make(seL4_ARM_VSpaceObject);

    OK(seL4_ARM_ASIDPool_Assign(pool, vspace));
    fill(pool, POOL_SIZE - 1);
    OK(seL4_CNode_Delete(AT(vspace)));
    OK(seL4_ARM_ASIDPool_Assign(pool, make(seL4_ARM_VSpaceObject)));
}

TEST(asid_pool, takes_its_identifiers_with_it, "seL4_ARM_PageTable_Map")
{
    REFUSED_WITH(map_table_in(vspace_orphan()), seL4_FailedLookup, 0, seL4_InvalidRoot);
}

TEST(asid_pool, leaves_vspaces_that_cannot_have_pages, "seL4_ARM_Page_Map")
{
    REFUSED_WITH(seL4_ARM_Page_Map(make(seL4_ARM_SmallPageObject), vspace_orphan(), WINDOW,
                                   seL4_AllRights, MAP_ATTRIBUTES),
                 seL4_FailedLookup, 0, seL4_InvalidRoot);
}

TEST(asid_pool, leaves_vspaces_that_cannot_be_assigned_again, "seL4_ARM_ASIDPool_Assign")
{
    REFUSED_WITH(seL4_ARM_ASIDPool_Assign(ASID_POOL, vspace_orphan()), seL4_InvalidCapability,
                 1);
}

TEST(asid_pool, leaves_vspaces_whose_identifier_others_may_get, "seL4_ARM_PageTable_Map")
{
    seL4_CPtr old = vspace_orphan();

    OK(seL4_ARM_ASIDPool_Assign(pool_make(), make(seL4_ARM_VSpaceObject)));
    REFUSED_WITH(map_table_in(old), seL4_InvalidCapability, 1);
}

TEST(asid_pool, can_be_deleted_after_a_vspace_of_it, "ASID Pool")
{
    seL4_CPtr pool = pool_make();
    seL4_CPtr vspace = make(seL4_ARM_VSpaceObject);

    OK(seL4_ARM_ASIDPool_Assign(pool, vspace));
    OK(seL4_CNode_Delete(AT(vspace)));
    OK(seL4_CNode_Delete(AT(pool)));
}

TEST(asid_pool, survives_the_deletion_of_a_copy, "Deletion and Revocation")
{
    seL4_CPtr pool = pool_make();
    seL4_CPtr copy = copy_of(pool);

    OK(seL4_CNode_Delete(AT(copy)));
    OK(seL4_ARM_ASIDPool_Assign(pool, make(seL4_ARM_VSpaceObject)));
}

TEST(vspace, cannot_be_copied_without_identifier, "Capability Derivation Tree")
{
    REFUSED(seL4_CNode_Copy(AT(slot()), AT(make(seL4_ARM_VSpaceObject)), seL4_AllRights),
            seL4_IllegalOperation);
}

TEST(vspace, can_be_copied_with_an_identifier, "Capability Derivation Tree")
{
    OK(map_table_in(copy_of(vspace_make())));
}

static seL4_CPtr made_pool(void)
{
    seL4_SlotPos pool = slot();

    OK(seL4_ARM_ASIDControl_MakePool(ASID_CONTROL, make_sized(seL4_UntypedObject, 12),
                                     AT(pool)));
    return pool;
}

TEST(asid_pool, has_its_copies_beside_it, "Capability Derivation Tree")
{
    seL4_CPtr pool = made_pool();
    seL4_CPtr copy = copy_of(pool);

    OK(seL4_CNode_Revoke(AT(pool)));
    CHECK(!is_empty(copy));
}
