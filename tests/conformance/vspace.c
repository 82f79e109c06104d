/*
 * Cache maintenance of pages (seL4_ARM_Page_Clean_Data and so on) and of VSpaces
 * (seL4_ARM_VSpace_Clean_Data and so on). The four methods of each check alike, so their
 * tests are made by macros.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "vspace_help.h"

/* --- pages ----------------------------------------------------------------------------- */

static seL4_CPtr unmapped_page(void)
{
    return make(seL4_ARM_SmallPageObject);
}

/* A page whose VSpace has been deleted. */
static seL4_CPtr stale_page(void)
{
    seL4_CPtr vspace = vspace_make();
    seL4_CPtr page = make(seL4_ARM_SmallPageObject);

    tables_map(vspace, WINDOW, 3);
    OK(seL4_ARM_Page_Map(page, vspace, WINDOW, seL4_AllRights, MAP_ATTRIBUTES));
    OK(seL4_CNode_Delete(AT(vspace)));
    return page;
}

#define PAGE_TESTS(object, method)                                                            \
    TEST(object, works_on_a_whole_page, #method)                                              \
    {                                                                                         \
        OK(method(window_page(), 0, PAGE_SIZE));                                              \
    }                                                                                         \
    TEST(object, works_on_part_of_a_page, #method)                                            \
    {                                                                                         \
        OK(method(window_page(), 100, 200));                                                  \
    }                                                                                         \
    TEST(object, refuses_a_page_that_is_not_mapped, #method)                                  \
    {                                                                                         \
        REFUSED(method(unmapped_page(), 0, PAGE_SIZE), seL4_IllegalOperation);                \
    }                                                                                         \
    TEST(object, refuses_a_page_of_a_deleted_vspace, #method)                                 \
    {                                                                                         \
        REFUSED_WITH(method(stale_page(), 0, PAGE_SIZE), seL4_FailedLookup, 0,                \
                     seL4_InvalidRoot);                                                       \
    }                                                                                         \
    TEST(object, refuses_a_page_whose_mapping_is_replaced, #method)                           \
    {                                                                                         \
        seL4_CPtr page = window_page();                                                       \
                                                                                              \
        OK(page_map(unmapped_page(), WINDOW));                                                \
        REFUSED_WITH(method(page, 0, PAGE_SIZE), seL4_InvalidCapability, 0);                  \
    }                                                                                         \
    TEST(object, refuses_an_empty_slot, "Invalid Capability")                                 \
    {                                                                                         \
        REFUSED_WITH(method(slot(), 0, PAGE_SIZE), seL4_InvalidCapability, 0);                \
    }                                                                                         \
    TEST(object, refuses_an_empty_range, #method)                                             \
    {                                                                                         \
        REFUSED_WITH(method(window_page(), 64, 64), seL4_InvalidArgument, 1);                 \
    }                                                                                         \
    TEST(object, refuses_a_start_beyond_the_page, #method)                                    \
    {                                                                                         \
        REFUSED_WITH(method(window_page(), PAGE_SIZE, PAGE_SIZE + 64), seL4_InvalidArgument,  \
                     0);                                                                      \
    }                                                                                         \
    TEST(object, refuses_an_end_beyond_the_page, #method)                                     \
    {                                                                                         \
        REFUSED_WITH(method(window_page(), 0, PAGE_SIZE + 1), seL4_InvalidArgument, 0);       \
    }                                                                                         \
    TEST(object, refuses_a_short_message, "Truncated Message")                                \
    {                                                                                         \
        REFUSED(invoke(window_page(), ARMPage##object##_label, 0, 1), seL4_TruncatedMessage); \
    }

#define ARMPagepage_clean_label            ARMPageClean_Data
#define ARMPagepage_invalidate_label       ARMPageInvalidate_Data
#define ARMPagepage_clean_invalidate_label ARMPageCleanInvalidate_Data
#define ARMPagepage_unify_label            ARMPageUnify_Instruction

PAGE_TESTS(page_clean, seL4_ARM_Page_Clean_Data)
PAGE_TESTS(page_invalidate, seL4_ARM_Page_Invalidate_Data)
PAGE_TESTS(page_clean_invalidate, seL4_ARM_Page_CleanInvalidate_Data)
PAGE_TESTS(page_unify, seL4_ARM_Page_Unify_Instruction)

TEST(page_clean, works_for_a_reader, "seL4_ARM_Page_Clean_Data")
{
    seL4_CPtr page = copy_with_rights(unmapped_page(), seL4_CanRead);

    window_table();
    OK(page_map(page, WINDOW));
    OK(seL4_ARM_Page_Clean_Data(page, 0, PAGE_SIZE));
}

/* The device page may well be at physical address 0, which an empty entry names too. */
TEST(page_clean, refuses_a_page_whose_place_is_empty_again, "seL4_ARM_Page_Clean_Data")
{
    seL4_SlotPos page = slot();
    seL4_CPtr other = unmapped_page();

    OK(seL4_Untyped_Retype(DEVICE_UNTYPED, seL4_ARM_SmallPageObject, 0, MY_CNODE, 0, 0, page,
                           1));
    window_table();
    OK(page_map(page, WINDOW));
    OK(page_map(other, WINDOW));
    OK(seL4_ARM_Page_Unmap(other));
    REFUSED_WITH(seL4_ARM_Page_Clean_Data(page, 0, PAGE_SIZE), seL4_InvalidCapability, 0);
}

TEST(page_clean, keeps_what_was_written, "seL4_ARM_Page_Clean_Data")
{
    seL4_CPtr page = window_page();

    *words_at(WINDOW) = 0x5e14;
    OK(seL4_ARM_Page_Clean_Data(page, 0, PAGE_SIZE));
    CHECK_EQ(*words_at(WINDOW), 0x5e14);
}

/* --- VSpaces --------------------------------------------------------------------------- */

#define VSPACE_TESTS(object, method)                                                         \
    TEST(object, works_on_a_mapped_page, #method)                                            \
    {                                                                                        \
        window_page();                                                                       \
        OK(method(MY_VSPACE, WINDOW, WINDOW + PAGE_SIZE));                                   \
    }                                                                                        \
    TEST(object, accepts_addresses_that_nothing_is_mapped_at, #method)                       \
    {                                                                                        \
        OK(method(MY_VSPACE, WINDOW, WINDOW + PAGE_SIZE));                                   \
    }                                                                                        \
    TEST(object, refuses_a_range_of_two_pages, #method)                                      \
    {                                                                                        \
        window_page();                                                                       \
        REFUSED_WITH(method(MY_VSPACE, WINDOW, WINDOW + PAGE_SIZE + 1), seL4_RangeError,     \
                     WINDOW, WINDOW + PAGE_SIZE - 1);                                        \
    }                                                                                        \
    TEST(object, refuses_an_empty_range, #method)                                            \
    {                                                                                        \
        REFUSED_WITH(method(MY_VSPACE, WINDOW, WINDOW), seL4_InvalidArgument, 1);            \
    }                                                                                        \
    TEST(object, refuses_addresses_of_the_kernel, #method)                                   \
    {                                                                                        \
        REFUSED(method(MY_VSPACE, seL4_UserTop - PAGE_SIZE, seL4_UserTop + 2),               \
                seL4_IllegalOperation);                                                      \
    }                                                                                        \
    TEST(object, refuses_a_vspace_without_identifier, #method)                               \
    {                                                                                        \
        REFUSED_WITH(method(make(seL4_ARM_VSpaceObject), WINDOW, WINDOW + PAGE_SIZE),        \
                     seL4_InvalidCapability, 0);                                             \
    }                                                                                        \
    TEST(object, refuses_a_vspace_whose_pool_is_gone, #method)                               \
    {                                                                                        \
        REFUSED_WITH(method(vspace_orphan(), WINDOW, WINDOW + PAGE_SIZE), seL4_FailedLookup, \
                     0, seL4_InvalidRoot);                                                   \
    }                                                                                        \
    TEST(object, refuses_an_empty_slot, "Invalid Capability")                                \
    {                                                                                        \
        REFUSED_WITH(method(slot(), WINDOW, WINDOW + PAGE_SIZE), seL4_InvalidCapability, 0); \
    }                                                                                        \
    TEST(object, refuses_a_short_message, "Truncated Message")                               \
    {                                                                                        \
        REFUSED(invoke(MY_VSPACE, ARM##object##_label, 0, 1), seL4_TruncatedMessage);        \
    }                                                                                        \
    TEST(object, is_illegal_for_a_page_table, "Illegal Operation")                           \
    {                                                                                        \
        REFUSED(method(window_table(), WINDOW, WINDOW + PAGE_SIZE), seL4_IllegalOperation);  \
    }

#define ARMvspace_clean_label            ARMVSpaceClean_Data
#define ARMvspace_invalidate_label       ARMVSpaceInvalidate_Data
#define ARMvspace_clean_invalidate_label ARMVSpaceCleanInvalidate_Data
#define ARMvspace_unify_label            ARMVSpaceUnify_Instruction

VSPACE_TESTS(vspace_clean, seL4_ARM_VSpace_Clean_Data)
VSPACE_TESTS(vspace_invalidate, seL4_ARM_VSpace_Invalidate_Data)
VSPACE_TESTS(vspace_clean_invalidate, seL4_ARM_VSpace_CleanInvalidate_Data)
VSPACE_TESTS(vspace_unify, seL4_ARM_VSpace_Unify_Instruction)

TEST(vspace_clean, works_inside_a_large_page, "seL4_ARM_VSpace_Clean_Data")
{
    seL4_CPtr page = make(seL4_ARM_LargePageObject);

    tables_map(MY_VSPACE, WINDOW, 1);
    OK(page_map(page, WINDOW));
    OK(seL4_ARM_VSpace_Clean_Data(MY_VSPACE, WINDOW, WINDOW + LARGE_PAGE_SIZE));
}

TEST(vspace_clean, refuses_a_vspace_whose_identifier_another_has, "seL4_ARM_VSpace_Clean_Data")
{
    seL4_CPtr old = vspace_orphan();

    OK(seL4_ARM_ASIDPool_Assign(pool_make(), make(seL4_ARM_VSpaceObject)));
    REFUSED_WITH(seL4_ARM_VSpace_Clean_Data(old, WINDOW, WINDOW + PAGE_SIZE),
                 seL4_InvalidCapability, 0);
}

/* What has been written would be lost, so these take a mapping that may write. */

static seL4_CPtr read_only_page(void)
{
    seL4_CPtr page = make(seL4_ARM_SmallPageObject);

    window_table();
    OK(seL4_ARM_Page_Map(page, MY_VSPACE, WINDOW, seL4_CanRead, MAP_ATTRIBUTES));
    return page;
}

TEST(page_invalidate, refuses_a_page_mapped_to_be_read, "seL4_ARM_Page_Invalidate_Data")
{
    REFUSED(seL4_ARM_Page_Invalidate_Data(read_only_page(), 0, PAGE_SIZE),
            seL4_IllegalOperation);
}

TEST(page_clean_invalidate, works_on_a_page_mapped_to_be_read,
     "seL4_ARM_Page_CleanInvalidate_Data")
{
    OK(seL4_ARM_Page_CleanInvalidate_Data(read_only_page(), 0, PAGE_SIZE));
}

TEST(vspace_invalidate, refuses_a_page_mapped_to_be_read, "seL4_ARM_VSpace_Invalidate_Data")
{
    read_only_page();
    REFUSED(seL4_ARM_VSpace_Invalidate_Data(MY_VSPACE, WINDOW, WINDOW + PAGE_SIZE),
            seL4_IllegalOperation);
}
