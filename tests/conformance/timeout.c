/*
 * Timeout faults.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "sched_help.h"

#define BADGE 77

/* A thread of low priority with 1 ms in 50 ms, which reports timeouts to the test. */
struct late {
    struct trace trace;
    struct actor actor;
    struct thread *thread;
    seL4_CPtr endpoint;
    seL4_CPtr reply;
};

static void late_init(struct late *late, void (*body)(void *arg), seL4_Word period_us)
{
    *late = (struct late){0};
    late->actor = (struct actor){.trace = &late->trace, .letter = 'a', .time_us = 1500};
    late->endpoint = make(seL4_EndpointObject);
    late->reply = make(seL4_ReplyObject);
    late->thread = thread_make(body, &late->actor, TEST_PRIORITY - 1);
    OK(seL4_SchedControl_ConfigureFlags(SCHED_CONTROL, late->thread->context, 1000, period_us,
                                        0, BADGE, 0));
    set_timeout_endpoint(late->thread, late->endpoint);
}

static seL4_MessageInfo_t late_fault(struct late *late)
{
    return seL4_Recv(late->endpoint, NULL, late->reply);
}

TEST(timeout, is_reported_when_the_budget_is_used_up, "Timeout Exceptions (MCS Only)")
{
    struct late late;

    late_init(&late, act_for_ever, 50000);
    thread_start(late.thread);
    CHECK_EQ(seL4_MessageInfo_get_label(late_fault(&late)), seL4_Fault_Timeout);
}

TEST(timeout, message_has_two_words, "Timeout Fault (MCS only)")
{
    struct late late;

    late_init(&late, act_for_ever, 50000);
    thread_start(late.thread);
    CHECK_EQ(seL4_MessageInfo_get_length(late_fault(&late)), seL4_Timeout_Length);
}

TEST(timeout, message_has_the_badge_of_the_context, "Timeout Fault (MCS only)")
{
    struct late late;

    late_init(&late, act_for_ever, 50000);
    thread_start(late.thread);
    late_fault(&late);
    CHECK_EQ(seL4_GetMR(seL4_Timeout_Data), BADGE);
}

TEST(timeout, message_has_the_time_consumed, "Timeout Fault (MCS only)")
{
    struct late late;

    late_init(&late, act_for_ever, 50000);
    thread_start(late.thread);
    late_fault(&late);
    seL4_Word us = seL4_GetMR(seL4_Timeout_Consumed);
    CHECK(us >= 990 && us < 1100);
}

TEST(timeout, resets_the_time_consumed, "Timeout Fault (MCS only)")
{
    struct late late;

    late_init(&late, act_for_ever, 50000);
    thread_start(late.thread);
    late_fault(&late);
    CHECK_EQ(seL4_SchedContext_Consumed(late.thread->context).consumed, 0);
}

TEST(timeout, is_not_reported_for_time_slices, "Timeout Exceptions (MCS Only)")
{
    struct late late;

    late_init(&late, act_and_spin, 1000);
    thread_start(late.thread);
    settle();
    CHECK_TRACE(&late.trace, "a");
}

TEST(timeout, is_not_reported_while_there_is_time, "Timeout Exceptions (MCS Only)")
{
    struct late late;

    late_init(&late, act_once, 50000);
    thread_start(late.thread);
    settle();
    CHECK_TRACE(&late.trace, "a");
}

TEST(timeout, keeps_the_thread_until_a_reply, "Timeout Exceptions (MCS Only)")
{
    struct late late;

    late_init(&late, act_and_spin, 10000);
    thread_start(late.thread);
    late_fault(&late);
    spin_us(30000);
    settle();
    CHECK_TRACE(&late.trace, "");
}

TEST(timeout, reply_lets_the_thread_go_on_in_the_next_period, "Timeout Exceptions (MCS Only)")
{
    struct late late;

    late_init(&late, act_and_spin, 10000);
    thread_start(late.thread);
    late_fault(&late);
    spin_us(15000);
    seL4_Send(late.reply, seL4_MessageInfo_new(0, 0, 0, 0));
    settle();
    CHECK_TRACE(&late.trace, "a");
}

TEST(timeout, is_not_reported_without_endpoint, "Timeout Exceptions (MCS Only)")
{
    struct late late;

    late_init(&late, act_and_spin, 10000);
    set_timeout_endpoint(late.thread, seL4_CapNull);
    OK(seL4_TCB_SetPriority(late.thread->tcb, MY_TCB, TEST_PRIORITY + 1));
    thread_start(late.thread);
    spin_us(15000);
    CHECK_TRACE(&late.trace, "a");
}

TEST(timeout, is_reported_after_the_given_capability_is_deleted,
     "Timeout Exceptions (MCS Only)")
{
    struct late late;

    late_init(&late, act_for_ever, 50000);
    seL4_CPtr copy = copy_of(late.endpoint);
    OK(seL4_CNode_Delete(AT(late.endpoint)));
    late.endpoint = copy;
    thread_start(late.thread);
    CHECK_EQ(seL4_MessageInfo_get_label(late_fault(&late)), seL4_Fault_Timeout);
}

TEST(timeout, is_not_reported_after_the_endpoint_is_revoked, "Timeout Exceptions (MCS Only)")
{
    struct late late;

    late_init(&late, act_and_spin, 10000);
    OK(seL4_CNode_Revoke(AT(late.endpoint)));
    OK(seL4_TCB_SetPriority(late.thread->tcb, MY_TCB, TEST_PRIORITY + 1));
    thread_start(late.thread);
    spin_us(15000);
    CHECK_TRACE(&late.trace, "a");
}

TEST(timeout, can_be_cured_with_another_context, "Timeout Exceptions (MCS Only)")
{
    struct late late;

    late_init(&late, act_and_spin, 400000);
    thread_start(late.thread);
    late_fault(&late);
    OK(seL4_SchedContext_UnbindObject(late.thread->context, late.thread->tcb));
    OK(seL4_SchedContext_Bind(context_make(5000, 5000, 0, 0), late.thread->tcb));
    seL4_Send(late.reply, seL4_MessageInfo_new(0, 0, 0, 0));
    settle();
    CHECK_TRACE(&late.trace, "a");
}

TEST(timeout, reply_with_a_label_suspends_the_thread, "Faults")
{
    struct late late;

    late_init(&late, act_and_spin, 10000);
    thread_start(late.thread);
    late_fault(&late);
    spin_us(15000);
    seL4_Send(late.reply, seL4_MessageInfo_new(1, 0, 0, 0));
    settle();
    CHECK_TRACE(&late.trace, "");
}

TEST(timeout, reply_can_set_registers, "Timeout Fault (MCS only)")
{
    struct late late;
    seL4_UserContext registers = {0};

    late_init(&late, act_for_ever, 400000);
    thread_start(late.thread);
    late_fault(&late);
    seL4_SetMR(0, 0x5e14);
    seL4_Send(late.reply, seL4_MessageInfo_new(0, 0, 0, 1));
    OK(seL4_TCB_ReadRegisters(late.thread->tcb, 1, 0, 1, &registers));
    CHECK_EQ(registers.pc, 0x5e14);
}

/* Serves like act_as_server, but spends time before it answers. */
static void serve_slowly(void *actor)
{
    const struct actor *self = actor;

    seL4_Recv(self->endpoint, NULL, self->reply);
    spin_us(1500);
    seL4_ReplyRecv(self->endpoint, seL4_MessageInfo_new(0, 0, 0, 0), NULL, self->reply);
}

TEST(timeout, of_a_passive_server_has_the_badge_of_the_clients_context,
     "Timeout Exceptions (MCS Only)")
{
    struct late late;
    struct actor service = {
        .endpoint = make(seL4_EndpointObject),
        .reply = make(seL4_ReplyObject),
    };

    late_init(&late, act_as_client, 400000);
    late.actor.endpoint = service.endpoint;
    set_timeout_endpoint(late.thread, seL4_CapNull);
    set_timeout_endpoint(passive_run(serve_slowly, &service, TEST_PRIORITY - 1), late.endpoint);
    thread_start(late.thread);
    CHECK_EQ(seL4_MessageInfo_get_label(late_fault(&late)), seL4_Fault_Timeout);
    CHECK_EQ(seL4_GetMR(seL4_Timeout_Data), BADGE);
}

TEST(timeout, is_not_reported_for_a_yield, "Timeout Exceptions (MCS Only)")
{
    struct late late;

    late_init(&late, act_twice_yielding, 1000);
    thread_start(late.thread);
    settle();
    CHECK_TRACE(&late.trace, "aa");
}
