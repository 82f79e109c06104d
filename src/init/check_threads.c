/* SPDX-License-Identifier: BSD-2-Clause */
#include "check.h"

bool sk_check_irq(struct check *c, const void *record)
{
    const struct sk_spec_irq *i = record;

    if (i->is_edge > 1 || (i->notification == SK_SPEC_NONE && i->badge != 0)) {
        return sk_check_wrong(c, "is_edge is no truth, or a badge has no notification");
    }
    return sk_check_may_be(c, i->notification, SK_SPEC_NOTIFICATION,
                           "notification is no notification") &&
           sk_check_zero(c, i->reserved, sizeof(i->reserved));
}

/* What cannot be minted: only endpoints and notifications have badges, and CNodes guards. */
static bool can_be_minted(struct check *c, const struct sk_spec_cap *cap)
{
    unsigned type;

    if (cap->kind != SK_SPEC_OBJECT) {
        return false;
    }
    type = sk_check_group_of(c, cap->source)->type;
    return type == SK_SPEC_ENDPOINT || type == SK_SPEC_NOTIFICATION || type == SK_SPEC_CNODE;
}

/* How many sources of the kind there are, from which number on. */
static bool check_source(struct check *c, const struct sk_spec_cap *cap)
{
    uint32_t start = 0, end = 0;

    switch (cap->kind) {
    case SK_SPEC_OBJECT:
        end = c->object_count;
        break;
    case SK_SPEC_BLOB_PAGE:
        end = c->spec->handed_page_count;
        break;
    case SK_SPEC_IRQ:
        end = c->spec->section[SK_SPEC_IRQS].count;
        break;
    case SK_SPEC_BOOT_CAP:
        start = 1;
        end = 16;
        break;
    case SK_SPEC_SCHED_CONTROL:
        end = c->platform->core_count;
        break;
    }
    return (cap->source >= start && cap->source < end) ||
           sk_check_wrong(c, "the source does not exist");
}

bool sk_check_cap(struct check *c, const void *record)
{
    const struct sk_spec_cap *cap = record;
    const struct sk_spec_cap *before = c->problem.record != 0 ? cap - 1 : NULL;
    bool is_minted = cap->operation == SK_SPEC_OP_MINT;

    if (!check_source(c, cap) || !sk_check_slots(c, cap->cnode, cap->slot, 1)) {
        return false;
    }
    if (cap->operation > SK_SPEC_OP_MOVE || (is_minted && !can_be_minted(c, cap)) ||
        (!is_minted && cap->data != 0) ||
        (cap->operation == SK_SPEC_OP_MOVE &&
         ((cap->kind != SK_SPEC_OBJECT && cap->kind != SK_SPEC_IRQ) ||
          cap->rights != SK_SPEC_ALL_RIGHTS))) {
        return sk_check_wrong(c, "this cannot be done with such a source");
    }
    if (cap->rights > SK_SPEC_ALL_RIGHTS || cap->reserved != 0) {
        return sk_check_wrong(c, "rights or reserved is wrong");
    }
    return before == NULL || before->cnode < cap->cnode ||
           (before->cnode == cap->cnode && before->slot < cap->slot) ||
           sk_check_wrong(c, "caps are by CNode and slot, each slot once");
}

bool sk_check_domain(struct check *c, const void *record)
{
    const struct sk_spec_domain *d = record;
    const struct sk_spec_domain *before = c->problem.record != 0 ? d - 1 : NULL;

    if (d->index >= c->platform->domain_schedule_count ||
        d->domain >= c->platform->domain_count || (d->duration == 0 && d->domain != 0)) {
        return sk_check_wrong(c, "index, domain or duration is wrong");
    }
    return before == NULL || before->index < d->index ||
           sk_check_wrong(c, "entries are in ascending order");
}

/* Time: within the kernel's arithmetic, and in a context that there is. */
static bool check_time(struct check *c, const struct sk_spec_thread *t)
{
    if (t->sched_context == SK_SPEC_NONE) {
        return (t->flags & (SK_SPEC_THREAD_PASSIVE | SK_SPEC_THREAD_SPORADIC)) == 0 ||
               sk_check_wrong(c, "without a context nobody is passive or sporadic");
    }
    if (t->budget_us == 0 || t->budget_us > t->period_us || t->period_us > 1ull << 40 ||
        t->core >= c->platform->core_count) {
        return sk_check_wrong(c, "budget, period or core is wrong");
    }
    return (t->flags & SK_SPEC_THREAD_PASSIVE) == 0 || t->notification != SK_SPEC_NONE ||
           sk_check_wrong(c, "a passive thread needs a notification");
}

static bool check_objects(struct check *c, const struct sk_spec_thread *t)
{
    return sk_check_is(c, t->tcb, SK_SPEC_TCB, "tcb is no TCB") &&
           sk_check_is(c, t->cspace, SK_SPEC_CNODE, "cspace is no CNode") &&
           sk_check_is(c, t->vspace, SK_SPEC_VSPACE, "vspace is no VSpace") &&
           sk_check_page(c, t->ipc_frame, "ipc_frame is no small frame") &&
           sk_check_may_be(c, t->fault_endpoint, SK_SPEC_ENDPOINT,
                           "fault_endpoint is no endpoint") &&
           sk_check_may_be(c, t->timeout_endpoint, SK_SPEC_ENDPOINT,
                           "timeout_endpoint is no endpoint") &&
           sk_check_may_be(c, t->sched_context, SK_SPEC_SCHED_CONTEXT,
                           "sched_context is no scheduling context") &&
           sk_check_may_be(c, t->notification, SK_SPEC_NOTIFICATION,
                           "notification is no notification");
}

bool sk_check_thread(struct check *c, const void *record)
{
    const struct sk_spec_thread *t = record;

    if (!check_objects(c, t) || !check_time(c, t)) {
        return false;
    }
    if (t->flags > SK_SPEC_THREAD_ALL_FLAGS || t->stack % 16 != 0 ||
        t->entry >= c->platform->user_end || t->ipc_vaddr >= c->platform->user_end) {
        return sk_check_wrong(c, "flags, stack, entry or ipc_vaddr is wrong");
    }
    if ((t->fault_endpoint == SK_SPEC_NONE && t->fault_badge != 0) ||
        (t->timeout_endpoint == SK_SPEC_NONE && t->timeout_badge != 0)) {
        return sk_check_wrong(c, "a badge has no endpoint");
    }
    if ((t->flags & SK_SPEC_THREAD_DOMAIN) != 0 && t->domain >= c->platform->domain_count) {
        return sk_check_wrong(c, "the domain does not exist");
    }
    return t->name == SK_SPEC_NONE || t->name < c->spec->section[SK_SPEC_NAMES].count ||
           sk_check_wrong(c, "the name does not exist");
}
