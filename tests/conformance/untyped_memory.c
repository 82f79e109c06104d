/*
 * Where seL4_Untyped_Retype puts objects: the watermark, alignment, and starting afresh.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/arch/rt/vspace.h>

#include "conformance.h"

static seL4_SlotPos retype(seL4_CPtr untyped, seL4_Word type, seL4_Word size_bits)
{
    seL4_SlotPos to = slot();

    OK(seL4_Untyped_Retype(untyped, type, size_bits, MY_CNODE, 0, 0, to, 1));
    return to;
}

static seL4_Word address_of(seL4_CPtr page)
{
    seL4_ARM_Page_GetAddress_t result = seL4_ARM_Page_GetAddress(page);

    OK(result.error);
    return result.paddr;
}

/* An address where the test may map a page: its page tables are made here. */
static seL4_Word window(void)
{
    const seL4_Word vaddr = 0x7fc0000000; /* in an empty 1 GiB */

    for (;;) {
        seL4_CPtr table = make(SK_ARCH_PAGE_TABLE_OBJECT);

        if (sk_arch_page_table_map(table, MY_VSPACE, vaddr) == seL4_DeleteFirst) {
            return vaddr;
        }
    }
}

TEST(untyped_memory, is_allocated_at_a_watermark, "Reusing Memory")
{
    seL4_CPtr untyped = make_sized(seL4_UntypedObject, 14);
    seL4_Word first = address_of(retype(untyped, seL4_ARM_SmallPageObject, 0));

    CHECK_EQ(address_of(retype(untyped, seL4_ARM_SmallPageObject, 0)), first + 4096);
    CHECK_EQ(address_of(retype(untyped, seL4_ARM_SmallPageObject, 0)), first + 8192);
}

TEST(untyped_memory, is_given_out_in_order_to_a_row_of_objects, "Reusing Memory")
{
    seL4_CPtr untyped = make_sized(seL4_UntypedObject, 14);
    seL4_SlotPos pages = slots(4);

    OK(seL4_Untyped_Retype(untyped, seL4_ARM_SmallPageObject, 0, MY_CNODE, 0, 0, pages, 4));
    for (seL4_Word i = 1; i < 4; i++) {
        CHECK_EQ(address_of(pages + i), address_of(pages) + 4096 * i);
    }
}

TEST(untyped_memory, aligns_objects_to_their_size, "Kernel Memory Allocation")
{
    seL4_CPtr untyped = make_sized(seL4_UntypedObject, 14);

    retype(untyped, seL4_EndpointObject, 0);
    CHECK_EQ(address_of(retype(untyped, seL4_ARM_SmallPageObject, 0)) % 4096, 0);
}

TEST(untyped_memory, is_lost_to_alignment, "Kernel Memory Allocation")
{
    seL4_CPtr untyped = make_sized(seL4_UntypedObject, 14);

    retype(untyped, seL4_EndpointObject, 0);
    retype(untyped, seL4_ARM_SmallPageObject, 0);
    CHECK_EQ(bytes_left(untyped), 8192);
}

TEST(untyped_memory, goes_on_after_a_deleted_object, "Reusing Memory")
{
    seL4_CPtr untyped = make_sized(seL4_UntypedObject, 14);
    seL4_SlotPos first = retype(untyped, seL4_ARM_SmallPageObject, 0);
    seL4_SlotPos second = retype(untyped, seL4_ARM_SmallPageObject, 0);

    OK(seL4_CNode_Delete(AT(first)));
    CHECK_EQ(address_of(retype(untyped, seL4_ARM_SmallPageObject, 0)),
             address_of(second) + 4096);
}

TEST(untyped_memory, starts_afresh_when_all_objects_are_deleted, "Reusing Memory")
{
    seL4_CPtr untyped = make_sized(seL4_UntypedObject, 14);
    seL4_SlotPos first = retype(untyped, seL4_ARM_SmallPageObject, 0);
    seL4_Word address = address_of(first);

    OK(seL4_CNode_Delete(AT(first)));
    CHECK_EQ(address_of(retype(untyped, seL4_ARM_SmallPageObject, 0)), address);
}

TEST(untyped_memory, starts_afresh_after_a_revoke, "Reusing Memory")
{
    seL4_CPtr untyped = make_sized(seL4_UntypedObject, 14);
    seL4_Word address = address_of(retype(untyped, seL4_ARM_SmallPageObject, 0));

    OK(seL4_CNode_Revoke(AT(untyped)));
    CHECK_EQ(address_of(retype(untyped, seL4_ARM_SmallPageObject, 0)), address);
}

TEST(untyped_memory, is_zero_in_a_new_page, "Reusing Memory")
{
    seL4_CPtr page = make(seL4_ARM_SmallPageObject);
    const volatile seL4_Word *word = (const volatile seL4_Word *)window();

    OK(sk_arch_page_map(page, MY_VSPACE, (seL4_Word)word, seL4_ReadWrite));
    for (int i = 0; i < 512; i++) {
        CHECK_EQ(word[i], 0);
    }
}

TEST(untyped_memory, is_zeroed_when_it_is_used_again, "Reusing Memory")
{
    seL4_CPtr untyped = make_sized(seL4_UntypedObject, 13);
    seL4_CPtr page = retype(untyped, seL4_ARM_SmallPageObject, 0);
    volatile seL4_Word *word = (volatile seL4_Word *)window();

    OK(sk_arch_page_map(page, MY_VSPACE, (seL4_Word)word, seL4_ReadWrite));
    word[7] = 0x1234;
    OK(seL4_CNode_Delete(AT(page)));
    page = retype(untyped, seL4_ARM_SmallPageObject, 0);
    OK(sk_arch_page_map(page, MY_VSPACE, (seL4_Word)word, seL4_ReadWrite));
    CHECK_EQ(word[7], 0);
}

TEST(untyped_memory, is_taken_in_whole_pieces_by_inner_untypeds, "Reusing Memory")
{
    seL4_CPtr outer = make_sized(seL4_UntypedObject, 14);
    seL4_CPtr inner = retype(outer, seL4_UntypedObject, 13);

    CHECK_EQ(bytes_left(outer), 8192);
    retype(inner, seL4_TCBObject, 0);
    CHECK_EQ(bytes_left(outer), 8192);
}

TEST(untyped_memory, of_an_inner_untyped_lies_in_the_outer, "Kernel Memory Allocation")
{
    seL4_CPtr outer = make_sized(seL4_UntypedObject, 14);
    seL4_Word start = address_of(retype(outer, seL4_ARM_SmallPageObject, 0));
    seL4_CPtr inner = retype(outer, seL4_UntypedObject, 13);

    CHECK_EQ(address_of(retype(inner, seL4_ARM_SmallPageObject, 0)), start + 8192);
}

TEST(untyped_memory, is_not_given_out_twice_to_a_copy, "Reusing Memory")
{
    seL4_CPtr untyped = make_sized(seL4_UntypedObject, 13);

    copy_of(untyped);
    /* The copy can make objects, so the original has nothing to give. */
    REFUSED_WITH(
        seL4_Untyped_Retype(untyped, seL4_EndpointObject, 0, MY_CNODE, 0, 0, slot(), 1),
        seL4_NotEnoughMemory, 0);
}

TEST(untyped_memory, comes_back_when_a_copy_is_deleted, "Reusing Memory")
{
    seL4_CPtr untyped = make_sized(seL4_UntypedObject, 13);
    seL4_CPtr copy = copy_of(untyped);

    OK(seL4_CNode_Delete(AT(copy)));
    CHECK_EQ(bytes_left(untyped), 8192);
    retype(untyped, seL4_TCBObject, 0);
}

TEST(untyped_memory, of_a_large_untyped_is_reset, "Reusing Memory")
{
    seL4_CPtr untyped = make_sized(seL4_UntypedObject, 21);
    seL4_CPtr page = retype(untyped, seL4_ARM_LargePageObject, 0);

    OK(seL4_CNode_Delete(AT(page)));
    retype(untyped, seL4_ARM_LargePageObject, 0);
}

TEST(untyped_memory, of_a_device_is_allocated_at_a_watermark, "Kernel Memory Allocation")
{
    seL4_Word first = address_of(retype(DEVICE_UNTYPED, seL4_ARM_SmallPageObject, 0));

    CHECK_EQ(address_of(retype(DEVICE_UNTYPED, seL4_ARM_SmallPageObject, 0)), first + 4096);
}
