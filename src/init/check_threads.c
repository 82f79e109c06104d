/* SPDX-License-Identifier: BSD-2-Clause */
#include "check.h"

bool sk_check_irq(struct check *c, const void *record)
{
    const struct sk_spec_irq *i = record;

    return sk_check_that(c, i->notification != SK_SPEC_NONE || i->badge == 0,
                         SK_SPEC_WRONG_BADGE_NOTIFICATION);
}

/* Only endpoints and notifications have badges, and CNodes guards. */
static bool can_be_minted(struct check *c, const struct sk_spec_cap *cap)
{
    unsigned type;

    if (cap->kind != SK_SPEC_OBJECT) {
        return false;
    }
    type = sk_check_group_of(c, cap->source)->type;
    return type == SK_SPEC_ENDPOINT || type == SK_SPEC_NOTIFICATION || type == SK_SPEC_CNODE;
}

static bool has_source(const struct check *c, const struct sk_spec_cap *cap)
{
    switch (cap->kind) {
    case SK_SPEC_OBJECT:
        return cap->source < c->object_count;
    case SK_SPEC_BLOB_PAGE:
        return cap->source < c->spec->handed_page_count;
    case SK_SPEC_IRQ:
        return cap->source < c->spec->section[SK_SPEC_IRQS].count;
    case SK_SPEC_BOOT_CAP:
        return cap->source - 1 < 15;
    case SK_SPEC_SCHED_CONTROL:
        return cap->source < c->platform->core_count;
    default:
        return false;
    }
}

static bool is_possible(struct check *c, const struct sk_spec_cap *cap)
{
    if (cap->operation > SK_SPEC_OP_MOVE || cap->rights > SK_SPEC_ALL_RIGHTS ||
        cap->reserved != 0) {
        return false;
    }
    if (cap->operation == SK_SPEC_OP_MINT) {
        return can_be_minted(c, cap);
    }
    return cap->data == 0 && (cap->operation == SK_SPEC_OP_COPY ||
                              (cap->rights == SK_SPEC_ALL_RIGHTS &&
                               (cap->kind == SK_SPEC_OBJECT || cap->kind == SK_SPEC_IRQ)));
}

/* Most records are about the CNode of the one before. */
static bool has_slot(struct check *c, const struct sk_spec_cap *cap,
                     const struct sk_spec_cap *before)
{
    if (before != NULL && before->cnode == cap->cnode) {
        return sk_check_that(c, cap->slot < c->slot_count, SK_SPEC_WRONG_SLOT);
    }
    if (!sk_check_slots(c, cap->cnode, cap->slot, 1)) {
        return false;
    }
    c->slot_count = 1u << sk_check_group_of(c, cap->cnode)->size_bits;
    return true;
}

bool sk_check_cap(struct check *c, const void *record)
{
    const struct sk_spec_cap *cap = record;
    const struct sk_spec_cap *before = c->problem.record != 0 ? cap - 1 : NULL;

    return has_slot(c, cap, before) &&
           sk_check_that(c, has_source(c, cap), SK_SPEC_WRONG_SOURCE) &&
           sk_check_that(c, is_possible(c, cap), SK_SPEC_WRONG_OPERATION) &&
           sk_check_that(c,
                         before == NULL || before->cnode < cap->cnode ||
                             (before->cnode == cap->cnode && before->slot < cap->slot),
                         SK_SPEC_WRONG_CAP_ORDER);
}

bool sk_check_domain(struct check *c, const void *record)
{
    const struct sk_spec_domain *d = record;
    const struct sk_spec_domain *before = c->problem.record != 0 ? d - 1 : NULL;

    return sk_check_that(c,
                         d->index < c->platform->domain_schedule_count &&
                             d->domain < c->platform->domain_count &&
                             (d->duration != 0 || d->domain == 0) &&
                             (before == NULL || before->index < d->index),
                         SK_SPEC_WRONG_SCHEDULE);
}

/* Time: within the kernel's arithmetic, and in a context that there is. */
static bool has_time(const struct check *c, const struct sk_spec_thread *t)
{
    if (t->sched_context == SK_SPEC_NONE) {
        return (t->flags & (SK_SPEC_THREAD_PASSIVE | SK_SPEC_THREAD_SPORADIC)) == 0;
    }
    return t->budget_us != 0 && t->budget_us <= t->period_us && t->period_us <= 1ull << 40 &&
           t->core < c->platform->core_count;
}

bool sk_check_thread(struct check *c, const void *record)
{
    const struct sk_spec_thread *t = record;
    uint64_t end = c->platform->user_end;
    bool is_passive = (t->flags & SK_SPEC_THREAD_PASSIVE) != 0;
    bool has_domain = (t->flags & SK_SPEC_THREAD_DOMAIN) != 0;

    return sk_check_that(c, has_time(c, t), SK_SPEC_WRONG_TIME) &&
           sk_check_that(c, !is_passive || t->notification != SK_SPEC_NONE,
                         SK_SPEC_WRONG_PASSIVE) &&
           sk_check_that(c, t->stack % 16 == 0 && t->entry < end && t->ipc_vaddr < end,
                         SK_SPEC_WRONG_THREAD_ADDRESS) &&
           sk_check_that(c,
                         (t->fault_endpoint != SK_SPEC_NONE || t->fault_badge == 0) &&
                             (t->timeout_endpoint != SK_SPEC_NONE || t->timeout_badge == 0),
                         SK_SPEC_WRONG_BADGE_ENDPOINT) &&
           sk_check_that(
               c,
               (!has_domain || t->domain < c->platform->domain_count) &&
                   (t->name == SK_SPEC_NONE || t->name < c->spec->section[SK_SPEC_NAMES].count),
               SK_SPEC_WRONG_THREAD_DOMAIN);
}
