/*
 * Answers to faults.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "ipc_help.h"

/* A status register that would be the kernel's: EL1, interrupts off. Flag N is on. */
#define KERNEL_STATUS ((seL4_Word)0x800003c5)
#define STATUS_MODE   ((seL4_Word)0xf)
#define STATUS_IRQ    ((seL4_Word)0x80)
#define STATUS_N      ((seL4_Word)0x80000000)

/* --- VM faults ------------------------------------------------------------------------- */

/* A machine that stopped at a read from NEXT_PAGE. */
static struct machine read_next_page(void)
{
    struct machine machine = machine_make(CODE(LOAD, UNDEFINED));

    machine_start(&machine, NEXT_PAGE);
    machine_fault(&machine, seL4_Fault_VMFault, seL4_VMFault_Length);
    return machine;
}

static void map_next_page(seL4_Word word)
{
    map_page_at(NEXT_PAGE, make(seL4_ARM_SmallPageObject), seL4_ReadWrite,
                seL4_ARM_Default_VMAttributes);
    *(volatile seL4_Word *)NEXT_PAGE = word;
}

TEST(vm_fault, is_restarted_by_an_answer, "VM Fault")
{
    struct machine machine = read_next_page();

    map_next_page(77);
    seL4_Send(machine.reply, message(0));
    machine_fault(&machine, seL4_Fault_UserException, seL4_UserException_Length);
    CHECK_EQ(registers_of(machine.thread).x1, 77);
}

TEST(vm_fault, happens_again_when_the_answer_changes_nothing, "VM Fault")
{
    struct machine machine = read_next_page();

    seL4_Send(machine.reply, message(0));
    machine_fault(&machine, seL4_Fault_VMFault, seL4_VMFault_Length);
    CHECK_EQ(seL4_GetMR(seL4_VMFault_IP), PAGE_ADDRESS);
}

TEST(vm_fault, is_restarted_whatever_the_label_of_the_answer, "VM Fault")
{
    struct machine machine = read_next_page();

    map_next_page(77);
    seL4_Send(machine.reply, seL4_MessageInfo_new(1, 0, 0, 0));
    machine_fault(&machine, seL4_Fault_UserException, seL4_UserException_Length);
}

TEST(vm_fault, takes_no_registers_from_the_answer, "VM Fault")
{
    struct machine machine = read_next_page();

    for (int i = 0; i < 12; i++) {
        seL4_SetMR(i, 5000);
    }
    seL4_Send(machine.reply, message(12));
    machine_fault(&machine, seL4_Fault_VMFault, seL4_VMFault_Length);
    CHECK_EQ(registers_of(machine.thread).x0, NEXT_PAGE);
    CHECK_EQ(registers_of(machine.thread).x1, 1001);
    CHECK_EQ(registers_of(machine.thread).sp, machine.registers.sp);
}

TEST(vm_fault, is_not_restarted_without_an_answer, "VM Fault")
{
    struct machine machine = read_next_page();

    map_next_page(77);
    settle();
    CHECK_EQ(registers_of(machine.thread).pc, PAGE_ADDRESS);
}

TEST(vm_fault, is_answered_by_reply_recv, "VM Fault")
{
    struct machine machine = read_next_page();
    seL4_Word badge = 0;

    map_next_page(77);
    seL4_MessageInfo_t info =
        seL4_ReplyRecv(machine.endpoint, message(0), &badge, machine.reply);
    CHECK_EQ(badge, MACHINE_BADGE);
    CHECK_EQ(seL4_MessageInfo_get_label(info), seL4_Fault_UserException);
}

TEST(vm_fault, is_restarted_when_the_thread_is_resumed, "Thread Deactivation")
{
    struct machine machine = read_next_page();

    map_next_page(77);
    OK(seL4_TCB_Resume(machine.thread->tcb));
    machine_fault(&machine, seL4_Fault_UserException, seL4_UserException_Length);
    CHECK_EQ(registers_of(machine.thread).x1, 77);
}

TEST(vm_fault, is_not_restarted_by_an_answer_after_a_suspend, "Thread Deactivation")
{
    struct machine machine = read_next_page();

    map_next_page(77);
    OK(seL4_TCB_Suspend(machine.thread->tcb));
    seL4_Send(machine.reply, message(0));
    settle();
    CHECK_EQ(registers_of(machine.thread).pc, PAGE_ADDRESS);
}

/* --- unknown system calls -------------------------------------------------------------- */

static struct machine call_unknown(void)
{
    struct machine machine = machine_run(CODE(NOP, SVC, UNDEFINED));

    machine_fault(&machine, seL4_Fault_UnknownSyscall, seL4_UnknownSyscall_Length);
    return machine;
}

/* Answer with the words that came, of which one is changed. */
static void answer_changed(const struct machine *machine, int word, seL4_Word value,
                           seL4_Word length)
{
    seL4_SetMR(word, value);
    seL4_Send(machine->reply, message(length));
}

TEST(unknown_syscall, is_made_again_when_the_answer_has_no_words, "Unknown Syscall")
{
    struct machine machine = call_unknown();

    seL4_Send(machine.reply, message(0));
    machine_fault(&machine, seL4_Fault_UnknownSyscall, seL4_UnknownSyscall_Length);
    CHECK_EQ(seL4_GetMR(seL4_UnknownSyscall_FaultIP), PAGE_ADDRESS + 4);
}

TEST(unknown_syscall, goes_on_where_the_answer_says, "Unknown Syscall")
{
    struct machine machine = call_unknown();

    answer_changed(&machine, seL4_UnknownSyscall_FaultIP, PAGE_ADDRESS + 8,
                   seL4_UnknownSyscall_FaultIP + 1);
    machine_fault(&machine, seL4_Fault_UserException, seL4_UserException_Length);
    CHECK_EQ(seL4_GetMR(seL4_UserException_FaultIP), PAGE_ADDRESS + 8);
}

TEST(unknown_syscall, takes_the_registers_x0_to_x7_from_the_answer, "Unknown Syscall")
{
    struct machine machine = call_unknown();

    for (seL4_Word i = 0; i <= 7; i++) {
        seL4_SetMR((int)i, 5000 + i);
    }
    seL4_Send(machine.reply, message(8));
    machine_fault(&machine, seL4_Fault_UnknownSyscall, seL4_UnknownSyscall_Length);
    for (seL4_Word i = 0; i <= 7; i++) {
        CHECK_EQ(seL4_GetMR((int)i), 5000 + i);
    }
}

TEST(unknown_syscall, takes_only_as_many_registers_as_the_answer_has, "Unknown Syscall")
{
    struct machine machine = call_unknown();

    for (seL4_Word i = 0; i <= 7; i++) {
        seL4_SetMR((int)i, 5000 + i);
    }
    seL4_Send(machine.reply, message(2));
    machine_fault(&machine, seL4_Fault_UnknownSyscall, seL4_UnknownSyscall_Length);
    CHECK_EQ(seL4_GetMR(1), 5001);
    CHECK_EQ(seL4_GetMR(2), 1002);
}

TEST(unknown_syscall, takes_the_stack_pointer_from_the_answer, "Unknown Syscall")
{
    struct machine machine = call_unknown();

    answer_changed(&machine, seL4_UnknownSyscall_SP, 0x7770, seL4_UnknownSyscall_SP + 1);
    machine_fault(&machine, seL4_Fault_UnknownSyscall, seL4_UnknownSyscall_Length);
    CHECK_EQ(seL4_GetMR(seL4_UnknownSyscall_SP), 0x7770);
}

TEST(unknown_syscall, takes_the_flags_from_the_answer, "Unknown Syscall")
{
    struct machine machine = call_unknown();

    answer_changed(&machine, seL4_UnknownSyscall_SPSR, KERNEL_STATUS,
                   seL4_UnknownSyscall_Length);
    machine_fault(&machine, seL4_Fault_UnknownSyscall, seL4_UnknownSyscall_Length);
    CHECK_EQ(seL4_GetMR(seL4_UnknownSyscall_SPSR) & STATUS_N, STATUS_N);
}

TEST(unknown_syscall, stays_in_user_mode_whatever_the_answer_says, "Unknown Syscall")
{
    struct machine machine = call_unknown();

    answer_changed(&machine, seL4_UnknownSyscall_SPSR, KERNEL_STATUS,
                   seL4_UnknownSyscall_Length);
    machine_fault(&machine, seL4_Fault_UnknownSyscall, seL4_UnknownSyscall_Length);
    CHECK_EQ(seL4_GetMR(seL4_UnknownSyscall_SPSR) & (STATUS_MODE | STATUS_IRQ), 0);
}

TEST(unknown_syscall, stops_its_thread_when_the_label_of_the_answer_is_not_0, "Unknown Syscall")
{
    struct machine machine = call_unknown();

    seL4_Send(machine.reply, seL4_MessageInfo_new(1, 0, 0, 0));
    CHECK_EQ(take(machine.endpoint), 0);
    /* It is as if suspended. */
    OK(seL4_TCB_Resume(machine.thread->tcb));
    CHECK_EQ(take(machine.endpoint), MACHINE_BADGE);
}

TEST(unknown_syscall, takes_registers_even_when_its_thread_is_stopped, "Unknown Syscall")
{
    struct machine machine = call_unknown();

    seL4_SetMR(0, 5000);
    seL4_Send(machine.reply, seL4_MessageInfo_new(1, 0, 0, 1));
    CHECK_EQ(registers_of(machine.thread).x0, 5000);
}

TEST(unknown_syscall, ignores_words_beyond_the_registers, "Unknown Syscall")
{
    struct machine machine = call_unknown();

    seL4_SetMR(seL4_UnknownSyscall_Syscall, 5000);
    seL4_SetMR(seL4_UnknownSyscall_Length, 5001);
    seL4_Send(machine.reply, message(seL4_MsgMaxLength));
    machine_fault(&machine, seL4_Fault_UnknownSyscall, seL4_UnknownSyscall_Length);
    CHECK_EQ(seL4_GetMR(seL4_UnknownSyscall_Syscall), 1007);
}

/* --- user exceptions ------------------------------------------------------------------- */

static struct machine execute_undefined(void)
{
    struct machine machine = machine_run(CODE(UNDEFINED, NOP, UNDEFINED));

    machine_fault(&machine, seL4_Fault_UserException, seL4_UserException_Length);
    return machine;
}

TEST(user_exception, happens_again_when_the_answer_has_no_words, "User Exception")
{
    struct machine machine = execute_undefined();

    seL4_Send(machine.reply, message(0));
    machine_fault(&machine, seL4_Fault_UserException, seL4_UserException_Length);
    CHECK_EQ(seL4_GetMR(seL4_UserException_FaultIP), PAGE_ADDRESS);
}

TEST(user_exception, goes_on_where_the_answer_says, "User Exception")
{
    struct machine machine = execute_undefined();

    answer_changed(&machine, seL4_UserException_FaultIP, PAGE_ADDRESS + 4, 1);
    machine_fault(&machine, seL4_Fault_UserException, seL4_UserException_Length);
    CHECK_EQ(seL4_GetMR(seL4_UserException_FaultIP), PAGE_ADDRESS + 8);
}

TEST(user_exception, takes_the_stack_pointer_from_the_answer, "User Exception")
{
    struct machine machine = execute_undefined();

    answer_changed(&machine, seL4_UserException_SP, 0x7770, 2);
    machine_fault(&machine, seL4_Fault_UserException, seL4_UserException_Length);
    CHECK_EQ(seL4_GetMR(seL4_UserException_SP), 0x7770);
}

TEST(user_exception, takes_the_flags_from_the_answer, "User Exception")
{
    struct machine machine = execute_undefined();

    answer_changed(&machine, seL4_UserException_SPSR, KERNEL_STATUS, 3);
    machine_fault(&machine, seL4_Fault_UserException, seL4_UserException_Length);
    CHECK_EQ(seL4_GetMR(seL4_UserException_SPSR) & STATUS_N, STATUS_N);
}

TEST(user_exception, stays_in_user_mode_whatever_the_answer_says, "User Exception")
{
    struct machine machine = execute_undefined();

    answer_changed(&machine, seL4_UserException_SPSR, KERNEL_STATUS, 3);
    machine_fault(&machine, seL4_Fault_UserException, seL4_UserException_Length);
    CHECK_EQ(seL4_GetMR(seL4_UserException_SPSR) & (STATUS_MODE | STATUS_IRQ), 0);
}

TEST(user_exception, stops_its_thread_when_the_label_of_the_answer_is_not_0, "User Exception")
{
    struct machine machine = execute_undefined();

    seL4_Send(machine.reply, seL4_MessageInfo_new(1, 0, 0, 0));
    CHECK_EQ(take(machine.endpoint), 0);
    OK(seL4_TCB_Resume(machine.thread->tcb));
    CHECK_EQ(take(machine.endpoint), MACHINE_BADGE);
}
