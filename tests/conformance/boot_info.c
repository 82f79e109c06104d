/*
 * What the initial thread is given: its capabilities and its boot info.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "conformance.h"

/* The program, by the linker: its first byte and the first after it. */
extern const char __executable_start[];
extern const char _end[];

static bool is_empty_in_root(seL4_SlotPos slot)
{
    return is_empty_in(ROOT_CNODE, slot, seL4_WordBits);
}

static seL4_Word count(seL4_SlotRegion region)
{
    return region.end - region.start;
}

TEST(initial_slots, hold_no_capability_in_slot_0, "Initial Thread's Environment")
{
    CHECK(is_empty_in_root(seL4_CapNull));
}

TEST(initial_slots, hold_the_initial_thread_s_tcb, "Initial Thread's Environment")
{
    seL4_UserContext registers;

    OK(seL4_TCB_ReadRegisters(copy_from_root(seL4_CapInitThreadTCB), 0, 0, 1, &registers));
}

TEST(initial_slots, hold_a_cnode_that_resolves_all_bits, "Initial Thread's Environment")
{
    seL4_CPtr cnode = copy_from_root(seL4_CapInitThreadCNode);

    CHECK(!is_empty_in(cnode, seL4_CapInitThreadTCB, seL4_WordBits));
}

TEST(initial_slots, hold_the_vspace, "Initial Thread's Environment")
{
    seL4_CPtr vspace = copy_from_root(seL4_CapInitThreadVSpace);

    OK(seL4_TCB_Configure(make(seL4_TCBObject), MY_CNODE, 0, vspace, 0, 0, 0));
}

TEST(initial_slots, hold_asid_control, "Initial Thread's Environment")
{
    seL4_CPtr untyped = make_sized(seL4_UntypedObject, seL4_ASIDPoolBits);

    OK(seL4_ARM_ASIDControl_MakePool(copy_from_root(seL4_CapASIDControl), untyped, AT(slot())));
}

TEST(initial_slots, hold_an_asid_pool, "Initial Thread's Environment")
{
    seL4_CPtr pool = copy_from_root(seL4_CapInitThreadASIDPool);

    OK(seL4_ARM_ASIDPool_Assign(pool, make(seL4_ARM_VSpaceObject)));
}

TEST(initial_slots, hold_irq_control, "Initial Thread's Environment")
{
    /* It is lent to the test for as long as that runs. */
    OK(seL4_IRQControl_Get(IRQ_CONTROL, 60, AT(slot())));
    CHECK(is_empty_in_root(seL4_CapIRQControl));
}

TEST(initial_slots, hold_the_boot_info_frame, "Initial Thread's Environment")
{
    OK(seL4_ARM_Page_GetAddress(copy_from_root(seL4_CapBootInfoFrame)).error);
}

TEST(initial_slots, hold_the_frame_of_the_ipc_buffer, "Initial Thread's Environment")
{
    OK(seL4_ARM_Page_GetAddress(copy_from_root(seL4_CapInitThreadIPCBuffer)).error);
}

TEST(initial_slots, hold_the_domain_capability, "Initial Thread's Environment")
{
    OK(seL4_DomainSet_Set(copy_from_root(seL4_CapDomain), 0, make(seL4_TCBObject)));
}

TEST(initial_slots, hold_the_scheduling_context, "Initial Thread's Environment")
{
    OK(seL4_SchedContext_Consumed(copy_from_root(seL4_CapInitThreadSC)).error);
}

TEST(initial_slots, hold_nothing_for_what_the_machine_lacks, "Initial Thread's Environment")
{
    CHECK(is_empty_in_root(seL4_CapIOPortControl));
    CHECK(is_empty_in_root(seL4_CapIOSpace));
    CHECK(is_empty_in_root(seL4_CapSMMUSIDControl));
    CHECK(is_empty_in_root(seL4_CapSMMUCBControl));
    CHECK(is_empty_in_root(seL4_CapSMC));
}

TEST(initial_slots, are_sixteen, "Initial Thread's Environment")
{
    CHECK_EQ(seL4_NumInitialCaps, 16);
    CHECK(!is_empty_in_root(seL4_NumInitialCaps));
}

TEST(initial_thread, has_the_highest_maximum_priority, "Initial Thread's Environment")
{
    OK(seL4_TCB_SetPriority(make(seL4_TCBObject), copy_from_root(seL4_CapInitThreadTCB),
                            seL4_MaxPrio));
}

TEST(initial_thread, has_a_context_that_is_bound_to_it, "Initial Thread's Environment")
{
    REFUSED(seL4_SchedContext_Bind(copy_from_root(seL4_CapInitThreadSC), make(seL4_TCBObject)),
            seL4_IllegalOperation);
}

TEST(boot_info, says_the_size_of_the_cnode, "BootInfo Frame")
{
    seL4_CPtr root = copy_from_root(seL4_CapInitThreadCNode);
    seL4_Word slot_count = (seL4_Word)1 << boot_info()->initThreadCNodeSizeBits;

    CHECK_EQ(boot_info()->initThreadCNodeSizeBits, CONFIG_ROOT_CNODE_SIZE_BITS);
    REFUSED_WITH(
        seL4_Untyped_Retype(UNTYPED, seL4_EndpointObject, 0, root, 0, 0, slot_count, 1),
        seL4_RangeError, 0, slot_count - 1);
}

TEST(boot_info, says_that_we_are_node_0_of_1, "BootInfo Frame")
{
    CHECK_EQ(boot_info()->nodeID, 0);
    CHECK_EQ(boot_info()->numNodes, 1);
}

TEST(boot_info, says_that_there_is_no_iommu, "BootInfo Frame")
{
    CHECK_EQ(boot_info()->numIOPTLevels, 0);
    CHECK_EQ(count(boot_info()->ioSpaceCaps), 0);
}

TEST(boot_info, puts_the_initial_thread_in_domain_0, "BootInfo Frame")
{
    CHECK_EQ(boot_info()->initThreadDomain, 0);
}

TEST(boot_info, has_no_shared_frames, "BootInfo Frame")
{
    CHECK_EQ(count(boot_info()->sharedFrames), 0);
}

TEST(boot_info, puts_the_ipc_buffer_right_after_the_image, "BootInfo Frame")
{
    CHECK_EQ((seL4_Word)boot_info()->ipcBuffer, ((seL4_Word)_end + 4095) & ~(seL4_Word)4095);
}

TEST(boot_info, is_mapped_right_after_the_ipc_buffer, "BootInfo Frame")
{
    CHECK_EQ((seL4_Word)boot_info(), (seL4_Word)boot_info()->ipcBuffer + 4096);
}

TEST(boot_info, says_which_slots_are_empty, "BootInfo Frame")
{
    CHECK_EQ(boot_info()->empty.end, 1 << CONFIG_ROOT_CNODE_SIZE_BITS);
    CHECK(!is_empty_in_root(boot_info()->empty.start - 1));
    CHECK(is_empty_in_root(boot_info()->empty.end - 1));
}

TEST(boot_info, has_a_frame_for_each_page_of_the_image, "BootInfo Frame")
{
    seL4_Word size = (seL4_Word)_end - (seL4_Word)__executable_start;

    CHECK_EQ(count(boot_info()->userImageFrames), (size + 4095) / 4096);
}

TEST(boot_info, orders_image_frames_by_address, "BootInfo Frame")
{
    seL4_SlotPos first = boot_info()->userImageFrames.start;
    seL4_ARM_Page_GetAddress_t a = seL4_ARM_Page_GetAddress(copy_from_root(first));
    seL4_ARM_Page_GetAddress_t b = seL4_ARM_Page_GetAddress(copy_from_root(first + 1));

    OK(a.error);
    OK(b.error);
    CHECK_EQ(b.paddr, a.paddr + 4096);
}

TEST(boot_info, has_three_page_tables_for_the_image, "BootInfo Frame")
{
    /* One for each level below the VSpace; the image is smaller than a table's reach. */
    CHECK_EQ(count(boot_info()->userImagePaging), 3);
}

TEST(boot_info, has_one_sched_control, "BootInfo Frame")
{
    seL4_CPtr context = make_sized(seL4_SchedContextObject, 8);

    CHECK_EQ(count(boot_info()->schedcontrol), 1);
    OK(seL4_SchedControl_ConfigureFlags(copy_from_root(boot_info()->schedcontrol.start),
                                        context, 1000, 1000, 0, 0, 0));
}

TEST(boot_info, has_frames_for_the_extra_boot_info, "BootInfo Frame")
{
    CHECK_EQ(count(boot_info()->extraBIPages), (boot_info()->extraLen + 4095) / 4096);
}

TEST(boot_info, has_extra_chunks_that_fill_its_length, "BootInfo Frame")
{
    const char *next = (const char *)boot_info() + seL4_BootInfoFrameSize;
    seL4_Word left = boot_info()->extraLen;

    while (left != 0) {
        const seL4_BootInfoHeader *header = (const seL4_BootInfoHeader *)next;

        CHECK(header->len >= sizeof(*header));
        CHECK(header->len <= left);
        CHECK(header->id < SEL4_BOOTINFO_HEADER_NUM);
        next += header->len;
        left -= header->len;
    }
}

TEST(boot_info, has_the_device_tree, "BootInfo Frame")
{
    const seL4_BootInfoHeader *header =
        (const void *)((const char *)boot_info() + seL4_BootInfoFrameSize);
    const unsigned char *tree = (const unsigned char *)(header + 1);

    if (boot_info()->extraLen == 0) {
        skip("the loader gave the kernel no device tree");
    }
    CHECK_EQ(header->id, SEL4_BOOTINFO_HEADER_FDT);
    /* The magic number, big-endian. */
    CHECK(tree[0] == 0xd0 && tree[1] == 0x0d && tree[2] == 0xfe && tree[3] == 0xed);
}

TEST(boot_info, lists_as_many_untypeds_as_there_are, "BootInfo Frame")
{
    seL4_SlotRegion untyped = boot_info()->untyped;

    CHECK(count(untyped) > 0);
    CHECK(count(untyped) <= CONFIG_MAX_NUM_BOOTINFO_UNTYPED_CAPS);
    CHECK_EQ(untyped.end, boot_info()->empty.start);
    for (seL4_SlotPos i = untyped.start; i < untyped.end; i++) {
        CHECK(!is_empty_in_root(i));
    }
}

TEST(boot_info, aligns_each_untyped_of_memory_to_its_size, "BootInfo Frame")
{
    for (seL4_Word i = 0; i < count(boot_info()->untyped); i++) {
        const seL4_UntypedDesc *untyped = &boot_info()->untypedList[i];

        CHECK(untyped->sizeBits >= seL4_MinUntypedBits);
        CHECK(untyped->sizeBits <= seL4_MaxUntypedBits);
        CHECK(untyped->isDevice ||
              (untyped->paddr & (((seL4_Word)1 << untyped->sizeBits) - 1)) == 0);
    }
}

TEST(boot_info, lists_no_memory_twice, "BootInfo Frame")
{
    const seL4_UntypedDesc *list = boot_info()->untypedList;

    for (seL4_Word i = 0; i < count(boot_info()->untyped); i++) {
        for (seL4_Word j = 0; j < i; j++) {
            seL4_Word a = list[i].paddr;
            seL4_Word b = list[j].paddr;

            CHECK(a + ((seL4_Word)1 << list[i].sizeBits) <= b ||
                  b + ((seL4_Word)1 << list[j].sizeBits) <= a);
        }
    }
}

TEST(boot_info, lists_devices_before_memory, "BootInfo Frame")
{
    const seL4_UntypedDesc *list = boot_info()->untypedList;

    CHECK(list[0].isDevice);
    for (seL4_Word i = 1; i < count(boot_info()->untyped); i++) {
        CHECK(list[i].isDevice <= list[i - 1].isDevice);
    }
}

TEST(boot_info, says_what_is_a_device, "BootInfo Frame")
{
    seL4_SlotPos first = boot_info()->untyped.start;

    REFUSED(seL4_Untyped_Retype(copy_from_root(first), seL4_EndpointObject, 0, MY_CNODE, 0, 0,
                                slot(), 1),
            seL4_InvalidArgument);
}

TEST(boot_info, says_where_an_untyped_is, "BootInfo Frame")
{
    seL4_Word i = 0;

    while (boot_info()->untypedList[i].sizeBits < seL4_PageBits) {
        i++;
    }
    seL4_CPtr untyped = copy_from_root(boot_info()->untyped.start + i);
    seL4_SlotPos page = slot();

    OK(seL4_Untyped_Retype(untyped, seL4_ARM_SmallPageObject, 0, MY_CNODE, 0, 0, page, 1));
    CHECK_EQ(seL4_ARM_Page_GetAddress(page).paddr, boot_info()->untypedList[i].paddr);
}

TEST(boot_info, gives_almost_all_memory_away, "Kernel Memory Allocation")
{
    seL4_Word bytes = 0;

    for (seL4_Word i = 0; i < count(boot_info()->untyped); i++) {
        const seL4_UntypedDesc *untyped = &boot_info()->untypedList[i];

        bytes += untyped->isDevice ? 0 : (seL4_Word)1 << untyped->sizeBits;
    }
    /* 2 GiB, less what kernel and initial thread take. */
    CHECK(bytes > (seL4_Word)2040 << 20);
    CHECK(bytes < (seL4_Word)2048 << 20);
}
