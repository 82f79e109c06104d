/*
 * Where faults go: the handler's capability.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "ipc_help.h"

#define NOWHERE ((seL4_Word)0x20000000)

static seL4_Error set_handler_with(seL4_CapRights_t rights)
{
    seL4_CPtr handler = copy_with_rights(make(seL4_EndpointObject), rights);

    return (seL4_Error)seL4_TCB_SetSpace(make(seL4_TCBObject), handler, MY_CNODE, 0, MY_VSPACE,
                                         0);
}

TEST(fault_handler, can_be_an_endpoint_with_write_and_grant, "Exceptions")
{
    OK(set_handler_with(seL4_CapRights_new(0, 1, 0, 1)));
}

TEST(fault_handler, can_be_an_endpoint_with_write_and_grant_reply, "Exceptions")
{
    OK(set_handler_with(seL4_CapRights_new(1, 0, 0, 1)));
}

TEST(fault_handler, cannot_be_an_endpoint_without_the_write_right, "Exceptions")
{
    REFUSED_WITH(set_handler_with(seL4_CapRights_new(1, 1, 1, 0)), seL4_InvalidCapability, 1);
}

TEST(fault_handler, cannot_be_an_endpoint_without_grant_rights, "Exceptions")
{
    REFUSED_WITH(set_handler_with(seL4_CapRights_new(0, 0, 1, 1)), seL4_InvalidCapability, 1);
}

TEST(fault_handler, cannot_be_another_object, "Exceptions")
{
    REFUSED_WITH(seL4_TCB_SetSpace(make(seL4_TCBObject), make(seL4_NotificationObject),
                                   MY_CNODE, 0, MY_VSPACE, 0),
                 seL4_InvalidCapability, 1);
}

TEST(fault_handler, sees_the_badge_of_its_capability, "Exceptions")
{
    struct machine machine = machine_make(CODE(UNDEFINED));

    set_handler(machine.thread, badged(machine.endpoint, 0xfedcba9876543210));
    machine_start(&machine, 0);
    CHECK_EQ(take(machine.endpoint), 0xfedcba9876543210);
}

/* Answered by a handler with these rights, the thread faults again. */
static void expect_answer_with(seL4_CapRights_t rights)
{
    struct machine machine = machine_make(CODE(UNDEFINED));
    seL4_SlotPos handler = slot();

    OK(seL4_CNode_Mint(AT(handler), AT(machine.endpoint), rights, 12));
    set_handler(machine.thread, handler);
    machine_start(&machine, 0);
    machine_fault(&machine, seL4_Fault_UserException, seL4_UserException_Length);
    seL4_Send(machine.reply, message(0));
    CHECK_EQ(take(machine.endpoint), 12);
}

TEST(fault_handler, can_answer_with_the_grant_right, "Exceptions")
{
    expect_answer_with(seL4_CapRights_new(0, 1, 0, 1));
}

TEST(fault_handler, can_answer_with_the_grant_reply_right, "Exceptions")
{
    expect_answer_with(seL4_CapRights_new(1, 0, 0, 1));
}

TEST(fault_handler, is_set_by_set_sched_params_as_well, "Exceptions")
{
    struct machine machine = machine_make(CODE(UNDEFINED));

    OK(seL4_TCB_SetSchedParams(machine.thread->tcb, MY_TCB, TEST_MCP, PEER_PRIORITY,
                               machine.thread->context, badged(machine.endpoint, 12)));
    machine_start(&machine, 0);
    CHECK_EQ(take(machine.endpoint), 12);
}

TEST(fault_handler, is_a_copy_of_the_capability_given, "Exceptions")
{
    struct machine machine = machine_make(CODE(UNDEFINED));
    seL4_CPtr given = badged(machine.endpoint, 12);

    set_handler(machine.thread, given);
    OK(seL4_CNode_Delete(AT(given)));
    machine_start(&machine, 0);
    CHECK_EQ(take(machine.endpoint), 12);
}

TEST(fault_handler, goes_when_its_endpoint_is_revoked, "Deletion and Revocation")
{
    struct machine machine = machine_make(CODE(UNDEFINED));

    OK(seL4_CNode_Revoke(AT(machine.endpoint)));
    machine_start(&machine, 0);
    CHECK_EQ(take(machine.endpoint), 0);
}

TEST(fault_handler, that_is_null_stops_the_thread_at_a_fault, "Standard Exceptions")
{
    struct machine machine = machine_make(CODE(NOP, UNDEFINED));

    set_handler(machine.thread, seL4_CapNull);
    machine_start(&machine, 0);
    settle();
    CHECK_EQ(registers_of(machine.thread).pc, PAGE_ADDRESS + 4);
}

TEST(fault_handler, that_is_null_lets_the_thread_be_resumed, "Standard Exceptions")
{
    struct machine machine = machine_make(CODE(LOAD, UNDEFINED));

    set_handler(machine.thread, seL4_CapNull);
    machine_start(&machine, NEXT_PAGE);
    map_page_at(NEXT_PAGE, make(seL4_ARM_SmallPageObject), seL4_ReadWrite,
                seL4_ARM_Default_VMAttributes);
    set_handler(machine.thread, badged(machine.endpoint, MACHINE_BADGE));
    OK(seL4_TCB_Resume(machine.thread->tcb));
    machine_fault(&machine, seL4_Fault_UserException, seL4_UserException_Length);
    CHECK_EQ(seL4_GetMR(seL4_UserException_FaultIP), PAGE_ADDRESS + 4);
}

TEST(fault_handler, that_is_set_after_a_fault_does_not_get_it, "Standard Exceptions")
{
    struct machine machine = machine_make(CODE(UNDEFINED));

    set_handler(machine.thread, seL4_CapNull);
    machine_start(&machine, 0);
    set_handler(machine.thread, badged(machine.endpoint, MACHINE_BADGE));
    CHECK_EQ(take(machine.endpoint), 0);
}

TEST(fault_handler, that_is_deleted_leaves_who_waits_for_it_stopped, "Deletion and Revocation")
{
    struct machine machine = machine_make(CODE(LOAD, UNDEFINED));
    seL4_CPtr other = make(seL4_EndpointObject);

    machine_start(&machine, NEXT_PAGE);
    map_page_at(NEXT_PAGE, make(seL4_ARM_SmallPageObject), seL4_ReadWrite,
                seL4_ARM_Default_VMAttributes);
    set_handler(machine.thread, badged(other, MACHINE_BADGE));
    OK(seL4_CNode_Revoke(AT(machine.endpoint)));
    OK(seL4_CNode_Delete(AT(machine.endpoint)));
    CHECK_EQ(take(other), 0); /* where it would fault next */
}

TEST(fault_handler, that_waits_already_gets_the_fault_at_once, "Exceptions")
{
    struct machine machine = machine_make(CODE(LOAD));
    struct peer handler = receiver(machine.endpoint);

    start_recv(&handler);
    machine_start(&machine, NOWHERE);
    CHECK(handler.is_done);
    CHECK_EQ(handler.badge, MACHINE_BADGE);
    CHECK_EQ(seL4_MessageInfo_get_label(handler.info), seL4_Fault_VMFault);
    CHECK_EQ(handler.words[seL4_VMFault_Addr], NOWHERE);
}

TEST(fault_handler, that_is_passive_runs_on_the_context_of_the_thread, "Standard Exceptions")
{
    struct machine machine = machine_make(CODE(LOAD));
    struct peer handler = receiver(machine.endpoint);

    start_recv(&handler);
    OK(seL4_SchedContext_Unbind(handler.thread->context));
    machine_start(&machine, NOWHERE);
    CHECK(handler.is_done);
}

TEST(fault_handler, that_lacks_an_ipc_buffer_gets_four_words, "Message Registers")
{
    struct machine machine = machine_make(CODE(UNDEFINED));
    struct peer handler = receiver(machine.endpoint);

    prepare_recv(&handler);
    OK(seL4_TCB_SetIPCBuffer(handler.thread->tcb, 0, seL4_CapNull));
    thread_start(handler.thread);
    machine_start(&machine, 0);
    CHECK_EQ(seL4_MessageInfo_get_length(handler.info), 4);
    CHECK_EQ(handler.words[seL4_UserException_FaultIP], PAGE_ADDRESS);
}

TEST(fault_handler, gets_faults_in_one_queue_with_messages, "Faults")
{
    struct machine machine = machine_make(CODE(UNDEFINED));
    struct peer first = peer(badged(machine.endpoint, 1), 0);
    struct peer last = peer(badged(machine.endpoint, 2), 0);

    start_send(&first);
    machine_start(&machine, 0);
    start_send(&last);
    CHECK_EQ(take_call(machine.endpoint, machine.reply), 1);
    CHECK_EQ(take_call(machine.endpoint, machine.reply), MACHINE_BADGE);
    CHECK_EQ(take_call(machine.endpoint, machine.reply), 2);
}

TEST(fault_handler, that_waits_without_a_reply_object_leaves_the_thread_stopped, "Faults")
{
    struct machine machine = machine_run(CODE(UNDEFINED));

    CHECK_EQ(take(machine.endpoint), MACHINE_BADGE);
    settle();
    CHECK_EQ(take(machine.endpoint), 0);
    OK(seL4_TCB_Resume(machine.thread->tcb));
    CHECK_EQ(take(machine.endpoint), MACHINE_BADGE);
}

TEST(fault_handler, does_not_see_the_fault_of_a_thread_suspended_since, "Thread Deactivation")
{
    struct machine machine = machine_run(CODE(UNDEFINED));

    OK(seL4_TCB_Suspend(machine.thread->tcb));
    CHECK_EQ(take(machine.endpoint), 0);
}

TEST(fault_handler, sees_a_fault_again_when_the_thread_is_resumed, "Thread Deactivation")
{
    struct machine machine = machine_run(CODE(UNDEFINED));

    OK(seL4_TCB_Suspend(machine.thread->tcb));
    OK(seL4_TCB_Resume(machine.thread->tcb));
    CHECK_EQ(take(machine.endpoint), MACHINE_BADGE);
    CHECK_EQ(take(machine.endpoint), 0);
}

TEST(fault_handler, gets_the_fault_of_the_thread_of_highest_priority_first, "Faults")
{
    struct machine machine = machine_make(CODE(UNDEFINED));
    struct peer low = peer(badged(machine.endpoint, 1), 0);

    start_send(&low);
    OK(seL4_TCB_SetPriority(machine.thread->tcb, MY_TCB, PEER_PRIORITY + 1));
    machine_start(&machine, 0);
    CHECK_EQ(take_call(machine.endpoint, machine.reply), MACHINE_BADGE);
    CHECK_EQ(take_call(machine.endpoint, machine.reply), 1);
}
