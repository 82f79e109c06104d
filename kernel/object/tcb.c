/* SPDX-License-Identifier: BSD-2-Clause */
#include "object/tcb.h"

#include "core/debug.h"
#include "core/ipc.h"
#include "core/sched.h"
#include "object/invocation.h"
#include "object/notification.h"
#include "object/sched_context.h"
#include "object/tcb_configure.h"

void sk_ktcb_init(struct kernel *k, struct tcb *t)
{
    sk_arch_context_init(&t->context);
    t->domain = k->domain;
    if (SK_CFG_DEBUG_BUILD) {
        sk_kdebug_thread_add(k, t);
    }
}

void sk_ktcb_suspend(struct kernel *k, struct tcb *t)
{
    sk_ksched_context_forget_yield(t);
    sk_kipc_cancel(k, t);
    if (t->state == THREAD_RUNNING) {
        t->context.restart_pc = t->context.pc; /* its system call, if any, is done */
    }
    t->state = THREAD_INACTIVE;
    sk_ksched_remove(k, t);
}

void sk_ktcb_resume(struct kernel *k, struct tcb *t)
{
    if (sched_is_runnable(t)) {
        return;
    }
    sk_kipc_cancel(k, t);
    t->state = THREAD_RESTART;
    sk_ksched_wake(k, t);
}

void sk_ktcb_destroy(struct kernel *k, struct tcb *t)
{
    sk_ktcb_suspend(k, t);
    if (t->bound_notification != 0) {
        sk_knotification_unbind(t->bound_notification);
    }
    if (t->sched_context != 0) {
        sk_ksched_context_release(k, t->sched_context);
    }
    if (k->fpu_owner == t) {
        k->fpu_owner = 0;
    }
    if (SK_CFG_DEBUG_BUILD) {
        sk_kdebug_thread_remove(k, t);
    }
}

/* Give the caller registers of t. Words: flags, count. */
static seL4_Error read_registers(struct kernel *k, struct invocation *i, struct tcb *t)
{
    uint64_t words[SK_ARCH_USER_CONTEXT_WORDS];
    uint64_t count = sk_kinvocation_word(i, 1);

    if (i->length < 2) {
        return sk_kerror(k, seL4_TruncatedMessage);
    }
    if (count < 1 || count > SK_ARCH_USER_CONTEXT_WORDS) {
        return sk_kerror_range(k, 1, SK_ARCH_USER_CONTEXT_WORDS);
    }
    if (t == i->caller) {
        return sk_kerror(k, seL4_IllegalOperation);
    }
    if ((sk_kinvocation_word(i, 0) & 1) != 0) {
        sk_ktcb_suspend(k, t);
    }
    for (unsigned n = 0; n < count; n++) {
        words[n] = sk_arch_context_get(&t->context, n);
    }
    if (i->is_call) {
        sk_kipc_give(k, i->caller, 0, 0, words, (unsigned)count);
        i->has_answered = true;
    }
    return seL4_NoError;
}

/* Words: flags, count, registers. */
static seL4_Error write_registers(struct kernel *k, struct invocation *i, struct tcb *t)
{
    uint64_t count = sk_kinvocation_word(i, 1);

    if (i->length < 2 || i->length - 2 < count) {
        return sk_kerror(k, seL4_TruncatedMessage);
    }
    if (t == i->caller) {
        return sk_kerror(k, seL4_IllegalOperation);
    }
    for (unsigned n = 0; n < count && n < SK_ARCH_USER_CONTEXT_WORDS; n++) {
        sk_arch_context_set(&t->context, n, sk_kinvocation_word(i, n + 2));
    }
    /* Also if no register was written: a thread that waits makes its system call once more. */
    t->context.pc = t->context.restart_pc;
    if ((sk_kinvocation_word(i, 0) & 1) != 0) {
        sk_ktcb_resume(k, t);
    }
    return seL4_NoError;
}

enum copy_flags {
    COPY_SUSPEND_SOURCE = 1,
    COPY_RESUME_TARGET = 2,
    COPY_FRAME = 4,
    COPY_INTEGER = 8,
};

static seL4_Error copy_registers(struct kernel *k, struct invocation *i, struct tcb *t)
{
    kcap c = invocation_cap(i, 0);
    uint64_t flags = sk_kinvocation_word(i, 0);
    struct tcb *source;

    if (i->length < 1 || i->extra_count == 0) {
        return sk_kerror(k, seL4_TruncatedMessage);
    }
    if (cap_type(c) != CAP_TCB) {
        return sk_kerror_capability(k, 1);
    }
    source = cap_object(c);
    if ((flags & COPY_SUSPEND_SOURCE) != 0) {
        sk_ktcb_suspend(k, source);
    }
    sk_arch_context_leave(&k->machine, &i->caller->context); /* it may be either of them */
    for (unsigned n = 0; n < SK_ARCH_USER_CONTEXT_WORDS; n++) {
        if ((flags & (n < SK_ARCH_FRAME_REGISTERS ? COPY_FRAME : COPY_INTEGER)) != 0) {
            sk_arch_context_set(&t->context, n, sk_arch_context_get(&source->context, n));
        }
    }
    if (t == k->current) {
        sk_arch_context_enter(&k->machine, &t->context);
    }
    if ((flags & COPY_RESUME_TARGET) != 0) {
        sk_ktcb_resume(k, t);
    }
    k->must_choose = 1;
    return seL4_NoError;
}

static seL4_Error bind_notification(struct kernel *k, struct invocation *i, struct tcb *t)
{
    kcap c = invocation_cap(i, 0);
    struct notification *n = cap_object(c);

    if (i->extra_count == 0) {
        return sk_kerror(k, seL4_TruncatedMessage);
    }
    if (t->bound_notification != 0 || cap_type(c) != CAP_NOTIFICATION ||
        (cap_rights(c) & RIGHT_READ) == 0 || n->bound_tcb != 0 || n->queue.head != 0) {
        return sk_kerror(k, seL4_IllegalOperation);
    }
    sk_knotification_bind(n, t);
    return seL4_NoError;
}

static seL4_Error unbind_notification(struct kernel *k, struct tcb *t)
{
    if (t->bound_notification == 0) {
        return sk_kerror(k, seL4_IllegalOperation);
    }
    sk_knotification_unbind(t->bound_notification);
    return seL4_NoError;
}

static seL4_Error set_tls_base(struct kernel *k, struct invocation *i, struct tcb *t)
{
    if (i->length < 1) {
        return sk_kerror(k, seL4_TruncatedMessage);
    }
    t->context.tpidr = sk_kinvocation_word(i, 0);
    if (t == k->current) {
        sk_arch_context_enter(&k->machine, &t->context);
    }
    return seL4_NoError;
}

/* Words: flags to clear, flags to set. */
static seL4_Error set_flags(struct kernel *k, struct invocation *i, struct tcb *t)
{
    if (i->length < 2) {
        return sk_kerror(k, seL4_TruncatedMessage);
    }
    t->flags &= ~sk_kinvocation_word(i, 0);
    t->flags |= sk_kinvocation_word(i, 1) & seL4_TCBFlag_MASK;
    if ((t->flags & seL4_TCBFlag_fpuDisabled) != 0 && k->fpu_owner == t) {
        sk_arch_fpu_enable(&k->machine, 1);
        sk_arch_fpu_save(&k->machine, &t->fpu);
        sk_arch_fpu_enable(&k->machine, 0);
        k->fpu_owner = 0;
    }
    invocation_result(i, t->flags);
    return seL4_NoError;
}

seL4_Error sk_ktcb_invoke(struct kernel *k, struct invocation *i)
{
    struct tcb *t = cap_object(i->cap);

    switch (i->label) {
    case TCBReadRegisters:
        return read_registers(k, i, t);
    case TCBWriteRegisters:
        return write_registers(k, i, t);
    case TCBCopyRegisters:
        return copy_registers(k, i, t);
    case TCBSuspend:
        sk_ktcb_suspend(k, t);
        return seL4_NoError;
    case TCBResume:
        sk_ktcb_resume(k, t);
        return seL4_NoError;
    case TCBBindNotification:
        return bind_notification(k, i, t);
    case TCBUnbindNotification:
        return unbind_notification(k, t);
    case TCBSetTLSBase:
        return set_tls_base(k, i, t);
    case TCBSetFlags:
        return set_flags(k, i, t);
    default:
        return sk_ktcb_configure(k, i, t);
    }
}
