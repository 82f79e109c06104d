/*
 * The messages of VM faults, unknown system calls and user exceptions. Cap faults are in
 * fault_cap.c, answers in fault_reply.c, handlers in fault_handler.c.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "ipc_help.h"

/* Nothing is mapped there. */
#define NOWHERE ((seL4_Word)0x20000000)

/* Fields of the fault status register, which is the machine's ESR. */
#define STATUS_CLASS(status) ((status) >> 26)
#define STATUS_CODE(status)  ((status)&0x3f)
#define STATUS_WRITE         ((seL4_Word)1 << 6)
#define INSTRUCTION_ABORT    0x20
#define DATA_ABORT           0x24
#define TRANSLATION_LEVEL_2  0x06
#define PERMISSION_LEVEL_3   0x0f

/* --- VM faults ------------------------------------------------------------------------- */

static struct machine run_with(const uint32_t *code, size_t count, seL4_Word x0)
{
    struct machine machine = machine_make(code, count);

    machine_start(&machine, x0);
    machine_fault(&machine, seL4_Fault_VMFault, seL4_VMFault_Length);
    return machine;
}

TEST(vm_fault, carries_the_address_of_the_instruction, "VM Fault")
{
    run_with(CODE(NOP, NOP, LOAD), NOWHERE);
    CHECK_EQ(seL4_GetMR(seL4_VMFault_IP), PAGE_ADDRESS + 8);
}

TEST(vm_fault, carries_the_address_that_was_read, "VM Fault")
{
    run_with(CODE(LOAD), NOWHERE + 8);
    CHECK_EQ(seL4_GetMR(seL4_VMFault_Addr), NOWHERE + 8);
}

TEST(vm_fault, carries_the_address_that_was_written, "VM Fault")
{
    run_with(CODE(STORE), NOWHERE + 16);
    CHECK_EQ(seL4_GetMR(seL4_VMFault_Addr), NOWHERE + 16);
}

TEST(vm_fault, is_no_instruction_fault_when_data_is_read, "VM Fault")
{
    run_with(CODE(LOAD), NOWHERE);
    CHECK_EQ(seL4_GetMR(seL4_VMFault_PrefetchFault), 0);
}

TEST(vm_fault, carries_the_status_of_a_read, "VM Fault")
{
    run_with(CODE(LOAD), NOWHERE);
    seL4_Word status = seL4_GetMR(seL4_VMFault_FSR);
    CHECK_EQ(STATUS_CLASS(status), DATA_ABORT);
    CHECK_EQ(STATUS_CODE(status), TRANSLATION_LEVEL_2);
    CHECK_EQ(status & STATUS_WRITE, 0);
}

TEST(vm_fault, carries_the_status_of_a_write, "VM Fault")
{
    run_with(CODE(STORE), NOWHERE);
    seL4_Word status = seL4_GetMR(seL4_VMFault_FSR);
    CHECK_EQ(STATUS_CLASS(status), DATA_ABORT);
    CHECK_EQ(STATUS_CODE(status), TRANSLATION_LEVEL_2);
    CHECK_EQ(status & STATUS_WRITE, STATUS_WRITE);
}

TEST(vm_fault, is_an_instruction_fault_when_nothing_is_there_to_execute, "VM Fault")
{
    run_with(CODE(BRANCH), NOWHERE);
    CHECK_EQ(seL4_GetMR(seL4_VMFault_PrefetchFault), 1);
}

TEST(vm_fault, carries_the_target_of_a_jump_to_nowhere_twice, "VM Fault")
{
    run_with(CODE(BRANCH), NOWHERE);
    CHECK_EQ(seL4_GetMR(seL4_VMFault_IP), NOWHERE);
    CHECK_EQ(seL4_GetMR(seL4_VMFault_Addr), NOWHERE);
}

TEST(vm_fault, carries_the_status_of_an_instruction_fetch, "VM Fault")
{
    run_with(CODE(BRANCH), NOWHERE);
    seL4_Word status = seL4_GetMR(seL4_VMFault_FSR);
    CHECK_EQ(STATUS_CLASS(status), INSTRUCTION_ABORT);
    CHECK_EQ(STATUS_CODE(status), TRANSLATION_LEVEL_2);
}

TEST(vm_fault, comes_of_a_write_to_a_read_only_page, "Page Faults")
{
    map_page_at(NEXT_PAGE, make(seL4_ARM_SmallPageObject), seL4_CanRead,
                seL4_ARM_Default_VMAttributes);
    run_with(CODE(LOAD, STORE), NEXT_PAGE + 24);
    seL4_Word status = seL4_GetMR(seL4_VMFault_FSR);
    CHECK_EQ(seL4_GetMR(seL4_VMFault_IP), PAGE_ADDRESS + 4);
    CHECK_EQ(seL4_GetMR(seL4_VMFault_Addr), NEXT_PAGE + 24);
    CHECK_EQ(STATUS_CODE(status), PERMISSION_LEVEL_3);
    CHECK_EQ(status & STATUS_WRITE, STATUS_WRITE);
}

TEST(vm_fault, comes_of_executing_a_page_mapped_never_to_be_executed, "Mapping Attributes")
{
    map_page_at(NEXT_PAGE, make(seL4_ARM_SmallPageObject), seL4_ReadWrite,
                seL4_ARM_Default_VMAttributes | seL4_ARM_ExecuteNever);
    run_with(CODE(BRANCH), NEXT_PAGE);
    CHECK_EQ(seL4_GetMR(seL4_VMFault_IP), NEXT_PAGE);
    CHECK_EQ(seL4_GetMR(seL4_VMFault_PrefetchFault), 1);
    CHECK_EQ(STATUS_CODE(seL4_GetMR(seL4_VMFault_FSR)), PERMISSION_LEVEL_3);
}

TEST(vm_fault, comes_of_touching_the_kernels_addresses, "Page Faults")
{
    const seL4_Word address = 0xffffff8040000000;

    run_with(CODE(LOAD), address);
    CHECK_EQ(seL4_GetMR(seL4_VMFault_Addr), address);
}

TEST(vm_fault, comes_of_a_page_once_it_is_unmapped, "Page Faults")
{
    seL4_CPtr page = make(seL4_ARM_SmallPageObject);

    map_page_at(NEXT_PAGE, page, seL4_ReadWrite, seL4_ARM_Default_VMAttributes);
    *(volatile seL4_Word *)NEXT_PAGE = 77;
    OK(seL4_ARM_Page_Unmap(page));
    run_with(CODE(LOAD), NEXT_PAGE);
    CHECK_EQ(seL4_GetMR(seL4_VMFault_Addr), NEXT_PAGE);
}

TEST(vm_fault, leaves_the_registers_of_the_thread, "VM Fault")
{
    struct machine machine = run_with(CODE(NOP, LOAD), NOWHERE);
    seL4_UserContext now = registers_of(machine.thread);

    CHECK_EQ(now.pc, PAGE_ADDRESS + 4);
    CHECK_EQ(now.sp, machine.registers.sp);
    CHECK_EQ(now.x0, NOWHERE);
    CHECK_EQ(now.x1, 1001);
    CHECK_EQ(now.x30, machine.registers.x30);
}

/* --- unknown system calls -------------------------------------------------------------- */

/* A machine whose second instruction is a system call that no kernel has: 1007, its x7. */
static struct machine call_unknown(void)
{
    struct machine machine = machine_run(CODE(NOP, SVC, UNDEFINED));

    machine_fault(&machine, seL4_Fault_UnknownSyscall, seL4_UnknownSyscall_Length);
    return machine;
}

TEST(unknown_syscall, carries_the_registers_x0_to_x7, "Unknown Syscall")
{
    call_unknown();
    for (int i = 0; i <= 7; i++) {
        CHECK_EQ(seL4_GetMR(seL4_UnknownSyscall_X0 + i), 1000 + (seL4_Word)i);
    }
}

TEST(unknown_syscall, carries_the_address_of_the_instruction, "Unknown Syscall")
{
    call_unknown();
    CHECK_EQ(seL4_GetMR(seL4_UnknownSyscall_FaultIP), PAGE_ADDRESS + 4);
}

TEST(unknown_syscall, carries_the_stack_pointer, "Unknown Syscall")
{
    struct machine machine = call_unknown();

    CHECK_EQ(seL4_GetMR(seL4_UnknownSyscall_SP), machine.registers.sp);
}

/* Not register x30, whatever its name says. */
TEST(unknown_syscall, carries_the_address_to_return_to_as_the_link_register, "Unknown Syscall")
{
    call_unknown();
    CHECK_EQ(seL4_GetMR(seL4_UnknownSyscall_LR), PAGE_ADDRESS + 8);
}

TEST(unknown_syscall, carries_the_status_register, "Unknown Syscall")
{
    struct machine machine = call_unknown();
    seL4_Word status = seL4_GetMR(seL4_UnknownSyscall_SPSR);

    CHECK_EQ(status, registers_of(machine.thread).spsr);
}

TEST(unknown_syscall, carries_its_number, "Unknown Syscall")
{
    call_unknown();
    CHECK_EQ(seL4_GetMR(seL4_UnknownSyscall_Syscall), 1007);
}

TEST(unknown_syscall, is_number_0, "Unknown Syscall")
{
    struct machine machine = machine_make(CODE(SVC));

    machine.registers.x7 = 0;
    machine_start(&machine, 0);
    machine_fault(&machine, seL4_Fault_UnknownSyscall, seL4_UnknownSyscall_Length);
    CHECK_EQ(seL4_GetMR(seL4_UnknownSyscall_Syscall), 0);
}

TEST(unknown_syscall, is_a_negative_number_beyond_the_last, "Unknown Syscall")
{
    struct machine machine = machine_make(CODE(SVC));

    machine.registers.x7 = (seL4_Word)-100;
    machine_start(&machine, 0);
    machine_fault(&machine, seL4_Fault_UnknownSyscall, seL4_UnknownSyscall_Length);
    CHECK_EQ(seL4_GetMR(seL4_UnknownSyscall_X7), (seL4_Word)-100);
}

/* --- user exceptions ------------------------------------------------------------------- */

static struct machine execute_undefined(void)
{
    struct machine machine = machine_run(CODE(NOP, UNDEFINED, UNDEFINED));

    machine_fault(&machine, seL4_Fault_UserException, seL4_UserException_Length);
    return machine;
}

TEST(user_exception, carries_the_address_of_the_instruction, "User Exception")
{
    execute_undefined();
    CHECK_EQ(seL4_GetMR(seL4_UserException_FaultIP), PAGE_ADDRESS + 4);
}

TEST(user_exception, carries_the_stack_pointer, "User Exception")
{
    struct machine machine = execute_undefined();

    CHECK_EQ(seL4_GetMR(seL4_UserException_SP), machine.registers.sp);
}

TEST(user_exception, carries_the_status_register, "User Exception")
{
    struct machine machine = execute_undefined();
    seL4_Word status = seL4_GetMR(seL4_UserException_SPSR);

    CHECK_EQ(status, registers_of(machine.thread).spsr);
}

TEST(user_exception, carries_the_exception_syndrome_as_its_number, "User Exception")
{
    execute_undefined();
    /* Exception class 0, unknown, and a long instruction. */
    CHECK_EQ(seL4_GetMR(seL4_UserException_Number), (seL4_Word)1 << 25);
}

TEST(user_exception, carries_code_0, "User Exception")
{
    execute_undefined();
    CHECK_EQ(seL4_GetMR(seL4_UserException_Code), 0);
}

TEST(user_exception, comes_of_a_breakpoint_instruction, "User Exception")
{
    struct machine machine = machine_run(CODE(BREAK));

    machine_fault(&machine, seL4_Fault_UserException, seL4_UserException_Length);
    CHECK_EQ(seL4_GetMR(seL4_UserException_Number), 0xf2000000);
}

TEST(user_exception, comes_of_reading_a_register_of_the_kernel, "User Exception")
{
    struct machine machine = machine_run(CODE(0xd5381000)); /* mrs x0, sctlr_el1 */

    machine_fault(&machine, seL4_Fault_UserException, seL4_UserException_Length);
    CHECK_EQ(seL4_GetMR(seL4_UserException_FaultIP), PAGE_ADDRESS);
}

TEST(user_exception, comes_of_a_hypervisor_call, "User Exception")
{
    struct machine machine = machine_run(CODE(0xd4000002)); /* hvc #0 */

    machine_fault(&machine, seL4_Fault_UserException, seL4_UserException_Length);
    CHECK_EQ(seL4_GetMR(seL4_UserException_FaultIP), PAGE_ADDRESS);
}

TEST(user_exception, comes_of_a_call_to_the_secure_monitor, "User Exception")
{
    struct machine machine = machine_run(CODE(0xd4000003)); /* smc #0 */

    machine_fault(&machine, seL4_Fault_UserException, seL4_UserException_Length);
    CHECK_EQ(seL4_GetMR(seL4_UserException_FaultIP), PAGE_ADDRESS);
}

TEST(user_exception, comes_of_masking_interrupts, "User Exception")
{
    struct machine machine = machine_run(CODE(0xd50342df)); /* msr daifset, #2 */

    machine_fault(&machine, seL4_Fault_UserException, seL4_UserException_Length);
    CHECK_EQ(seL4_GetMR(seL4_UserException_FaultIP), PAGE_ADDRESS);
}

TEST(user_exception, comes_of_waiting_for_an_interrupt, "User Exception")
{
    struct machine machine = machine_run(CODE(0xd503207f, UNDEFINED)); /* wfi */

    machine_fault(&machine, seL4_Fault_UserException, seL4_UserException_Length);
    CHECK_EQ(seL4_GetMR(seL4_UserException_FaultIP), PAGE_ADDRESS);
    CHECK_EQ(STATUS_CLASS(seL4_GetMR(seL4_UserException_Number)), 1);
}

TEST(vm_fault, comes_of_an_exclusive_load_that_is_not_aligned, "Page Faults")
{
    map_page_at(NEXT_PAGE, make(seL4_ARM_SmallPageObject), seL4_ReadWrite,
                seL4_ARM_Default_VMAttributes);
    run_with(CODE(0xc85f7c01), NEXT_PAGE + 1); /* ldxr x1, [x0] */
    CHECK_EQ(seL4_GetMR(seL4_VMFault_Addr), NEXT_PAGE + 1);
    CHECK_EQ(STATUS_CODE(seL4_GetMR(seL4_VMFault_FSR)), 0x21);
}
