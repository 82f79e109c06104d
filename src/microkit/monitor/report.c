/* SPDX-License-Identifier: BSD-2-Clause */
#include "monitor.h"

#include <stddef.h>

#include <selkie/arch/rt/trap.h>
#include <selkie/rt/print.h>

#define PAGE_SIZE ((uint64_t)1 << seL4_PageBits)

static void print_fault(const struct sk_fault *fault)
{
    char line[SK_FAULT_LINE];
    const char *trap =
        fault->kind == SK_FAULT_EXCEPTION ? sk_arch_trap_name(fault->exception.number) : NULL;

    if (trap != NULL) {
        sk_printf("trap: %s, at pc 0x%lx\n", trap, fault->exception.pc);
    } else {
        sk_fault_print(fault, line, sizeof(line));
        sk_printf("%s\n", line);
    }
}

/* What else can be said of an access to memory. */
static void print_guess(const struct sk_monitor_domain *d, const struct sk_fault *fault)
{
    if (fault->kind != SK_FAULT_VM) {
        return;
    }
    if (d->stack_bottom - fault->vm.address - 1 < PAGE_SIZE) {
        sk_printf("  the stack has overflowed: it is from 0x%lx to 0x%lx\n", d->stack_bottom,
                  d->stack_top);
    } else if (fault->vm.address - 1 < seL4_NotEnoughMemory && fault->vm.is_write) {
        sk_printf("  libmicrokit ends so after error %lu of the kernel\n", fault->vm.address);
    } else if (fault->vm.address < PAGE_SIZE) {
        sk_puts("  a null pointer");
    }
}

static void print_place(const struct tables *t, const struct sk_monitor_domain *d,
                        const seL4_UserContext *registers)
{
    struct place place = sk_monitor_place(t, d, registers->pc);

    if (place.function != NULL) {
        sk_printf("  in %s+0x%lx, sp 0x%lx\n", place.function, place.offset, registers->sp);
    } else {
        sk_printf("  at 0x%lx, sp 0x%lx\n", registers->pc, registers->sp);
    }
}

void sk_monitor_report(const struct tables *t, const struct sk_monitor_domain *d,
                       const struct sk_fault *fault, const seL4_UserContext *registers)
{
    sk_printf("%s faulted: ", d->name);
    if (fault != NULL) {
        print_fault(fault);
        print_guess(d, fault);
    } else {
        sk_printf("the message is not one of the kernel's\n");
    }
    if (registers != NULL) {
        print_place(t, d, registers);
        sk_monitor_registers(registers);
        sk_monitor_backtrace(t, d, registers);
    }
}
