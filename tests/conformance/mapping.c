/*
 * What a mapping allows, and how long it lasts: rights, attributes, copies, deletion.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "vspace_help.h"

/* A64 instructions. */
#define RETURN 0xd65f03c0u

/* A new page at WINDOW with these rights and attributes. */
static seL4_CPtr mapped_with(seL4_CapRights_t rights, seL4_ARM_VMAttributes attributes)
{
    seL4_CPtr page = make(seL4_ARM_SmallPageObject);

    window_table();
    OK(seL4_ARM_Page_Map(page, MY_VSPACE, WINDOW, rights, attributes));
    return page;
}

static struct prober the_prober(void)
{
    struct prober prober;

    prober_make(&prober);
    return prober;
}

/* Does an access to WINDOW fault? */
static void expect_fault(enum access access)
{
    struct prober prober = the_prober();

    CHECK_EQ(probe(&prober, access, WINDOW), seL4_Fault_VMFault);
    CHECK_EQ(seL4_GetMR(seL4_VMFault_Addr), WINDOW);
}

static void expect_access(enum access access)
{
    struct prober prober = the_prober();

    CHECK_EQ(probe(&prober, access, WINDOW), seL4_Fault_NullFault);
}

TEST(mapping, can_be_for_reading_only, "Page")
{
    mapped_with(seL4_CanRead, MAP_ATTRIBUTES);
    expect_fault(WRITE);
}

TEST(mapping, for_reading_can_be_read, "Page")
{
    mapped_with(seL4_CanRead, MAP_ATTRIBUTES);
    expect_access(READ);
}

TEST(mapping, for_writing_only_cannot_be_read, "Page")
{
    mapped_with(seL4_CanWrite, MAP_ATTRIBUTES);
    expect_fault(READ);
}

TEST(mapping, for_writing_only_cannot_be_written, "Page")
{
    mapped_with(seL4_CanWrite, MAP_ATTRIBUTES);
    expect_fault(WRITE);
}

TEST(mapping, without_rights_cannot_be_read, "Page")
{
    mapped_with(seL4_NoRights, MAP_ATTRIBUTES);
    expect_fault(READ);
}

/* The same with the rights of the capability. */
static void map_with_capability_of(seL4_CapRights_t rights)
{
    seL4_CPtr page = copy_with_rights(make(seL4_ARM_SmallPageObject), rights);

    window_table();
    OK(page_map(page, WINDOW));
}

TEST(mapping, has_no_right_that_the_capability_lacks, "Page")
{
    map_with_capability_of(seL4_CanRead);
    expect_fault(WRITE);
}

TEST(mapping, through_a_reader_can_be_read, "Page")
{
    map_with_capability_of(seL4_CanRead);
    expect_access(READ);
}

TEST(mapping, through_a_capability_without_rights_cannot_be_read, "Page")
{
    map_with_capability_of(seL4_NoRights);
    expect_fault(READ);
}

TEST(mapping, through_a_writer_cannot_be_read, "Page")
{
    map_with_capability_of(seL4_CanWrite);
    expect_fault(READ);
}

TEST(mapping, loses_a_right_when_mapped_again, "Mapping Attributes")
{
    seL4_CPtr page = mapped_with(seL4_AllRights, MAP_ATTRIBUTES);

    *words_at(WINDOW) = 1;
    OK(seL4_ARM_Page_Map(page, MY_VSPACE, WINDOW, seL4_CanRead, MAP_ATTRIBUTES));
    expect_fault(WRITE);
}

TEST(mapping, gains_a_right_when_mapped_again, "Mapping Attributes")
{
    seL4_CPtr page = mapped_with(seL4_CanRead, MAP_ATTRIBUTES);

    OK(page_map(page, WINDOW));
    expect_access(WRITE);
}

static void put_code(void)
{
    *(volatile uint32_t *)WINDOW = RETURN;
}

TEST(mapping, can_be_executed, "Mapping Attributes")
{
    seL4_CPtr page = mapped_with(seL4_AllRights, MAP_ATTRIBUTES);

    put_code();
    OK(seL4_ARM_Page_Unify_Instruction(page, 0, PAGE_SIZE));
    expect_access(EXECUTE);
}

TEST(mapping, for_reading_only_can_be_executed, "Mapping Attributes")
{
    seL4_CPtr page = mapped_with(seL4_AllRights, MAP_ATTRIBUTES);

    put_code();
    OK(seL4_ARM_Page_Unify_Instruction(page, 0, PAGE_SIZE));
    OK(seL4_ARM_Page_Map(page, MY_VSPACE, WINDOW, seL4_CanRead, MAP_ATTRIBUTES));
    expect_access(EXECUTE);
}

TEST(mapping, with_execute_never_faults_on_a_fetch, "Mapping Attributes")
{
    mapped_with(seL4_AllRights, MAP_ATTRIBUTES | seL4_ARM_ExecuteNever);
    put_code();
    expect_fault(EXECUTE);
    CHECK_EQ(seL4_GetMR(seL4_VMFault_PrefetchFault), 1);
}

TEST(mapping, with_execute_never_can_be_written, "Mapping Attributes")
{
    mapped_with(seL4_AllRights, MAP_ATTRIBUTES | seL4_ARM_ExecuteNever);
    expect_access(WRITE);
}

TEST(mapping, becomes_executable_when_mapped_again, "Mapping Attributes")
{
    seL4_CPtr page = mapped_with(seL4_AllRights, MAP_ATTRIBUTES | seL4_ARM_ExecuteNever);

    put_code();
    OK(seL4_ARM_Page_Unify_Instruction(page, 0, PAGE_SIZE));
    OK(page_map(page, WINDOW));
    expect_access(EXECUTE);
}

TEST(mapping, stops_being_executable_when_mapped_again, "Mapping Attributes")
{
    struct prober prober = the_prober();
    seL4_CPtr page = mapped_with(seL4_AllRights, MAP_ATTRIBUTES);

    put_code();
    OK(seL4_ARM_Page_Unify_Instruction(page, 0, PAGE_SIZE));
    CHECK_EQ(probe(&prober, EXECUTE, WINDOW), seL4_Fault_NullFault);
    OK(seL4_ARM_Page_Map(page, MY_VSPACE, WINDOW, seL4_AllRights,
                         MAP_ATTRIBUTES | seL4_ARM_ExecuteNever));
    CHECK_EQ(probe(&prober, EXECUTE, WINDOW), seL4_Fault_VMFault);
}

TEST(mapping, can_be_without_cache, "Mapping Attributes")
{
    mapped_with(seL4_AllRights, (seL4_ARM_VMAttributes)0);
    *words_at(WINDOW) = 0x5e14;
    CHECK_EQ(*words_at(WINDOW), 0x5e14);
}

TEST(mapping, ends_when_the_capability_is_deleted, "Deletion and Revocation")
{
    struct prober prober = the_prober();
    seL4_CPtr page = window_page();

    CHECK_EQ(probe(&prober, READ, WINDOW), seL4_Fault_NullFault);
    OK(seL4_CNode_Delete(AT(page)));
    CHECK_EQ(probe(&prober, READ, WINDOW), seL4_Fault_VMFault);
}

TEST(mapping, of_a_copy_ends_when_the_original_is_revoked, "Deletion and Revocation")
{
    struct prober prober = the_prober();
    seL4_CPtr page = make(seL4_ARM_SmallPageObject);

    window_table();
    OK(page_map(copy_of(page), WINDOW));
    CHECK_EQ(probe(&prober, READ, WINDOW), seL4_Fault_NullFault);
    OK(seL4_CNode_Revoke(AT(page)));
    CHECK_EQ(probe(&prober, READ, WINDOW), seL4_Fault_VMFault);
}

TEST(mapping, ends_when_its_untyped_is_revoked, "Reusing Memory")
{
    struct prober prober = the_prober();
    seL4_CPtr page = slot();

    window_table();
    OK(seL4_Untyped_Retype(SPARE_UNTYPED, seL4_ARM_SmallPageObject, 0, MY_CNODE, 0, 0, page,
                           1));
    OK(page_map(page, WINDOW));
    CHECK_EQ(probe(&prober, READ, WINDOW), seL4_Fault_NullFault);
    OK(seL4_CNode_Revoke(AT(SPARE_UNTYPED)));
    CHECK_EQ(probe(&prober, READ, WINDOW), seL4_Fault_VMFault);
}

TEST(mapping, of_the_original_survives_a_revoke, "Deletion and Revocation")
{
    seL4_CPtr page = window_page();

    copy_of(page);
    OK(seL4_CNode_Revoke(AT(page)));
    *words_at(WINDOW) = 0x5e14;
}

TEST(mapping, survives_the_deletion_of_a_copy, "Sharing Memory")
{
    seL4_CPtr copy = copy_of(window_page());

    OK(seL4_CNode_Delete(AT(copy)));
    *words_at(WINDOW) = 0x5e14;
}

TEST(mapping, moves_with_the_capability, "CNode Methods")
{
    seL4_CPtr moved = slot();

    OK(seL4_CNode_Move(AT(moved), AT(window_page())));
    REFUSED_WITH(page_map(moved, WINDOW + PAGE_SIZE), seL4_InvalidArgument, 0);
}

TEST(mapping, ends_with_its_page_table, "Deletion and Revocation")
{
    struct prober prober = the_prober();
    seL4_CPtr table = window_table();

    OK(page_map(make(seL4_ARM_SmallPageObject), WINDOW));
    CHECK_EQ(probe(&prober, READ, WINDOW), seL4_Fault_NullFault);
    OK(seL4_CNode_Delete(AT(table)));
    CHECK_EQ(probe(&prober, READ, WINDOW), seL4_Fault_VMFault);
}

TEST(mapping, that_is_stale_can_be_made_again, "seL4_ARM_Page_Map")
{
    seL4_CPtr table = window_table();
    seL4_CPtr page = make(seL4_ARM_SmallPageObject);

    OK(page_map(page, WINDOW));
    OK(seL4_ARM_PageTable_Unmap(table));
    tables_map(MY_VSPACE, WINDOW, 1);
    OK(page_map(page, WINDOW));
    *words_at(WINDOW) = 0x5e14;
}

TEST(mapping, that_is_stale_still_has_its_address, "seL4_ARM_Page_Map")
{
    seL4_CPtr table = window_table();
    seL4_CPtr page = make(seL4_ARM_SmallPageObject);

    OK(page_map(page, WINDOW));
    OK(seL4_ARM_PageTable_Unmap(table));
    tables_map(MY_VSPACE, WINDOW, 1);
    REFUSED_WITH(page_map(page, WINDOW + PAGE_SIZE), seL4_InvalidArgument, 0);
}

TEST(mapping, that_is_stale_can_be_unmapped, "seL4_ARM_Page_Unmap")
{
    seL4_CPtr table = window_table();
    seL4_CPtr page = make(seL4_ARM_SmallPageObject);

    OK(page_map(page, WINDOW));
    OK(seL4_ARM_PageTable_Unmap(table));
    OK(seL4_ARM_Page_Unmap(page));
    tables_map(MY_VSPACE, WINDOW, 1);
    OK(page_map(page, WINDOW + PAGE_SIZE));
}

TEST(mapping, goes_stale_when_its_vspace_is_deleted, "Deletion and Revocation")
{
    seL4_CPtr vspace = vspace_make();
    seL4_CPtr page = make(seL4_ARM_SmallPageObject);

    tables_map(vspace, WINDOW, 3);
    OK(seL4_ARM_Page_Map(page, vspace, WINDOW, seL4_AllRights, MAP_ATTRIBUTES));
    OK(seL4_CNode_Delete(AT(vspace)));
    window_table();
    REFUSED_WITH(page_map(page, WINDOW), seL4_InvalidCapability, 1);
}

TEST(mapping, in_a_deleted_vspace_can_be_unmapped, "Deletion and Revocation")
{
    seL4_CPtr vspace = vspace_make();
    seL4_CPtr page = make(seL4_ARM_SmallPageObject);

    tables_map(vspace, WINDOW, 3);
    OK(seL4_ARM_Page_Map(page, vspace, WINDOW, seL4_AllRights, MAP_ATTRIBUTES));
    OK(seL4_CNode_Delete(AT(vspace)));
    OK(seL4_ARM_Page_Unmap(page));
    window_table();
    OK(page_map(page, WINDOW));
}

TEST(mapping, reports_where_the_fault_was, "VM Fault")
{
    struct prober prober = the_prober();

    CHECK_EQ(probe(&prober, READ, WINDOW + 24), seL4_Fault_VMFault);
    CHECK_EQ(seL4_GetMR(seL4_VMFault_Addr), WINDOW + 24);
}

TEST(mapping, reports_that_a_read_is_no_fetch, "VM Fault")
{
    struct prober prober = the_prober();

    CHECK_EQ(probe(&prober, READ, WINDOW), seL4_Fault_VMFault);
    CHECK_EQ(seL4_GetMR(seL4_VMFault_PrefetchFault), 0);
}

TEST(mapping, reports_a_fault_on_addresses_of_the_kernel, "VM Fault")
{
    struct prober prober = the_prober();

    CHECK_EQ(probe(&prober, READ, 0xffffff8040000000ul), seL4_Fault_VMFault);
}

TEST(mapping, lets_a_faulting_thread_go_on_once_it_is_there, "VM Fault")
{
    struct prober prober = the_prober();
    seL4_CPtr page = make(seL4_ARM_SmallPageObject);

    CHECK_EQ(probe(&prober, WRITE, WINDOW), seL4_Fault_VMFault);
    window_table();
    OK(page_map(page, WINDOW));
    seL4_Send(prober.reply, seL4_MessageInfo_new(0, 0, 0, 0));
    CHECK(prober.thread->is_done);
}
