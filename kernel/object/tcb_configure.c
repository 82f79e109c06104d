/* SPDX-License-Identifier: BSD-2-Clause */
#include "object/tcb_configure.h"

#include "core/delete.h"
#include "core/derive.h"
#include "core/fault.h"
#include "core/preempt.h"
#include "core/sched.h"
#include "core/vspace.h"
#include "object/cnode.h"
#include "object/sched_context.h"

/* A capability that is to go into a slot of the thread, checked. */
struct install {
    struct slot *source; /* null: the slot is only emptied */
    kcap cap;
};

/*
 * Real seL4 takes a thread's only capability to a CNode for one that is being deleted, and
 * refuses to exchange it.
 */
static bool has_last_cspace(const struct tcb *t)
{
    const struct slot *s = &t->slots[TCB_CSPACE];

    return cap_type(s->cap) == CAP_CNODE && sk_kderive_is_final(s);
}

static seL4_Error check_cspace(struct kernel *k, const struct tcb *t, struct slot *source,
                               uint64_t data, struct install *ret)
{
    kcap c = source->cap;
    seL4_Error e;

    if (has_last_cspace(t)) {
        return sk_kerror(k, seL4_IllegalOperation);
    }
    if (data != 0) {
        c = sk_kcnode_with_data(c, data, false);
    }
    e = sk_kcnode_derive(source, c, &c);
    if (e != seL4_NoError) {
        return sk_kerror(k, e);
    }
    if (cap_type(c) != CAP_CNODE) {
        return sk_kerror(k, seL4_IllegalOperation);
    }
    *ret = (struct install){source, c};
    return seL4_NoError;
}

static seL4_Error check_vspace(struct kernel *k, struct slot *source, struct install *ret)
{
    kcap c;
    seL4_Error e = sk_kcnode_derive(source, source->cap, &c);

    if (e != seL4_NoError) {
        return sk_kerror(k, e);
    }
    if (cap_type(c) != CAP_VSPACE || !cap_is_mapped(c)) {
        return sk_kerror(k, seL4_IllegalOperation);
    }
    *ret = (struct install){source, c};
    return seL4_NoError;
}

static seL4_Error check_buffer(struct kernel *k, struct slot *source, uint64_t vaddr,
                               struct install *ret)
{
    kcap c;
    seL4_Error e;

    *ret = (struct install){0};
    if (vaddr == 0) {
        return seL4_NoError;
    }
    e = sk_kcnode_derive(source, source->cap, &c);
    if (e != seL4_NoError) {
        return sk_kerror(k, e);
    }
    if (cap_type(c) != CAP_FRAME || cap_frame_is_device(c)) {
        return sk_kerror(k, seL4_IllegalOperation);
    }
    if ((vaddr & ((1ull << seL4_IPCBufferSizeBits) - 1)) != 0) {
        return sk_kerror(k, seL4_AlignmentError);
    }
    *ret = (struct install){source, c};
    return seL4_NoError;
}

static seL4_Error check_handler(struct kernel *k, struct slot *source, uint64_t argument,
                                struct install *ret)
{
    *ret = (struct install){0};
    if (cap_is_null(source->cap)) {
        return seL4_NoError;
    }
    if (!fault_is_handler(source->cap)) {
        return sk_kerror_capability(k, argument);
    }
    *ret = (struct install){source, source->cap};
    return seL4_NoError;
}

/* False: the rest of the operation cannot go on now (preempt.h), or never can. */
static bool install(struct kernel *k, const struct invocation *i, enum tcb_slot n,
                    struct install what)
{
    struct tcb *t = cap_object(i->cap);
    struct slot *s = &t->slots[n];

    if (!sk_kdelete(k, s)) {
        (void)preempt_restart(k);
        return false;
    }
    /* Deleting may have taken the source with it, or the thread. */
    if (!cap_same_object(i->slot->cap, i->cap)) {
        return false;
    }
    if (what.source != 0 && cap_same_object(what.source->cap, what.cap)) {
        sk_kcnode_insert(what.source, s, what.cap);
    }
    if (n == TCB_BUFFER && t == k->current) {
        k->must_choose = 1; /* so its new address space, if it has one, is loaded now */
    }
    return true;
}

/* Words: CSpace data, VSpace data, buffer. Capabilities: CSpace, VSpace, frame. */
static seL4_Error configure(struct kernel *k, struct invocation *i, struct tcb *t)
{
    uint64_t vaddr = sk_kinvocation_word(i, 2);
    struct install cspace, vspace, buffer;
    seL4_Error e;

    if (i->length < 3 || i->extra_count < 3) {
        return sk_kerror(k, seL4_TruncatedMessage);
    }
    e = check_buffer(k, i->extra[2], vaddr, &buffer);
    if (e == seL4_NoError) {
        e = check_cspace(k, t, i->extra[0], sk_kinvocation_word(i, 0), &cspace);
    }
    if (e == seL4_NoError) {
        e = check_vspace(k, i->extra[1], &vspace);
    }
    if (e != seL4_NoError) {
        return e;
    }
    if (install(k, i, TCB_CSPACE, cspace) && install(k, i, TCB_VSPACE, vspace)) {
        t->buffer_vaddr = vaddr;
        (void)install(k, i, TCB_BUFFER, buffer);
    }
    return seL4_NoError;
}

/* Words: CSpace data, VSpace data. Capabilities: fault handler, CSpace, VSpace. */
static seL4_Error set_space(struct kernel *k, struct invocation *i)
{
    struct install handler, cspace, vspace;
    seL4_Error e;

    if (i->length < 2 || i->extra_count < 3) {
        return sk_kerror(k, seL4_TruncatedMessage);
    }
    e = check_cspace(k, cap_object(i->cap), i->extra[1], sk_kinvocation_word(i, 0), &cspace);
    if (e == seL4_NoError) {
        e = check_vspace(k, i->extra[2], &vspace);
    }
    if (e == seL4_NoError) {
        e = check_handler(k, i->extra[0], 1, &handler);
    }
    if (e != seL4_NoError) {
        return e;
    }
    if (install(k, i, TCB_FAULT, handler) && install(k, i, TCB_CSPACE, cspace)) {
        (void)install(k, i, TCB_VSPACE, vspace);
    }
    return seL4_NoError;
}

static seL4_Error set_buffer(struct kernel *k, struct invocation *i, struct tcb *t)
{
    uint64_t vaddr = sk_kinvocation_word(i, 0);
    struct install buffer;
    seL4_Error e;

    if (i->length < 1 || i->extra_count < 1) {
        return sk_kerror(k, seL4_TruncatedMessage);
    }
    e = check_buffer(k, i->extra[0], vaddr, &buffer);
    if (e == seL4_NoError) {
        t->buffer_vaddr = vaddr;
        (void)install(k, i, TCB_BUFFER, buffer);
    }
    return e;
}

static seL4_Error set_timeout_handler(struct kernel *k, struct invocation *i)
{
    struct install handler;
    seL4_Error e;

    if (i->extra_count < 1) {
        return sk_kerror(k, seL4_TruncatedMessage);
    }
    e = check_handler(k, i->extra[0], 1, &handler);
    if (e == seL4_NoError) {
        (void)install(k, i, TCB_TIMEOUT, handler);
    }
    return e;
}

/* Priorities are bounded by the maximum of the thread that capability 0 names. */
static seL4_Error check_priority(struct kernel *k, const struct invocation *i,
                                 uint64_t priority)
{
    kcap authority = invocation_cap(i, 0);
    const struct tcb *t;

    if (cap_type(authority) != CAP_TCB) {
        return sk_kerror_capability(k, 1);
    }
    t = cap_object(authority);
    if (priority > t->max_priority) {
        return sk_kerror_range(k, seL4_MinPrio, t->max_priority);
    }
    return seL4_NoError;
}

static seL4_Error set_priority(struct kernel *k, struct invocation *i, struct tcb *t)
{
    uint64_t priority = sk_kinvocation_word(i, 0);
    seL4_Error e;

    if (i->length < 1 || i->extra_count < 1) {
        return sk_kerror(k, seL4_TruncatedMessage);
    }
    e = check_priority(k, i, priority);
    if (e == seL4_NoError && i->label == TCBSetPriority) {
        sk_ksched_set_priority(k, t, (uint8_t)priority);
    } else if (e == seL4_NoError) {
        t->max_priority = (uint8_t)priority;
    }
    return e;
}

/* What SetSchedParams does with the scheduling context, capability 1; null takes it away. */
static seL4_Error check_context(struct kernel *k, const struct invocation *i,
                                const struct tcb *t)
{
    kcap c = invocation_cap(i, 1);

    if (cap_type(c) == CAP_SCHED_CONTEXT) {
        if (t->sched_context == cap_object(c)) {
            return seL4_NoError;
        }
        return sk_ksched_context_may_bind(k, cap_object(c), t);
    }
    if (!cap_is_null(c)) {
        return sk_kerror_capability(k, 2);
    }
    return t == i->caller ? sk_kerror(k, seL4_IllegalOperation) : seL4_NoError;
}

/* Words: maximum, priority. Capabilities: authority, scheduling context, fault handler. */
static seL4_Error set_sched_params(struct kernel *k, struct invocation *i, struct tcb *t)
{
    uint64_t max_priority = sk_kinvocation_word(i, 0);
    uint64_t priority = sk_kinvocation_word(i, 1);
    struct install handler;
    kcap context;
    seL4_Error e;

    if (i->length < 2 || i->extra_count < 3) {
        return sk_kerror(k, seL4_TruncatedMessage);
    }
    e = check_priority(k, i, max_priority);
    if (e == seL4_NoError) {
        e = check_priority(k, i, priority);
    }
    if (e == seL4_NoError) {
        e = check_context(k, i, t);
    }
    if (e == seL4_NoError) {
        e = check_handler(k, i->extra[2], 3, &handler);
    }
    if (e != seL4_NoError) {
        return e;
    }
    context = invocation_cap(i, 1);
    if (!install(k, i, TCB_FAULT, handler)) {
        return seL4_NoError;
    }
    t->max_priority = (uint8_t)max_priority;
    sk_ksched_set_priority(k, t, (uint8_t)priority);
    if (cap_is_null(context) && t->sched_context != 0) {
        sk_ksched_context_release(k, t->sched_context);
    } else if (!cap_is_null(context) && t->sched_context != cap_object(context)) {
        sk_ksched_context_bind(k, cap_object(context), t);
    }
    return seL4_NoError;
}

seL4_Error sk_ktcb_configure(struct kernel *k, struct invocation *i, struct tcb *t)
{
    switch (i->label) {
    case TCBConfigure:
        return configure(k, i, t);
    case TCBSetSpace:
        return set_space(k, i);
    case TCBSetIPCBuffer:
        return set_buffer(k, i, t);
    case TCBSetTimeoutEndpoint:
        return set_timeout_handler(k, i);
    case TCBSetPriority:
    case TCBSetMCPriority:
        return set_priority(k, i, t);
    case TCBSetSchedParams:
        return set_sched_params(k, i, t);
    default:
        return sk_kerror(k, seL4_IllegalOperation);
    }
}
