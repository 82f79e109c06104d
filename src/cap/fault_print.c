/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/cap/fault.h>

#include "lookup.h"

static void put_hex(struct text *t, const char *words, seL4_Word number)
{
    sk_text_put(t, words);
    sk_text_hex(t, number);
}

static void put_number(struct text *t, const char *words, seL4_Word number)
{
    sk_text_put(t, words);
    sk_text_number(t, number);
}

static void put_vm(struct text *t, const struct sk_fault *f)
{
    put_hex(t,
            f->vm.is_fetch   ? "VM fault: fetch from "
            : f->vm.is_write ? "VM fault: write to "
                             : "VM fault: read of ",
            f->vm.address);
    put_hex(t, " at pc ", f->vm.pc);
    put_hex(t, ", status ", f->vm.status);
}

static void put_cap(struct text *t, const struct sk_fault *f)
{
    put_hex(t,
            f->cap.is_receive ? "capability fault: receive on " : "capability fault: use of ",
            f->cap.address);
    put_hex(t, " at pc ", f->cap.pc);
    sk_text_put(t, ": ");
    sk_lookup_failure_put(t, &f->cap.lookup);
}

static void put_exception(struct text *t, const struct sk_fault *f)
{
    put_hex(t, "exception ", f->exception.number);
    put_hex(t, ", code ", f->exception.code);
    put_hex(t, " at pc ", f->exception.pc);
    put_hex(t, ", sp ", f->exception.sp);
    put_hex(t, ", flags ", f->exception.flags);
}

static void put_debug(struct text *t, const struct sk_fault *f)
{
    put_number(t, "debug exception: reason ", f->debug.reason);
    put_hex(t, ", address ", f->debug.address);
    put_number(t, ", breakpoint ", f->debug.breakpoint);
    put_hex(t, " at pc ", f->debug.pc);
}

size_t sk_fault_print(const struct sk_fault *f, char *buffer, size_t size)
{
    struct text t = {.buffer = buffer, .size = size};

    switch (f->kind) {
    case SK_FAULT_CAP:
        put_cap(&t, f);
        break;
    case SK_FAULT_SYSCALL:
        put_hex(&t, "unknown system call ", f->syscall.number);
        put_hex(&t, " at pc ", f->syscall.pc);
        put_hex(&t, ", sp ", f->syscall.sp);
        break;
    case SK_FAULT_EXCEPTION:
        put_exception(&t, f);
        break;
    case SK_FAULT_DEBUG:
        put_debug(&t, f);
        break;
    case SK_FAULT_TIMEOUT:
        put_hex(&t, "timeout: data ", f->timeout.data);
        put_number(&t, ", ", f->timeout.consumed);
        sk_text_put(&t, " us consumed");
        break;
    case SK_FAULT_VM:
        put_vm(&t, f);
        break;
    case SK_FAULT_VGIC:
        put_hex(&t, "virtual interrupt controller: list register ", f->vgic.index);
        break;
    case SK_FAULT_VCPU:
        put_hex(&t, "virtual processor: HSR ", f->vcpu.hsr);
        break;
    case SK_FAULT_VPPI:
        put_number(&t, "virtual private interrupt ", f->vppi.irq);
        break;
    default:
        sk_text_put(&t, "no fault");
        break;
    }
    return sk_text_end(&t);
}
