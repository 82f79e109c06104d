/* SPDX-License-Identifier: BSD-2-Clause */
#include "fault.h"

#include <selkie/arch/rt/fault.h>
#include <selkie/rt/print.h>
#include <selkie/rt/stack.h>

static void print_vm_fault(const struct sk_thread *t, const seL4_Word *message)
{
    seL4_Word address = message[seL4_VMFault_Addr];
    const char *access = "read of";

    if (message[seL4_VMFault_PrefetchFault] != 0) {
        access = "jump to";
    } else if (sk_arch_fault_is_write(message[seL4_VMFault_FSR])) {
        access = "write to";
    }
    if (t->stack - address - 1 < SK_STACK_GUARD_SIZE) {
        sk_printf("stack overflow in %s: ", t->name);
    }
    sk_printf("%s 0x%lx", access, address);
}

void sk_fault_print(const struct sk_thread *t, seL4_MessageInfo_t info,
                    const seL4_Word *message)
{
    seL4_Word pc = message[0]; /* of all faults but an unknown system call */

    sk_printf("fault: ");
    switch (seL4_MessageInfo_get_label(info)) {
    case seL4_Fault_VMFault:
        print_vm_fault(t, message);
        break;
    case seL4_Fault_CapFault:
        sk_printf("%s a capability that is not there, 0x%lx,",
                  message[seL4_CapFault_InRecvPhase] != 0 ? "receive on" : "use of",
                  message[seL4_CapFault_Addr]);
        break;
    case seL4_Fault_UnknownSyscall:
        pc = message[seL4_UnknownSyscall_FaultIP];
        sk_printf("unknown system call %ld", (long)message[seL4_UnknownSyscall_Syscall]);
        break;
    case seL4_Fault_UserException:
        sk_printf("exception 0x%lx, code 0x%lx,", message[seL4_UserException_Number],
                  message[seL4_UserException_Code]);
        break;
    default:
        sk_printf("of kind %lu", seL4_MessageInfo_get_label(info));
        break;
    }
    sk_printf(" at pc 0x%lx in %s\n", pc, t->name);
}
