/* SPDX-License-Identifier: BSD-2-Clause */
#include "fault.h"

#include <selkie/arch/rt/backtrace.h>
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

static void add_vm_fault(struct text *text, const struct watched *t, const struct sk_fault *f,
                         seL4_Word sp)
{
    /* How far below the stack pointer an instruction stores that makes room as it stores. */
    const seL4_Word reach = 512;

    if (t->stack - f->vm.address - 1 < SK_STACK_GUARD_SIZE) {
        /* Code with the stack pointer elsewhere came from below, past the end of something. */
        add(text, f->vm.address + reach >= sp ? "stack overflow in %s: " : "guard page of %s: ",
            t->name);
    }
    add(text,
        f->vm.is_fetch   ? "jump to 0x%lx"
        : f->vm.is_write ? "write to 0x%lx"
                         : "read of 0x%lx",
        f->vm.address);
    add(text, " at pc 0x%lx", f->vm.pc);
}

static void add_exception(struct text *text, const struct sk_fault *f)
{
    const char *trap = sk_arch_trap_name(f->exception.number);

    if (trap != NULL) {
        add(text, "trap: %s", trap);
    } else {
        add(text, "exception 0x%lx, code 0x%lx,", f->exception.number, f->exception.code);
    }
    add(text, " at pc 0x%lx", f->exception.pc);
}

void sk_fault_describe(char *buffer, size_t size, const struct watched *t,
                       const struct sk_fault *fault, const seL4_UserContext *registers)
{
    struct text text = {buffer, size};

    switch (fault->kind) {
    case SK_FAULT_VM:
        add_vm_fault(&text, t, fault, registers->sp);
        break;
    case SK_FAULT_CAP:
        /* The kernel calls it an empty slot, too, where there is nothing to receive from. */
        add(&text, "%s a capability that is not there%s, 0x%lx, at pc 0x%lx",
            fault->cap.is_receive ? "receive on" : "use of",
            fault->cap.is_receive ? " or not to receive from" : "", fault->cap.address,
            fault->cap.pc);
        break;
    case SK_FAULT_SYSCALL:
        add(&text, "unknown system call %ld at pc 0x%lx", (long)fault->syscall.number,
            fault->syscall.pc);
        break;
    case SK_FAULT_EXCEPTION:
        add_exception(&text, fault);
        break;
    default:
        add(&text, "of kind %d at pc 0x%lx", (int)fault->kind, registers->pc);
        break;
    }
    add(&text, " in %s", t->name);
}

void sk_fault_trace(const struct watched *t, const seL4_UserContext *registers)
{
    struct sk_arch_backtrace start = sk_arch_backtrace_of(registers);

    if (start.record < t->stack) {
        start.record = 0; /* in the guard page, or not of this stack */
    }
    sk_backtrace_print_fault(start.pc, start.link, start.record, t->stack + t->stack_size);
}
