/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/syscall.h"

#include <selkie/gen/syscalls.h>

#include "core/debug.h"
#include "core/fault.h"
#include "core/invoke.h"
#include "core/ipc.h"
#include "core/platform.h"
#include "core/sched.h"
#include "object/irq.h"
#include "object/reply.h"

#include "core/cspace.h"

static void sk_ksyscall_Call(struct kernel *k)
{
    uint64_t cptr = sk_arch_syscall_cptr(&k->current->context);

    sk_kinvoke_send(
        k,
        (struct send){.cptr = cptr, .is_blocking = true, .is_call = true, .may_donate = true});
}

static void sk_ksyscall_Send(struct kernel *k)
{
    sk_kinvoke_send(k, (struct send){.cptr = sk_arch_syscall_cptr(&k->current->context),
                                     .is_blocking = true});
}

static void sk_ksyscall_NBSend(struct kernel *k)
{
    sk_kinvoke_send(k, (struct send){.cptr = sk_arch_syscall_cptr(&k->current->context)});
}

static void sk_ksyscall_Recv(struct kernel *k)
{
    sk_kinvoke_receive(k, sk_arch_syscall_cptr(&k->current->context), true, true);
}

static void sk_ksyscall_NBRecv(struct kernel *k)
{
    sk_kinvoke_receive(k, sk_arch_syscall_cptr(&k->current->context), false, true);
}

static void sk_ksyscall_Wait(struct kernel *k)
{
    sk_kinvoke_receive(k, sk_arch_syscall_cptr(&k->current->context), true, false);
}

static void sk_ksyscall_NBWait(struct kernel *k)
{
    sk_kinvoke_receive(k, sk_arch_syscall_cptr(&k->current->context), false, false);
}

/* The halves of a system call with both: the second only happens if the first did not fault. */
static void send_then_receive(struct kernel *k, uint64_t dest, bool with_reply)
{
    struct tcb *t = k->current;
    uint64_t cptr = sk_arch_syscall_cptr(&t->context);

    sk_kinvoke_send(k, (struct send){.cptr = dest, .may_donate = true, .is_half = true});
    if (sched_is_runnable(t) && !k->must_restart) {
        sk_kinvoke_receive(k, cptr, true, with_reply);
        if (t->is_queued && !sched_is_runnable(t)) {
            sk_ksched_remove(k, t); /* it yielded in the first half, and blocks in the second */
        }
    }
}

/* The first half invokes whatever the reply register names, which need not be a reply. */
static void sk_ksyscall_ReplyRecv(struct kernel *k)
{
    send_then_receive(k, sk_arch_syscall_reply_cptr(&k->current->context), true);
}

static void sk_ksyscall_NBSendRecv(struct kernel *k)
{
    send_then_receive(k, sk_arch_syscall_dest_cptr(&k->current->context), true);
}

static void sk_ksyscall_NBSendWait(struct kernel *k)
{
    send_then_receive(k, sk_arch_syscall_nbsendwait_dest(&k->current->context), false);
}

static void sk_ksyscall_Yield(struct kernel *k)
{
    sk_ksched_yield(k);
}

#define SERVE(name, number)    \
    case number:               \
        sk_ksyscall_##name(k); \
        break;

struct tcb *sk_kernel_syscall(struct kernel *k)
{
    int64_t number = (int64_t)sk_arch_syscall_number(&k->current->context);

    if (sched_enter(k)) {
        sk_ksched_expire(k);
        return sk_ksched_run(k);
    }
    switch (number) {
        SK_SYSCALLS(SERVE)
    default:
        sk_kfault_raise(
            k, k->current,
            (struct fault){.label = seL4_Fault_UnknownSyscall, .words = {(uint64_t)number}});
        break;
    }
    if (k->must_restart) {
        k->must_restart = 0;
        return sk_kernel_interrupt(k);
    }
    return sk_ksched_run(k);
}
#undef SERVE

struct tcb *sk_kernel_fault(struct kernel *k, struct fault f)
{
    if (sched_enter(k)) {
        sk_ksched_expire(k);
    } else {
        sk_kfault_raise(k, k->current, f);
    }
    return sk_ksched_run(k);
}

struct tcb *sk_kernel_fpu(struct kernel *k, struct fault f)
{
    struct tcb *t = k->current;

    if ((t->flags & seL4_TCBFlag_fpuDisabled) != 0) {
        return sk_kernel_fault(k, f);
    }
    sk_arch_fpu_enable(&k->machine, 1);
    if (k->fpu_owner != 0) {
        sk_arch_fpu_save(&k->machine, &k->fpu_owner->fpu);
    }
    sk_arch_fpu_load(&k->machine, &t->fpu);
    k->fpu_owner = t;
    return t;
}

struct tcb *sk_kernel_interrupt(struct kernel *k)
{
    uint64_t irq = sk_kplatform_irq_take(k);

    if (sched_enter(k)) {
        sk_ksched_expire(k);
    }
    if (irq == UINT64_MAX) {
        return sk_ksched_run(k);
    }
    if (irq == sk_kplatform_timer_irq(k)) {
        sk_ksched_tick(k);
    } else if (irq < KERNEL_IRQ_COUNT && k->irq_states[irq] == IRQ_HANDLED) {
        sk_kirq_deliver(k, irq);
    } else if (irq < KERNEL_IRQ_COUNT) {
        sk_kplatform_irq_mask(k, irq); /* nobody asked for it */
    }
    sk_kplatform_irq_end(k, irq);
    return sk_ksched_run(k);
}
