/*
 * seL4_ARM_Page_Map and seL4_ARM_Page_Unmap: where pages can be mapped, and what is refused.
 * Rights and attributes are in mapping.c.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "vspace_help.h"

#define MAP(page, vspace, address) \
    seL4_ARM_Page_Map(page, vspace, address, seL4_AllRights, MAP_ATTRIBUTES)

TEST(page_map, makes_the_frame_appear_in_memory, "Page")
{
    window_page();
    *words_at(WINDOW) = 0x5e14;
    CHECK_EQ(*words_at(WINDOW), 0x5e14);
}

TEST(page_map, shows_a_new_frame_full_of_zeros, "Kernel Memory Allocation")
{
    window_page();
    for (seL4_Word i = 0; i < PAGE_SIZE; i += sizeof(seL4_Word)) {
        CHECK_EQ(*words_at(WINDOW + i), 0);
    }
}

TEST(page_map, shows_zeros_where_memory_was_used_before, "Reusing Memory")
{
    seL4_CPtr page = slot();

    window_table();
    OK(seL4_Untyped_Retype(SPARE_UNTYPED, seL4_ARM_SmallPageObject, 0, MY_CNODE, 0, 0, page,
                           1));
    OK(page_map(page, WINDOW));
    *words_at(WINDOW) = 0x5e14;
    OK(seL4_CNode_Revoke(AT(SPARE_UNTYPED)));
    OK(seL4_Untyped_Retype(SPARE_UNTYPED, seL4_ARM_SmallPageObject, 0, MY_CNODE, 0, 0, page,
                           1));
    OK(page_map(page, WINDOW));
    CHECK_EQ(*words_at(WINDOW), 0);
}

TEST(page_map, shows_zeros_in_a_large_page_too, "Reusing Memory")
{
    seL4_CPtr page = make(seL4_ARM_LargePageObject);

    tables_map(MY_VSPACE, WINDOW, 1);
    OK(page_map(page, WINDOW));
    *words_at(WINDOW) = 0x5e14;
    *words_at(WINDOW + LARGE_PAGE_SIZE - 8) = 0x5e14;
    OK(seL4_CNode_Revoke(AT(UNTYPED)));
    page = make(seL4_ARM_LargePageObject);
    tables_map(MY_VSPACE, WINDOW, 1);
    OK(page_map(page, WINDOW));
    CHECK_EQ(*words_at(WINDOW), 0);
    CHECK_EQ(*words_at(WINDOW + LARGE_PAGE_SIZE - 8), 0);
}

TEST(page_map, leaves_the_contents_alone, "Page")
{
    seL4_CPtr page = window_page();

    *words_at(WINDOW) = 0x5e14;
    OK(seL4_ARM_Page_Unmap(page));
    OK(page_map(page, WINDOW + PAGE_SIZE));
    CHECK_EQ(*words_at(WINDOW + PAGE_SIZE), 0x5e14);
}

TEST(page_map, refuses_an_address_that_is_no_multiple_of_the_page_size, "Page")
{
    window_table();
    REFUSED(page_map(make(seL4_ARM_SmallPageObject), WINDOW + 16), seL4_AlignmentError);
}

TEST(page_map, refuses_addresses_of_the_kernel, "seL4_ARM_Page_Map")
{
    REFUSED_WITH(page_map(make(seL4_ARM_SmallPageObject), seL4_UserTop + 1),
                 seL4_InvalidArgument, 0);
}

TEST(page_map, refuses_the_highest_addresses, "seL4_ARM_Page_Map")
{
    REFUSED_WITH(page_map(make(seL4_ARM_SmallPageObject), 0 - PAGE_SIZE), seL4_InvalidArgument,
                 0);
}

TEST(page_map, reports_how_many_bits_no_table_translates, "seL4_ARM_Page_Map")
{
    REFUSED_WITH(page_map(make(seL4_ARM_SmallPageObject), WINDOW), seL4_FailedLookup, 0,
                 seL4_MissingCapability, 30);
}

TEST(page_map, reports_that_the_last_table_is_missing, "seL4_ARM_Page_Map")
{
    tables_map(MY_VSPACE, WINDOW, 1);
    REFUSED_WITH(page_map(make(seL4_ARM_SmallPageObject), WINDOW), seL4_FailedLookup, 0,
                 seL4_MissingCapability, 21);
}

TEST(page_map, reports_that_all_tables_are_missing, "seL4_ARM_Page_Map")
{
    REFUSED_WITH(MAP(make(seL4_ARM_SmallPageObject), vspace_make(), WINDOW), seL4_FailedLookup,
                 0, seL4_MissingCapability, 39);
}

TEST(page_map, puts_the_page_in_place_of_another, "seL4_ARM_Page_Map")
{
    seL4_CPtr page = make(seL4_ARM_SmallPageObject);

    window_page();
    *words_at(WINDOW) = 0x5e14;
    OK(page_map(page, WINDOW));
    CHECK_EQ(*words_at(WINDOW), 0);
}

TEST(page_unmap, of_a_replaced_page_leaves_the_new_one, "seL4_ARM_Page_Unmap")
{
    seL4_CPtr old = window_page();

    OK(page_map(make(seL4_ARM_SmallPageObject), WINDOW));
    OK(seL4_ARM_Page_Unmap(old));
    *words_at(WINDOW) = 0x5e14;
    CHECK_EQ(*words_at(WINDOW), 0x5e14);
}

TEST(page_map, refuses_a_second_address, "seL4_ARM_Page_Map")
{
    REFUSED_WITH(page_map(window_page(), WINDOW + PAGE_SIZE), seL4_InvalidArgument, 0);
}

TEST(page_map, refuses_a_second_vspace, "seL4_ARM_Page_Map")
{
    seL4_CPtr vspace = vspace_make();
    seL4_CPtr page = window_page();

    tables_map(vspace, WINDOW, 3);
    REFUSED_WITH(MAP(page, vspace, WINDOW), seL4_InvalidCapability, 1);
}

TEST(page_map, accepts_the_address_it_has, "seL4_ARM_Page_Map")
{
    OK(page_map(window_page(), WINDOW));
}

TEST(page_map, refuses_a_vspace_without_identifier, "seL4_ARM_Page_Map")
{
    REFUSED_WITH(MAP(make(seL4_ARM_SmallPageObject), make(seL4_ARM_VSpaceObject), WINDOW),
                 seL4_InvalidCapability, 1);
}

TEST(page_map, refuses_a_page_table_as_vspace, "seL4_ARM_Page_Map")
{
    REFUSED_WITH(MAP(make(seL4_ARM_SmallPageObject), window_table(), WINDOW),
                 seL4_InvalidCapability, 1);
}

TEST(page_map, refuses_a_thread_as_vspace, "seL4_ARM_Page_Map")
{
    REFUSED_WITH(MAP(make(seL4_ARM_SmallPageObject), MY_TCB, WINDOW), seL4_InvalidCapability,
                 1);
}

TEST(page_map, refuses_a_message_without_vspace, "Truncated Message")
{
    REFUSED(invoke(make(seL4_ARM_SmallPageObject), ARMPageMap, 0, 3), seL4_TruncatedMessage);
}

TEST(page_map, refuses_a_short_message, "Truncated Message")
{
    seL4_SetCap(0, MY_VSPACE);
    REFUSED(invoke(make(seL4_ARM_SmallPageObject), ARMPageMap, 1, 2), seL4_TruncatedMessage);
}

TEST(page_map, is_illegal_for_a_page_table, "Illegal Operation")
{
    REFUSED(page_map(make(seL4_ARM_PageTableObject), WINDOW), seL4_IllegalOperation);
}

TEST(page_map, is_illegal_for_a_thread, "Illegal Operation")
{
    REFUSED(page_map(make(seL4_TCBObject), WINDOW), seL4_IllegalOperation);
}

TEST(page_map, refuses_an_empty_slot, "Invalid Capability")
{
    REFUSED_WITH(page_map(slot(), WINDOW), seL4_InvalidCapability, 0);
}

TEST(page_map, of_a_copy_shares_the_frame, "Sharing Memory")
{
    seL4_CPtr page = window_page();

    OK(page_map(copy_of(page), WINDOW + PAGE_SIZE));
    *words_at(WINDOW) = 0x5e14;
    CHECK_EQ(*words_at(WINDOW + PAGE_SIZE), 0x5e14);
}

TEST(page_map, of_a_copy_works_in_a_second_vspace, "Sharing Memory")
{
    seL4_CPtr vspace = vspace_make();
    seL4_CPtr page = window_page();

    tables_map(vspace, WINDOW, 3);
    OK(MAP(copy_of(page), vspace, WINDOW));
}

TEST(page_map, puts_a_large_page_where_a_table_could_be, "AArch64 page sizes")
{
    tables_map(MY_VSPACE, WINDOW, 1);
    OK(page_map(make(seL4_ARM_LargePageObject), WINDOW));
    *words_at(WINDOW + LARGE_PAGE_SIZE - 8) = 0x5e14;
    CHECK_EQ(*words_at(WINDOW + LARGE_PAGE_SIZE - 8), 0x5e14);
}

TEST(page_map, reaches_every_part_of_a_large_page, "AArch64 page sizes")
{
    tables_map(MY_VSPACE, WINDOW, 1);
    OK(page_map(make(seL4_ARM_LargePageObject), WINDOW));
    for (seL4_Word i = 0; i < LARGE_PAGE_SIZE; i += PAGE_SIZE) {
        *words_at(WINDOW + i) = i;
    }
    for (seL4_Word i = 0; i < LARGE_PAGE_SIZE; i += PAGE_SIZE) {
        CHECK_EQ(*words_at(WINDOW + i), i);
    }
}

TEST(page_map, refuses_a_large_page_at_a_small_multiple, "Page")
{
    tables_map(MY_VSPACE, WINDOW, 1);
    REFUSED(page_map(make(seL4_ARM_LargePageObject), WINDOW + PAGE_SIZE), seL4_AlignmentError);
}

TEST(page_map, refuses_a_large_page_where_a_table_is, "seL4_ARM_Page_Map")
{
    window_table();
    REFUSED_WITH(page_map(make(seL4_ARM_LargePageObject), WINDOW), seL4_FailedLookup, 0,
                 seL4_MissingCapability, 12);
}

TEST(page_map, needs_a_table_for_a_large_page, "AArch64 page sizes")
{
    REFUSED_WITH(page_map(make(seL4_ARM_LargePageObject), WINDOW), seL4_FailedLookup, 0,
                 seL4_MissingCapability, 30);
}

TEST(page_map, refuses_a_small_page_inside_a_large_one, "seL4_ARM_Page_Map")
{
    seL4_CPtr large = make(seL4_ARM_LargePageObject);

    tables_map(MY_VSPACE, WINDOW, 1);
    OK(page_map(large, WINDOW));
    REFUSED_WITH(page_map(make(seL4_ARM_SmallPageObject), WINDOW), seL4_FailedLookup, 0,
                 seL4_MissingCapability, 21);
}

/* A page of 2^30 bytes from the first bytes of DEVICE_UNTYPED. */
static seL4_CPtr huge_page(void)
{
    seL4_SlotPos page = slot();

    OK(seL4_Untyped_Retype(DEVICE_UNTYPED, seL4_ARM_HugePageObject, 0, MY_CNODE, 0, 0, page,
                           1));
    return page;
}

TEST(page_map, puts_a_huge_page_below_the_first_table, "AArch64 page sizes")
{
    seL4_CPtr vspace = vspace_make();

    tables_map(vspace, WINDOW, 1);
    OK(MAP(huge_page(), vspace, WINDOW));
}

TEST(page_map, needs_a_table_for_a_huge_page, "AArch64 page sizes")
{
    REFUSED_WITH(MAP(huge_page(), vspace_make(), WINDOW), seL4_FailedLookup, 0,
                 seL4_MissingCapability, 39);
}

TEST(page_map, refuses_a_huge_page_at_a_large_multiple, "Page")
{
    REFUSED(page_map(huge_page(), WINDOW + LARGE_PAGE_SIZE), seL4_AlignmentError);
}

TEST(page_map, refuses_a_huge_page_where_a_table_is, "seL4_ARM_Page_Map")
{
    tables_map(MY_VSPACE, WINDOW, 1);
    REFUSED_WITH(page_map(huge_page(), WINDOW), seL4_FailedLookup, 0, seL4_MissingCapability,
                 21);
}

/*
 * The PCI configuration space of QEMU's machine, in the first GiB from its 256th on. It
 * begins with that of the host bridge: its vendor and device, and at the 60th byte one that
 * means nothing to it and can be written.
 */
#define PCI_GIB       0x4000000000ul
#define PCI_CONFIG    0x10000000ul
#define PCI_NAME      0x00081b36u
#define PCI_FREE_BYTE 60

/* Map that GiB at WINDOW. Returns where the configuration space is. */
static volatile void *map_pci(void)
{
    const seL4_BootInfo *bi = boot_info();
    seL4_SlotPos page = slot();
    seL4_Word i = 0;

    while (bi->untypedList[i].paddr != PCI_GIB) {
        i++;
        CHECK(i < bi->untyped.end - bi->untyped.start);
    }
    OK(seL4_Untyped_Retype(copy_from_root(bi->untyped.start + i), seL4_ARM_HugePageObject, 0,
                           MY_CNODE, 0, 0, page, 1));
    OK(page_map(page, WINDOW));
    return (volatile void *)(WINDOW + PCI_CONFIG);
}

TEST(page_map, reaches_a_device_in_a_huge_page, "AArch64 page sizes")
{
    CHECK_EQ(*(volatile uint32_t *)map_pci(), PCI_NAME);
}

TEST(page_map, makes_a_device_in_a_huge_page_writable, "AArch64 page sizes")
{
    volatile uint8_t *byte = (volatile uint8_t *)map_pci() + PCI_FREE_BYTE;
    uint8_t old = *byte;

    *byte = 0x5e;
    CHECK_EQ(*byte, 0x5e);
    *byte = old;
}

TEST(page_map, refuses_a_table_inside_a_huge_page, "seL4_ARM_PageTable_Map")
{
    OK(page_map(huge_page(), WINDOW));
    REFUSED(seL4_ARM_PageTable_Map(make(seL4_ARM_PageTableObject), MY_VSPACE,
                                   WINDOW + LARGE_PAGE_SIZE, MAP_ATTRIBUTES),
            seL4_DeleteFirst);
}

TEST(page_unmap, makes_the_address_fault, "seL4_ARM_Page_Unmap")
{
    struct prober prober;
    seL4_CPtr page = window_page();

    prober_make(&prober);
    CHECK_EQ(probe(&prober, READ, WINDOW), seL4_Fault_NullFault);
    OK(seL4_ARM_Page_Unmap(page));
    CHECK_EQ(probe(&prober, READ, WINDOW), seL4_Fault_VMFault);
}

TEST(page_unmap, makes_room_for_another_page, "seL4_ARM_Page_Unmap")
{
    OK(seL4_ARM_Page_Unmap(window_page()));
    OK(page_map(make(seL4_ARM_SmallPageObject), WINDOW));
}

TEST(page_unmap, accepts_a_page_that_is_not_mapped, "seL4_ARM_Page_Unmap")
{
    OK(seL4_ARM_Page_Unmap(make(seL4_ARM_SmallPageObject)));
}

TEST(page_unmap, of_a_copy_leaves_the_original_mapped, "Sharing Memory")
{
    OK(seL4_ARM_Page_Unmap(copy_of(window_page())));
    *words_at(WINDOW) = 0x5e14;
}

TEST(page_unmap, lets_the_page_go_to_another_vspace, "seL4_ARM_Page_Unmap")
{
    seL4_CPtr vspace = vspace_make();
    seL4_CPtr page = window_page();

    tables_map(vspace, WINDOW, 3);
    OK(seL4_ARM_Page_Unmap(page));
    OK(MAP(page, vspace, WINDOW));
}

TEST(page_unmap, is_illegal_for_a_cnode, "Illegal Operation")
{
    REFUSED(seL4_ARM_Page_Unmap(make_cnode(2)), seL4_IllegalOperation);
}

TEST(page_unmap, refuses_an_empty_slot, "Invalid Capability")
{
    REFUSED_WITH(seL4_ARM_Page_Unmap(slot()), seL4_InvalidCapability, 0);
}

TEST(page_get_address, counts_on_through_an_untyped, "seL4_ARM_Page_GetAddress")
{
    seL4_ARM_Page_GetAddress_t first = seL4_ARM_Page_GetAddress(make(seL4_ARM_SmallPageObject));
    seL4_ARM_Page_GetAddress_t second =
        seL4_ARM_Page_GetAddress(make(seL4_ARM_SmallPageObject));

    OK(first.error);
    OK(second.error);
    CHECK_EQ(second.paddr, first.paddr + PAGE_SIZE);
}

TEST(page_get_address, is_the_same_for_copies, "seL4_ARM_Page_GetAddress")
{
    seL4_CPtr page = make(seL4_ARM_SmallPageObject);

    CHECK_EQ(seL4_ARM_Page_GetAddress(copy_of(page)).paddr,
             seL4_ARM_Page_GetAddress(page).paddr);
}

TEST(page_get_address, needs_no_rights, "seL4_ARM_Page_GetAddress")
{
    OK(seL4_ARM_Page_GetAddress(copy_with_rights(window_page(), seL4_NoRights)).error);
}

/* Is paddr the start of a device untyped of the boot info, large enough for a huge page? */
static bool is_device_untyped(seL4_Word paddr)
{
    const seL4_BootInfo *bi = boot_info();

    for (seL4_Word i = 0; i < bi->untyped.end - bi->untyped.start; i++) {
        if (bi->untypedList[i].isDevice != 0 && bi->untypedList[i].paddr == paddr &&
            bi->untypedList[i].sizeBits >= seL4_HugePageBits) {
            return true;
        }
    }
    return false;
}

TEST(page_get_address, agrees_with_the_boot_info, "BootInfo Frame")
{
    CHECK(is_device_untyped(seL4_ARM_Page_GetAddress(huge_page()).paddr));
}

TEST(page_get_address, is_illegal_for_a_page_table, "Illegal Operation")
{
    REFUSED(seL4_ARM_Page_GetAddress(make(seL4_ARM_PageTableObject)).error,
            seL4_IllegalOperation);
}

TEST(page_get_address, refuses_an_empty_slot, "Invalid Capability")
{
    REFUSED_WITH(seL4_ARM_Page_GetAddress(slot()).error, seL4_InvalidCapability, 0);
}
