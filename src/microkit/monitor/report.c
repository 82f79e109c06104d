/* SPDX-License-Identifier: BSD-2-Clause */
#include "monitor.h"

#include <stddef.h>

#include <selkie/arch/rt/trap.h>
#include <selkie/rt/print.h>

#define PAGE_SIZE ((uint64_t)1 << seL4_PageBits)

/* The largest stack that a description may ask for: no frame is larger. */
#define LARGEST_STACK ((uint64_t)16 << 20)

/* A register is written, with an address of its own, at most so far below the stack pointer. */
#define LARGEST_PUSH 512

/* The kernel reports these as empty slots: they need not be. */
static bool cannot_receive(const struct sk_fault *fault)
{
    return fault->kind == SK_FAULT_CAP && fault->cap.is_receive &&
           fault->cap.lookup.kind == SK_LOOKUP_MISSING_CAPABILITY;
}

static void print_fault(const struct sk_fault *fault)
{
    char line[SK_FAULT_LINE];
    const char *trap =
        fault->kind == SK_FAULT_EXCEPTION ? sk_arch_trap_name(fault->exception.number) : NULL;

    if (trap != NULL) {
        sk_printf("trap: %s, at pc 0x%lx\n", trap, fault->exception.pc);
    } else if (cannot_receive(fault)) {
        sk_printf("capability fault: receive on 0x%lx at pc 0x%lx\n", fault->cap.address,
                  fault->cap.pc);
        sk_puts("  nothing is there, or nothing to receive from: it lacks the right to, or\n"
                "  is a notification that is bound to another domain");
    } else {
        sk_fault_print(fault, line, sizeof(line));
        sk_printf("%s\n", line);
    }
}

static void print_stack(const char *what, const struct sk_monitor_domain *d)
{
    sk_printf("  %s 0x%lx to 0x%lx\n", what, d->stack_bottom, d->stack_top);
}

/*
 * Was the stack too small? Below it is a page that is not mapped, which small frames meet. A
 * large one may begin anywhere below, and then sp, which is lowered first, is there too. One
 * that is far away is another stack's, of the program's own.
 */
static bool has_overflowed(const struct sk_monitor_domain *d, uint64_t address, uint64_t sp)
{
    bool is_below = address < d->stack_bottom && sp < d->stack_bottom + LARGEST_PUSH;

    return is_below && address + LARGEST_PUSH >= sp &&
           d->stack_bottom - address <= LARGEST_STACK;
}

static bool is_same(const char *a, const char *b)
{
    while (*a != '\0' && *a == *b) {
        a++;
        b++;
    }
    return *a == *b;
}

/* Is this how libmicrokit ends a domain: by a write to the error's number? */
static bool is_crash(const struct tables *t, const struct sk_monitor_domain *d,
                     const struct sk_fault *fault)
{
    struct place place = sk_monitor_place(t, d, fault->vm.pc);

    return fault->vm.is_write && fault->vm.address - 1 < seL4_NotEnoughMemory &&
           place.function != NULL && is_same(place.function, "microkit_internal_crash");
}

/* What else can be said of an access to memory. */
static void print_guess(const struct tables *t, const struct sk_monitor_domain *d,
                        const struct sk_fault *fault)
{
    const char *name = sk_arch_access_name(fault->vm.status);
    uint64_t address = fault->vm.address;

    if (is_crash(t, d, fault)) {
        sk_printf("  libmicrokit ends so after error %lu of the kernel\n", address);
    } else if (name != NULL) {
        sk_printf("  %s\n", name);
    } else if (address < PAGE_SIZE) {
        sk_puts("  a null pointer");
    } else if (d->stack_bottom - address - 1 < PAGE_SIZE) {
        print_stack("it is in the page below the stack, which is from", d);
    }
}

static void print_exception(const struct sk_fault *fault)
{
    const char *name = sk_arch_exception_name(fault->exception.number);

    if (name != NULL) {
        sk_printf("  %s\n", name);
    }
}

static void print_reason(const struct tables *t, const struct sk_monitor_domain *d,
                         const struct sk_fault *fault, const seL4_UserContext *registers)
{
    bool is_access = fault->kind == SK_FAULT_VM;
    bool is_outside =
        registers != NULL && (registers->sp < d->stack_bottom || registers->sp > d->stack_top);

    if (is_access && registers != NULL && has_overflowed(d, fault->vm.address, registers->sp)) {
        print_stack("the stack has overflowed: it is from", d);
        return;
    }
    if (is_access) {
        print_guess(t, d, fault);
    } else if (fault->kind == SK_FAULT_EXCEPTION) {
        print_exception(fault);
    }
    if (is_outside) {
        print_stack("sp is not in the domain's stack, which is from", d);
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
        print_reason(t, d, fault, registers);
    } else {
        sk_printf("the message is not one of the kernel's\n");
    }
    if (registers != NULL) {
        print_place(t, d, registers);
        sk_monitor_registers(registers);
        sk_monitor_backtrace(t, d, registers);
    }
}
