/*
 * seL4_ARM_PageTable_Map and seL4_ARM_PageTable_Unmap.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "vspace_help.h"

#define MAP(table, vspace, address) \
    seL4_ARM_PageTable_Map(table, vspace, address, MAP_ATTRIBUTES)

static seL4_CPtr table_make(void)
{
    return make(seL4_ARM_PageTableObject);
}

TEST(page_table_map, fills_the_first_level_that_is_missing, "AArch64")
{
    seL4_CPtr vspace = vspace_make();

    tables_map(vspace, WINDOW, 1);
    REFUSED_WITH(seL4_ARM_Page_Map(make(seL4_ARM_SmallPageObject), vspace, WINDOW,
                                   seL4_AllRights, MAP_ATTRIBUTES),
                 seL4_FailedLookup, 0, seL4_MissingCapability, 30);
}

TEST(page_table_map, has_three_levels, "AArch64")
{
    seL4_CPtr vspace = vspace_make();

    tables_map(vspace, WINDOW, 3);
    OK(seL4_ARM_Page_Map(make(seL4_ARM_SmallPageObject), vspace, WINDOW, seL4_AllRights,
                         MAP_ATTRIBUTES));
}

TEST(page_table_map, refuses_a_fourth_level, "seL4_ARM_PageTable_Map")
{
    seL4_CPtr vspace = vspace_make();

    tables_map(vspace, WINDOW, 3);
    REFUSED(MAP(table_make(), vspace, WINDOW), seL4_DeleteFirst);
}

TEST(page_table_map, refuses_an_address_with_a_page, "seL4_ARM_PageTable_Map")
{
    window_page();
    REFUSED(MAP(table_make(), MY_VSPACE, WINDOW), seL4_DeleteFirst);
}

TEST(page_table_map, refuses_an_address_with_a_large_page, "seL4_ARM_PageTable_Map")
{
    seL4_CPtr page = make(seL4_ARM_LargePageObject);

    tables_map(MY_VSPACE, WINDOW, 1);
    OK(page_map(page, WINDOW));
    REFUSED(MAP(table_make(), MY_VSPACE, WINDOW), seL4_DeleteFirst);
}

TEST(page_table_map, covers_a_whole_range_whatever_the_address_in_it, "AArch64")
{
    tables_map(MY_VSPACE, WINDOW, 1);
    OK(MAP(table_make(), MY_VSPACE, WINDOW + 0x12345));
    OK(page_map(make(seL4_ARM_SmallPageObject), WINDOW));
}

TEST(page_table_map, leaves_the_next_range_without_table, "AArch64")
{
    window_table();
    REFUSED_WITH(page_map(make(seL4_ARM_SmallPageObject), WINDOW + LARGE_PAGE_SIZE),
                 seL4_FailedLookup, 0, seL4_MissingCapability, 21);
}

TEST(page_table_map, refuses_addresses_of_the_kernel, "seL4_ARM_PageTable_Map")
{
    REFUSED_WITH(MAP(table_make(), MY_VSPACE, seL4_UserTop + 1), seL4_InvalidArgument, 0);
}

TEST(page_table_map, refuses_a_table_that_is_mapped, "seL4_ARM_PageTable_Map")
{
    REFUSED_WITH(MAP(window_table(), MY_VSPACE, WINDOW + LARGE_PAGE_SIZE),
                 seL4_InvalidCapability, 0);
}

TEST(page_table_map, refuses_a_vspace_without_identifier, "seL4_ARM_PageTable_Map")
{
    REFUSED_WITH(MAP(table_make(), make(seL4_ARM_VSpaceObject), WINDOW), seL4_InvalidCapability,
                 1);
}

TEST(page_table_map, names_such_a_vspace_rather_than_a_wrong_address, "seL4_ARM_PageTable_Map")
{
    REFUSED_WITH(seL4_ARM_PageTable_Map(make(seL4_ARM_PageTableObject),
                                        make(seL4_ARM_VSpaceObject), seL4_UserTop + 1,
                                        MAP_ATTRIBUTES),
                 seL4_InvalidCapability, 1);
}

TEST(page_table_map, refuses_a_page_table_as_vspace, "seL4_ARM_PageTable_Map")
{
    REFUSED_WITH(MAP(table_make(), window_table(), WINDOW), seL4_InvalidCapability, 1);
}

TEST(page_table_map, refuses_an_empty_slot_as_vspace, "seL4_ARM_PageTable_Map")
{
    REFUSED_WITH(MAP(table_make(), slot(), WINDOW), seL4_InvalidCapability, 1);
}

TEST(page_table_map, refuses_a_message_without_vspace, "Truncated Message")
{
    REFUSED(invoke(table_make(), ARMPageTableMap, 0, 2), seL4_TruncatedMessage);
}

TEST(page_table_map, refuses_a_short_message, "Truncated Message")
{
    seL4_SetCap(0, MY_VSPACE);
    REFUSED(invoke(table_make(), ARMPageTableMap, 1, 1), seL4_TruncatedMessage);
}

TEST(page_table_map, is_illegal_for_a_page, "Illegal Operation")
{
    REFUSED(MAP(make(seL4_ARM_SmallPageObject), MY_VSPACE, WINDOW), seL4_IllegalOperation);
}

TEST(page_table_map, is_illegal_for_a_vspace, "Illegal Operation")
{
    REFUSED(MAP(vspace_make(), MY_VSPACE, WINDOW), seL4_IllegalOperation);
}

TEST(page_table_map, refuses_an_empty_slot, "Invalid Capability")
{
    REFUSED_WITH(MAP(slot(), MY_VSPACE, WINDOW), seL4_InvalidCapability, 0);
}

TEST(page_table_unmap, takes_the_pages_below_with_it, "seL4_ARM_PageTable_Unmap")
{
    struct prober prober;
    seL4_CPtr table = window_table();

    prober_make(&prober);
    OK(page_map(make(seL4_ARM_SmallPageObject), WINDOW));
    CHECK_EQ(probe(&prober, READ, WINDOW), seL4_Fault_NullFault);
    OK(seL4_ARM_PageTable_Unmap(table));
    CHECK_EQ(probe(&prober, READ, WINDOW), seL4_Fault_VMFault);
}

TEST(page_table_unmap, empties_the_table, "seL4_ARM_PageTable_Unmap")
{
    struct prober prober;
    seL4_CPtr table = window_table();

    prober_make(&prober);
    OK(page_map(make(seL4_ARM_SmallPageObject), WINDOW));
    OK(seL4_ARM_PageTable_Unmap(table));
    OK(MAP(table, MY_VSPACE, WINDOW));
    CHECK_EQ(probe(&prober, READ, WINDOW), seL4_Fault_VMFault);
}

TEST(page_table_unmap, lets_the_table_go_elsewhere, "seL4_ARM_PageTable_Unmap")
{
    seL4_CPtr table = window_table();

    OK(seL4_ARM_PageTable_Unmap(table));
    OK(MAP(table, MY_VSPACE, WINDOW + LARGE_PAGE_SIZE));
}

TEST(page_table_unmap, accepts_a_table_that_is_not_mapped, "seL4_ARM_PageTable_Unmap")
{
    OK(seL4_ARM_PageTable_Unmap(table_make()));
}

TEST(page_table_unmap, refuses_a_table_with_copies, "seL4_ARM_PageTable_Unmap")
{
    seL4_CPtr table = window_table();

    copy_of(table);
    REFUSED(seL4_ARM_PageTable_Unmap(table), seL4_RevokeFirst);
}

TEST(page_table_unmap, of_an_upper_table_leaves_the_lower_ones_mapping, "AArch64")
{
    seL4_CPtr upper = table_make();
    seL4_CPtr lower = table_make();

    OK(MAP(upper, MY_VSPACE, WINDOW));
    OK(MAP(lower, MY_VSPACE, WINDOW));
    OK(seL4_ARM_PageTable_Unmap(upper));
    REFUSED_WITH(MAP(lower, MY_VSPACE, WINDOW), seL4_InvalidCapability, 0);
}

TEST(page_table_unmap, works_below_an_upper_table_that_is_gone, "AArch64")
{
    seL4_CPtr upper = table_make();
    seL4_CPtr lower = table_make();

    OK(MAP(upper, MY_VSPACE, WINDOW));
    OK(MAP(lower, MY_VSPACE, WINDOW));
    OK(seL4_ARM_PageTable_Unmap(upper));
    OK(seL4_ARM_PageTable_Unmap(lower));
}

TEST(page_table_unmap, is_illegal_for_a_vspace, "Illegal Operation")
{
    REFUSED(seL4_ARM_PageTable_Unmap(vspace_make()), seL4_IllegalOperation);
}

TEST(page_table_unmap, refuses_an_empty_slot, "Invalid Capability")
{
    REFUSED_WITH(seL4_ARM_PageTable_Unmap(slot()), seL4_InvalidCapability, 0);
}

TEST(page_table, cannot_be_copied_before_it_is_mapped, "Capability Derivation Tree")
{
    REFUSED(seL4_CNode_Copy(AT(slot()), AT(table_make()), seL4_AllRights),
            seL4_IllegalOperation);
}

TEST(page_table, can_be_copied_when_it_is_mapped, "Capability Derivation Tree")
{
    OK(seL4_CNode_Copy(AT(slot()), AT(window_table()), seL4_AllRights));
}

TEST(page_table, stays_mapped_when_a_copy_is_deleted, "Deletion and Revocation")
{
    seL4_CPtr copy = copy_of(window_table());

    OK(page_map(make(seL4_ARM_SmallPageObject), WINDOW));
    OK(seL4_CNode_Delete(AT(copy)));
    *words_at(WINDOW) = 0x5e14;
}

TEST(page_table, is_unmapped_when_the_last_capability_is_deleted, "Deletion and Revocation")
{
    seL4_CPtr table = window_table();

    OK(page_map(make(seL4_ARM_SmallPageObject), WINDOW));
    OK(seL4_CNode_Delete(AT(table)));
    OK(MAP(table_make(), MY_VSPACE, WINDOW));
}
