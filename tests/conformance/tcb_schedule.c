/*
 * Priorities: seL4_TCB_SetPriority, SetMCPriority and SetSchedParams.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "conformance.h"

static seL4_CPtr new_context(void)
{
    seL4_CPtr context = make_sized(seL4_SchedContextObject, 8);

    OK(seL4_SchedControl_ConfigureFlags(SCHED_CONTROL, context, 10000, 10000, 0, 0, 0));
    return context;
}

static void set_flag(void *arg)
{
    *(volatile bool *)arg = true;
}

TEST(tcb_set_priority, accepts_the_authority_s_maximum, "Scheduling")
{
    OK(seL4_TCB_SetPriority(make(seL4_TCBObject), MY_TCB, TEST_MCP));
}

TEST(tcb_set_priority, refuses_more_than_the_authority_s_maximum, "Scheduling")
{
    REFUSED_WITH(seL4_TCB_SetPriority(make(seL4_TCBObject), MY_TCB, TEST_MCP + 1),
                 seL4_RangeError, 0, TEST_MCP);
}

TEST(tcb_set_priority, refuses_priority_256, "Scheduling")
{
    REFUSED_WITH(seL4_TCB_SetPriority(make(seL4_TCBObject), MY_TCB, 256), seL4_RangeError, 0,
                 TEST_MCP);
}

TEST(tcb_set_priority, is_not_limited_by_the_thread_s_own_maximum, "Scheduling")
{
    /* A new thread has a maximum of 0; only the authority's counts. */
    OK(seL4_TCB_SetPriority(make(seL4_TCBObject), MY_TCB, 50));
}

TEST(tcb_set_priority, finds_a_maximum_of_0_in_a_new_thread, "Scheduling")
{
    seL4_CPtr authority = make(seL4_TCBObject);

    OK(seL4_TCB_SetPriority(make(seL4_TCBObject), authority, 0));
    REFUSED_WITH(seL4_TCB_SetPriority(make(seL4_TCBObject), authority, 1), seL4_RangeError, 0,
                 0);
}

TEST(tcb_set_priority, refuses_an_authority_that_is_no_tcb, "seL4_TCB_SetPriority")
{
    REFUSED_WITH(seL4_TCB_SetPriority(make(seL4_TCBObject), MY_CNODE, 1),
                 seL4_InvalidCapability, 1);
}

TEST(tcb_set_priority, refuses_an_authority_that_is_empty, "seL4_TCB_SetPriority")
{
    REFUSED_WITH(seL4_TCB_SetPriority(make(seL4_TCBObject), slot(), 1), seL4_InvalidCapability,
                 1);
}

TEST(tcb_set_priority, refuses_other_objects, "seL4_TCB_SetPriority")
{
    REFUSED(seL4_TCB_SetPriority(MY_CNODE, MY_TCB, 1), seL4_IllegalOperation);
    REFUSED_WITH(seL4_TCB_SetPriority(slot(), MY_TCB, 1), seL4_InvalidCapability, 0);
}

TEST(tcb_set_priority, refuses_a_message_without_a_word, "Truncated Message")
{
    seL4_CPtr tcb = make(seL4_TCBObject);

    seL4_SetCap(0, MY_TCB);
    REFUSED(invoke(tcb, TCBSetPriority, 1, 0), seL4_TruncatedMessage);
}

TEST(tcb_set_priority, refuses_a_message_without_an_authority, "Truncated Message")
{
    REFUSED(invoke(make(seL4_TCBObject), TCBSetPriority, 0, 1), seL4_TruncatedMessage);
}

TEST(tcb_set_priority, above_the_caller_s_lets_a_thread_run_at_once, "Scheduling")
{
    volatile bool is_run = false;
    struct thread *thread = thread_run(set_flag, (void *)&is_run, TEST_PRIORITY - 1);

    CHECK(!is_run);
    OK(seL4_TCB_SetPriority(thread->tcb, MY_TCB, TEST_PRIORITY + 1));
    CHECK(is_run);
}

TEST(tcb_set_priority, lowering_the_caller_s_lets_another_run, "Scheduling")
{
    volatile bool is_run = false;

    thread_run(set_flag, (void *)&is_run, TEST_PRIORITY - 1);
    OK(seL4_TCB_SetPriority(MY_TCB, MY_TCB, TEST_PRIORITY - 2));
    CHECK(is_run);
}

TEST(tcb_set_priority, of_equals_lets_the_caller_go_on, "Scheduling")
{
    volatile bool is_run = false;
    struct thread *thread = thread_run(set_flag, (void *)&is_run, TEST_PRIORITY - 1);

    OK(seL4_TCB_SetPriority(thread->tcb, MY_TCB, TEST_PRIORITY));
    CHECK(!is_run);
}

TEST(tcb_set_mcpriority, accepts_the_authority_s_maximum, "Scheduling")
{
    OK(seL4_TCB_SetMCPriority(make(seL4_TCBObject), MY_TCB, TEST_MCP));
}

TEST(tcb_set_mcpriority, refuses_more_than_the_authority_s_maximum, "Scheduling")
{
    REFUSED_WITH(seL4_TCB_SetMCPriority(make(seL4_TCBObject), MY_TCB, TEST_MCP + 1),
                 seL4_RangeError, 0, TEST_MCP);
}

TEST(tcb_set_mcpriority, limits_what_the_thread_can_authorise, "Scheduling")
{
    seL4_CPtr authority = make(seL4_TCBObject);

    OK(seL4_TCB_SetMCPriority(authority, MY_TCB, 50));
    OK(seL4_TCB_SetPriority(make(seL4_TCBObject), authority, 50));
    REFUSED_WITH(seL4_TCB_SetPriority(make(seL4_TCBObject), authority, 51), seL4_RangeError, 0,
                 50);
}

TEST(tcb_set_mcpriority, may_be_lower_than_the_priority, "Scheduling")
{
    seL4_CPtr tcb = make(seL4_TCBObject);

    OK(seL4_TCB_SetPriority(tcb, MY_TCB, 50));
    OK(seL4_TCB_SetMCPriority(tcb, MY_TCB, 10));
}

TEST(tcb_set_mcpriority, of_the_caller_cannot_be_raised_again, "Scheduling")
{
    OK(seL4_TCB_SetMCPriority(MY_TCB, MY_TCB, 120));
    REFUSED_WITH(seL4_TCB_SetMCPriority(MY_TCB, MY_TCB, 121), seL4_RangeError, 0, 120);
}

TEST(tcb_set_mcpriority, refuses_an_authority_that_is_no_tcb, "seL4_TCB_SetMCPriority")
{
    REFUSED_WITH(seL4_TCB_SetMCPriority(make(seL4_TCBObject), MY_CNODE, 1),
                 seL4_InvalidCapability, 1);
}

TEST(tcb_set_mcpriority, refuses_other_objects, "seL4_TCB_SetMCPriority")
{
    REFUSED(seL4_TCB_SetMCPriority(MY_CNODE, MY_TCB, 1), seL4_IllegalOperation);
    REFUSED_WITH(seL4_TCB_SetMCPriority(slot(), MY_TCB, 1), seL4_InvalidCapability, 0);
}

TEST(tcb_set_mcpriority, refuses_a_message_without_an_authority, "Truncated Message")
{
    REFUSED(invoke(make(seL4_TCBObject), TCBSetMCPriority, 0, 1), seL4_TruncatedMessage);
}

/* SetSchedParams of a new thread. */
static seL4_Error set_params(seL4_CPtr authority, seL4_Word mcp, seL4_Word priority,
                             seL4_CPtr context, seL4_CPtr handler)
{
    return seL4_TCB_SetSchedParams(make(seL4_TCBObject), authority, mcp, priority, context,
                                   handler);
}

TEST(tcb_set_sched_params, sets_priority_context_and_handler, "seL4_TCB_SetSchedParams")
{
    OK(set_params(MY_TCB, 10, 20, new_context(), make(seL4_EndpointObject)));
}

TEST(tcb_set_sched_params, accepts_no_context_and_no_handler, "seL4_TCB_SetSchedParams")
{
    OK(set_params(MY_TCB, 10, 20, seL4_CapNull, seL4_CapNull));
}

TEST(tcb_set_sched_params, refuses_a_priority_above_the_authority_s_maximum,
     "seL4_TCB_SetSchedParams")
{
    REFUSED_WITH(set_params(MY_TCB, 10, TEST_MCP + 1, seL4_CapNull, seL4_CapNull),
                 seL4_RangeError, 0, TEST_MCP);
}

TEST(tcb_set_sched_params, refuses_a_maximum_above_the_authority_s, "seL4_TCB_SetSchedParams")
{
    REFUSED_WITH(set_params(MY_TCB, TEST_MCP + 1, 10, seL4_CapNull, seL4_CapNull),
                 seL4_RangeError, 0, TEST_MCP);
}

TEST(tcb_set_sched_params, refuses_an_authority_that_is_no_tcb, "seL4_TCB_SetSchedParams")
{
    REFUSED_WITH(set_params(MY_CNODE, 1, 1, seL4_CapNull, seL4_CapNull), seL4_InvalidCapability,
                 1);
}

TEST(tcb_set_sched_params, refuses_a_context_that_is_none, "seL4_TCB_SetSchedParams")
{
    REFUSED_WITH(set_params(MY_TCB, 1, 1, MY_CNODE, seL4_CapNull), seL4_InvalidCapability, 2);
}

TEST(tcb_set_sched_params, refuses_a_context_of_another_thread, "seL4_TCB_SetSchedParams")
{
    REFUSED(set_params(MY_TCB, 1, 1, MY_CONTEXT, seL4_CapNull), seL4_IllegalOperation);
}

TEST(tcb_set_sched_params, accepts_a_context_that_a_notification_has,
     "Scheduling Context Donation")
{
    seL4_CPtr context = new_context();

    OK(seL4_SchedContext_Bind(context, make(seL4_NotificationObject)));
    OK(set_params(MY_TCB, 1, 1, context, seL4_CapNull));
}

TEST(tcb_set_sched_params, refuses_a_second_context, "seL4_TCB_SetSchedParams")
{
    seL4_CPtr tcb = make(seL4_TCBObject);

    OK(seL4_SchedContext_Bind(new_context(), tcb));
    REFUSED(seL4_TCB_SetSchedParams(tcb, MY_TCB, 1, 1, new_context(), seL4_CapNull),
            seL4_IllegalOperation);
}

static void wait_on(void *arg)
{
    seL4_Wait(*(seL4_CPtr *)arg, NULL);
}

TEST(tcb_set_sched_params, refuses_a_context_without_time_for_a_blocked_thread,
     "seL4_TCB_SetSchedParams")
{
    seL4_CPtr notification = make(seL4_NotificationObject);
    struct thread *thread = thread_run(wait_on, &notification, TEST_PRIORITY + 1);

    OK(seL4_SchedContext_Unbind(thread->context));
    REFUSED(seL4_TCB_SetSchedParams(thread->tcb, MY_TCB, 1, 1,
                                    make_sized(seL4_SchedContextObject, 8), seL4_CapNull),
            seL4_IllegalOperation);
}

TEST(tcb_set_sched_params, accepts_the_context_it_has, "seL4_TCB_SetSchedParams")
{
    seL4_CPtr tcb = make(seL4_TCBObject);
    seL4_CPtr context = new_context();

    OK(seL4_SchedContext_Bind(context, tcb));
    OK(seL4_TCB_SetSchedParams(tcb, MY_TCB, 1, 1, context, seL4_CapNull));
}

TEST(tcb_set_sched_params, unbinds_the_context_if_given_none, "seL4_TCB_SetSchedParams")
{
    seL4_CPtr tcb = make(seL4_TCBObject);
    seL4_CPtr context = new_context();

    OK(seL4_SchedContext_Bind(context, tcb));
    OK(seL4_TCB_SetSchedParams(tcb, MY_TCB, 1, 1, seL4_CapNull, seL4_CapNull));
    OK(seL4_SchedContext_Bind(context, make(seL4_TCBObject)));
}

TEST(tcb_set_sched_params, refuses_to_unbind_the_caller_s_context, "seL4_TCB_SetSchedParams")
{
    REFUSED(seL4_TCB_SetSchedParams(MY_TCB, MY_TCB, 1, 1, seL4_CapNull, seL4_CapNull),
            seL4_IllegalOperation);
}

TEST(tcb_set_sched_params, refuses_a_handler_without_grant, "seL4_TCB_SetSchedParams")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);

    REFUSED_WITH(
        set_params(MY_TCB, 1, 1, new_context(), copy_with_rights(endpoint, seL4_ReadWrite)),
        seL4_InvalidCapability, 3);
}

TEST(tcb_set_sched_params, refuses_a_handler_that_is_none, "seL4_TCB_SetSchedParams")
{
    REFUSED_WITH(set_params(MY_TCB, 1, 1, new_context(), MY_CNODE), seL4_InvalidCapability, 3);
}

TEST(tcb_set_sched_params, refuses_other_objects, "seL4_TCB_SetSchedParams")
{
    REFUSED(seL4_TCB_SetSchedParams(MY_CNODE, MY_TCB, 1, 1, seL4_CapNull, seL4_CapNull),
            seL4_IllegalOperation);
    REFUSED_WITH(seL4_TCB_SetSchedParams(slot(), MY_TCB, 1, 1, seL4_CapNull, seL4_CapNull),
                 seL4_InvalidCapability, 0);
}

TEST(tcb_set_sched_params, refuses_a_message_without_a_handler, "Truncated Message")
{
    seL4_CPtr tcb = make(seL4_TCBObject);

    seL4_SetCap(0, MY_TCB);
    seL4_SetCap(1, seL4_CapNull);
    REFUSED(invoke(tcb, TCBSetSchedParams, 2, 2), seL4_TruncatedMessage);
}
