/*
 * Timeout faults: who is told, and what an answer does to the registers. When they come, and
 * what they say, is in timeout.c.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "ipc_help.h"

#define BUDGET_US 2000
#define PERIOD_US 20000
#define DATA      0x123456789abc

#define TIMEOUT_LENGTH 2

/* A machine with this budget and a timeout handler, at the machine's own endpoint. */
static struct machine limited(const uint32_t *code, size_t count)
{
    struct machine machine = machine_make(code, count);

    OK(seL4_SchedControl_ConfigureFlags(SCHED_CONTROL, machine.thread->context, BUDGET_US,
                                        PERIOD_US, 0, DATA, seL4_SchedContext_NoFlag));
    OK(seL4_TCB_SetTimeoutEndpoint(machine.thread->tcb,
                                   badged(machine.endpoint, MACHINE_BADGE)));
    return machine;
}

/* The same, when it has run into its fault. */
static struct machine timed_out(const uint32_t *code, size_t count)
{
    struct machine machine = limited(code, count);

    machine_start(&machine, machine.registers.x0);
    machine_fault(&machine, seL4_Fault_Timeout, TIMEOUT_LENGTH);
    return machine;
}

TEST(timeout_fault, leaves_the_registers_of_the_thread, "Timeout Fault (MCS only)")
{
    struct machine machine = timed_out(CODE(NOP, LOOP));

    CHECK_EQ(registers_of(machine.thread).pc, PAGE_ADDRESS + 4);
    CHECK_EQ(registers_of(machine.thread).x7, 1007);
}

TEST(timeout_fault, sees_the_badge_of_the_timeout_handler, "Timeout Exceptions (MCS Only)")
{
    struct machine machine = limited(CODE(LOOP));

    OK(seL4_TCB_SetTimeoutEndpoint(machine.thread->tcb, badged(machine.endpoint, 12)));
    machine_start(&machine, 0);
    CHECK_EQ(take(machine.endpoint), 12);
}

TEST(timeout_fault, comes_again_when_it_is_answered_with_no_words,
     "Timeout Exceptions (MCS Only)")
{
    struct machine machine = timed_out(CODE(LOOP));
    seL4_Word badge = 0;

    seL4_Send(machine.reply, message(0));
    CHECK_EQ(take(machine.endpoint), 0); /* It has to wait for its next period. */
    seL4_MessageInfo_t info = seL4_Recv(machine.endpoint, &badge, machine.reply);
    CHECK_EQ(badge, MACHINE_BADGE);
    CHECK_EQ(seL4_MessageInfo_get_label(info), seL4_Fault_Timeout);
}

TEST(timeout_fault, takes_registers_from_the_answer, "Timeout Fault (MCS only)")
{
    struct machine machine = timed_out(CODE(LOOP, NOP, UNDEFINED));
    seL4_UserContext registers = registers_of(machine.thread);

    registers.pc = PAGE_ADDRESS + 4;
    registers.x5 = 5005;
    registers.x28 = 5028;
    seL4_Send(machine.reply, seL4_TimeoutReply_new(true, registers, seL4_TimeoutReply_Length));
    seL4_Recv(machine.endpoint, NULL, machine.reply);
    CHECK_EQ(seL4_GetMR(seL4_UserException_FaultIP), PAGE_ADDRESS + 8);
    CHECK_EQ(registers_of(machine.thread).x5, 5005);
    CHECK_EQ(registers_of(machine.thread).x28, 5028);
}

TEST(timeout_fault, takes_only_as_many_registers_as_the_answer_has, "Timeout Fault (MCS only)")
{
    struct machine machine = timed_out(CODE(LOOP, NOP, UNDEFINED));
    seL4_UserContext registers = registers_of(machine.thread);

    registers.pc = PAGE_ADDRESS + 4;
    registers.x0 = 5000;
    registers.x1 = 5001;
    seL4_Send(machine.reply, seL4_TimeoutReply_new(true, registers, seL4_TimeoutReply_X0 + 1));
    seL4_Recv(machine.endpoint, NULL, machine.reply);
    CHECK_EQ(registers_of(machine.thread).x0, 5000);
    CHECK_EQ(registers_of(machine.thread).x1, 1001);
}
