/* SPDX-License-Identifier: BSD-2-Clause */
#include "fault.h"

#include <selkie/arch/rt/backtrace.h>
#include <selkie/arch/rt/fault.h>
#include <selkie/arch/rt/thread.h>
#include <selkie/arch/rt/trap.h>
#include <selkie/rt/backtrace.h>
#include <selkie/rt/format.h>
#include <selkie/rt/stack.h>

/* The rest of a buffer that is being filled; left is at least 1. */
struct text {
    char *at;
    size_t left;
};

SK_PRINTF(2, 3) static void add(struct text *text, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    size_t size = sk_vformat_buffer(text->at, text->left, format, args);
    va_end(args);
    size = size < text->left ? size : text->left - 1;
    text->at += size;
    text->left -= size;
}

static void add_vm_fault(struct text *text, const struct sk_thread *t, const seL4_Word *message)
{
    seL4_Word address = message[seL4_VMFault_Addr];
    const char *access = "read of";

    if (message[seL4_VMFault_PrefetchFault] != 0) {
        access = "jump to";
    } else if (sk_arch_fault_is_write(message[seL4_VMFault_FSR])) {
        access = "write to";
    }
    if (t->stack - address - 1 < SK_STACK_GUARD_SIZE) {
        add(text, "stack overflow in %s: ", t->name);
    }
    add(text, "%s 0x%lx", access, address);
}

static void add_exception(struct text *text, const seL4_Word *message)
{
    seL4_Word number = message[seL4_UserException_Number];
    const char *trap = sk_arch_trap_name(number);

    if (trap != NULL) {
        add(text, "trap: %s", trap);
    } else {
        add(text, "exception 0x%lx, code 0x%lx,", number, message[seL4_UserException_Code]);
    }
}

void sk_fault_describe(char *buffer, size_t size, const struct sk_thread *t,
                       seL4_MessageInfo_t info, const seL4_Word *message)
{
    struct text text = {buffer, size};
    seL4_Word pc = message[0]; /* of all faults but an unknown system call */

    switch (seL4_MessageInfo_get_label(info)) {
    case seL4_Fault_VMFault:
        add_vm_fault(&text, t, message);
        break;
    case seL4_Fault_CapFault:
        add(&text, "%s a capability that is not there, 0x%lx,",
            message[seL4_CapFault_InRecvPhase] != 0 ? "receive on" : "use of",
            message[seL4_CapFault_Addr]);
        break;
    case seL4_Fault_UnknownSyscall:
        pc = message[seL4_UnknownSyscall_FaultIP];
        add(&text, "unknown system call %ld", (long)message[seL4_UnknownSyscall_Syscall]);
        break;
    case seL4_Fault_UserException:
        add_exception(&text, message);
        break;
    default:
        add(&text, "of kind %lu", seL4_MessageInfo_get_label(info));
        break;
    }
    add(&text, " at pc 0x%lx in %s", pc, t->name);
}

void sk_fault_trace(const struct sk_thread *t)
{
    seL4_UserContext registers;

    if (seL4_TCB_ReadRegisters(t->tcb.cptr, 0, 0, SK_ARCH_REGISTER_COUNT, &registers) !=
        seL4_NoError) {
        return;
    }
    struct sk_arch_backtrace start = sk_arch_backtrace_of(&registers);
    if (start.record < t->stack) {
        start.record = 0; /* in the guard page, or not of this stack */
    }
    sk_backtrace_print_fault(start.pc, start.link, start.record, t->stack + t->stack_size);
}
