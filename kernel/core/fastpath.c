/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/fastpath.h"

#include "core/ipc.h"
#include "core/queue.h"
#include "core/sched.h"
#include "core/syscall.h"

/* Words that are in registers, and no capabilities: the low bits of a message info. */
static inline bool is_short(uint64_t info)
{
    return (info & 0x1ff) <= SK_ARCH_MESSAGE_REGISTERS;
}

/* As sk_kcspace_slot(), if the way there is one CNode long; otherwise a null capability. */
static inline kcap find(const struct tcb *t, uint64_t cptr)
{
    kcap root = t->slots[TCB_CSPACE].cap;
    uint64_t radix = cap_cnode_radix(root);
    uint64_t guard_bits = cap_cnode_guard_bits(root);
    uint64_t shift = 64 - radix - guard_bits;
    kcap c;

    /* A guard shifts out in two steps, since it may have no bits. */
    if (cap_type(root) != CAP_CNODE || shift > 63 ||
        cptr >> 1 >> (63 - guard_bits) != cap_badge(root)) {
        return (kcap){0};
    }
    c = cap_cnode_slots(root)[cptr >> shift & ((1ull << radix) - 1)].cap;
    return shift != 0 && cap_type(c) == CAP_CNODE ? (kcap){0} : c;
}

static inline void copy_message(struct tcb *from, struct tcb *to, uint64_t info, uint64_t badge)
{
    const uint64_t *source = sk_arch_message_registers(&from->context);
    uint64_t *target = sk_arch_message_registers(&to->context);

    for (unsigned n = 0; n < (info & 7); n++) {
        target[n] = source[n];
    }
    sk_arch_set_info(&to->context, info_make(info_label(info), 0, 0, info & 7));
    sk_arch_set_badge(&to->context, badge);
}

/* From t to the thread that got its scheduling context. */
static inline struct tcb *hand_over(struct kernel *k, struct tcb *t, struct tcb *to)
{
    sk_arch_context_leave(&k->machine, &t->context);
    sk_arch_context_enter(&k->machine, &to->context);
    k->current = to;
    if (!sched_is_loaded(k, to)) {
        sk_ksched_load_vspace(k);
    }
    if (k->fpu_owner == t || k->fpu_owner == to) {
        sk_arch_fpu_enable(&k->machine, k->fpu_owner == to);
    }
    return to;
}

static inline void give_context(struct sched_context *sc, struct tcb *from, struct tcb *to)
{
    from->sched_context = 0;
    sc->tcb = to;
    to->sched_context = sc;
}

/* A call to a passive server that waits with a reply object, and may run now. */
static struct tcb *call(struct kernel *k, struct tcb *t)
{
    uint64_t info = sk_arch_syscall_info(&t->context);
    kcap c = find(t, sk_arch_syscall_cptr(&t->context));
    struct endpoint *ep = cap_object(c);
    struct sched_context *sc = t->sched_context;
    struct reply *r;
    struct tcb *to;

    if (!is_short(info) || cap_type(c) != CAP_ENDPOINT || (cap_rights(c) & RIGHT_WRITE) == 0 ||
        (cap_rights(c) & (RIGHT_GRANT | RIGHT_GRANT_REPLY)) == 0) {
        return sk_kernel_syscall(k);
    }
    to = ep->queue.head;
    if (to == 0 || to->state != THREAD_ON_RECEIVE || to->sched_context != 0 || to->reply == 0 ||
        !sched_in_domain(k, to) || (int)to->priority < sched_top(k)) {
        return sk_kernel_syscall(k);
    }
    ep->queue.head = to->queue_next;
    if (ep->queue.head != 0) {
        ep->queue.head->queue_prev = 0;
    } else {
        ep->queue.tail = 0;
    }
    copy_message(t, to, info, cap_badge(c));
    r = to->reply;
    to->reply = 0;
    to->waits_on = 0;
    to->state = THREAD_RUNNING;
    r->tcb = t;
    r->below = sc->reply;
    if (r->below != 0) {
        r->below->above = r;
        r->below->sched_context = 0;
    }
    r->sched_context = sc;
    sc->reply = r;
    t->reply = r;
    t->state = THREAD_ON_REPLY;
    give_context(sc, t, to);
    return hand_over(k, t, to);
}

/* Whether nothing is there for t to receive, so that it will wait. */
static inline bool must_wait(const struct tcb *t, const struct endpoint *ep)
{
    const struct notification *n = t->bound_notification;

    return (ep->queue.head == 0 || ep->queue.head->state == THREAD_ON_RECEIVE) &&
           (n == 0 || (!n->is_set && n->sched_context == 0));
}

/* The answer of a passive server to the call that it was woken by; then it waits. */
static struct tcb *reply_receive(struct kernel *k, struct tcb *t)
{
    uint64_t info = sk_arch_syscall_info(&t->context);
    kcap c = find(t, sk_arch_syscall_cptr(&t->context));
    kcap reply = find(t, sk_arch_syscall_reply_cptr(&t->context));
    struct endpoint *ep = cap_object(c);
    struct reply *r = cap_object(reply);
    struct sched_context *sc = t->sched_context;
    struct tcb *to;

    if (!is_short(info) || cap_type(c) != CAP_ENDPOINT || (cap_rights(c) & RIGHT_READ) == 0 ||
        cap_type(reply) != CAP_REPLY || r->sched_context != sc || !must_wait(t, ep)) {
        return sk_kernel_syscall(k);
    }
    to = r->tcb;
    if (to->fault.label != seL4_Fault_NullFault || to->sched_context != 0 ||
        !sched_in_domain(k, to) || (int)to->priority < sched_top(k)) {
        return sk_kernel_syscall(k);
    }
    sc->reply = r->below;
    if (r->below != 0) {
        r->below->above = 0;
        r->below->sched_context = sc;
        r->below = 0;
    }
    r->sched_context = 0;
    r->tcb = t;
    copy_message(t, to, info, 0);
    to->reply = 0;
    to->state = THREAD_RUNNING;
    t->reply = r;
    t->waits_on = ep;
    t->state = THREAD_ON_RECEIVE;
    queue_insert(&ep->queue, t);
    give_context(sc, t, to);
    return hand_over(k, t, to);
}

struct tcb *sk_kernel_syscall_fast(struct kernel *k, struct tcb *t, int64_t number)
{
    if (SK_CFG_FASTPATH && number == seL4_SysCall) {
        return call(k, t);
    }
    if (SK_CFG_FASTPATH && number == seL4_SysReplyRecv) {
        return reply_receive(k, t);
    }
    return sk_kernel_syscall(k);
}
