/* SPDX-License-Identifier: BSD-2-Clause */
#include "execute.h"

/* A badged capability for one call, in the slot for the moment; or the object's own. */
static sk_err take(struct sk_init *in, uint32_t object, uint64_t badge, unsigned rights,
                   uint32_t *ret_slot)
{
    uint32_t slot = init_optional(in, object);

    if (badge != 0) {
        SK_TRY(call(in, SK_INIT_MINT, 0, init_moment(in), 0, slot, rights, badge));
        slot = init_moment(in);
    }
    *ret_slot = slot;
    return SK_OK;
}

static sk_err give_back(struct sk_init *in, uint64_t badge)
{
    return badge != 0 ? call(in, SK_INIT_DELETE, init_moment(in)) : SK_OK;
}

sk_err sk_init_irq(struct sk_init *in, const void *record)
{
    const struct sk_spec_irq *i = record;
    uint32_t handler = init_irq(in, in->record), notification = 0;

    SK_TRY(call(in, SK_INIT_GET_IRQ, i->irq, i->is_edge, handler));
    if (i->notification == SK_SPEC_NONE) {
        return SK_OK;
    }
    SK_TRY(take(in, i->notification, i->badge, SK_SPEC_WRITE, &notification));
    SK_TRY(call(in, SK_INIT_NOTIFY_IRQ, handler, notification));
    return give_back(in, i->badge);
}

static uint32_t source_of(const struct sk_init *in, const struct sk_spec_cap *c)
{
    switch (c->kind) {
    case SK_SPEC_OBJECT:
        return init_object(in, c->source);
    case SK_SPEC_BLOB_PAGE:
        return init_page(in, c->source);
    case SK_SPEC_IRQ:
        return init_irq(in, c->source);
    case SK_SPEC_SCHED_CONTROL:
        return in->sched_control + c->source;
    default:
        return c->source;
    }
}

sk_err sk_init_cap(struct sk_init *in, const void *record)
{
    const struct sk_spec_cap *c = record;
    uint32_t cnode = init_object(in, c->cnode), source = source_of(in, c);
    unsigned depth = init_depth(in, c->cnode);

    if (c->operation == SK_SPEC_OP_MOVE) {
        return call(in, SK_INIT_MOVE, cnode, c->slot, depth, source);
    }
    return call(in, SK_INIT_MINT, cnode, c->slot, depth, source, c->rights, c->data);
}

sk_err sk_init_domain(struct sk_init *in, const void *record)
{
    const struct sk_spec_domain *d = record;

    SK_TRY(call(in, SK_INIT_SET_ENTRY, d->index, d->domain, d->duration));
    if (in->record + 1 < init_count(in, SK_SPEC_SCHEDULE) ||
        in->spec->domain_start == SK_SPEC_NONE) {
        return SK_OK;
    }
    return call(in, SK_INIT_SET_START, in->spec->domain_start);
}

/* Faults are told with enough to send the message and to be answered, and no more. */
#define HANDLER_RIGHTS (SK_SPEC_WRITE | SK_SPEC_GRANT_REPLY)

static sk_err schedule(struct sk_init *in, const struct sk_spec_thread *t)
{
    uint32_t context = init_optional(in, t->sched_context), handler = 0;

    if (context != 0) {
        SK_TRY(call(in, SK_INIT_CONFIGURE_TIME, t->core, context, t->budget_us, t->period_us,
                    t->extra_refills, t->sched_badge,
                    (t->flags & SK_SPEC_THREAD_SPORADIC) != 0));
    }
    SK_TRY(take(in, t->fault_endpoint, t->fault_badge, HANDLER_RIGHTS, &handler));
    SK_TRY(call(in, SK_INIT_SET_SCHEDULE, init_object(in, t->tcb), t->max_priority, t->priority,
                context, handler));
    return give_back(in, t->fault_badge);
}

static sk_err set_timeout(struct sk_init *in, const struct sk_spec_thread *t)
{
    uint32_t handler = 0;

    SK_TRY(take(in, t->timeout_endpoint, t->timeout_badge, HANDLER_RIGHTS, &handler));
    SK_TRY(call(in, SK_INIT_SET_TIMEOUT, init_object(in, t->tcb), handler));
    return give_back(in, t->timeout_badge);
}

/*
 * A passive thread's context is bound to both from the start. It runs on it as any thread does;
 * when it first waits for messages, the kernel takes it away, and the notification lends it for
 * each signal. So there is nothing that has to be done at the right moment.
 */
static sk_err bind(struct sk_init *in, const struct sk_spec_thread *t)
{
    uint32_t notification = init_optional(in, t->notification);

    if (notification != 0) {
        SK_TRY(call(in, SK_INIT_BIND, init_object(in, t->tcb), notification));
    }
    if ((t->flags & SK_SPEC_THREAD_PASSIVE) != 0) {
        SK_TRY(call(in, SK_INIT_BIND_TIME, init_object(in, t->sched_context), notification));
    }
    return SK_OK;
}

sk_err sk_init_thread(struct sk_init *in, const void *record)
{
    const struct sk_spec_thread *t = record;
    uint32_t tcb = init_object(in, t->tcb);

    SK_TRY(call(in, SK_INIT_CONFIGURE, tcb, init_object(in, t->cspace), t->cspace_data,
                init_object(in, t->vspace), t->ipc_vaddr, init_optional(in, t->ipc_frame)));
    SK_TRY(schedule(in, t));
    if (t->timeout_endpoint != SK_SPEC_NONE) {
        SK_TRY(set_timeout(in, t));
    }
    SK_TRY(bind(in, t));
    if ((t->flags & SK_SPEC_THREAD_NO_FPU) != 0) {
        SK_TRY(call(in, SK_INIT_NO_FPU, tcb));
    }
    if ((t->flags & SK_SPEC_THREAD_DOMAIN) != 0) {
        SK_TRY(call(in, SK_INIT_SET_DOMAIN, tcb, t->domain));
    }
    return SK_OK;
}

sk_err sk_init_start(struct sk_init *in, const void *record)
{
    const struct sk_spec_thread *t = record;

    return call(in, SK_INIT_REGISTERS, init_object(in, t->tcb),
                (t->flags & SK_SPEC_THREAD_START) != 0, t->entry, t->stack, t->argument);
}
