/* SPDX-License-Identifier: BSD-2-Clause */
#include "lower.h"

enum {
    SCHED_CONTEXT_BITS = 8,
    SCHED_CONTEXT_BADGE = 0x100,
    REPLY_BITS = 5,
    ENDPOINT_BITS = 4,
    NOTIFICATION_BITS = 6,
    TCB_BITS = 11,
    PAGE_BITS = 12,
};

struct sk_model_place sk_lower_place(struct place at)
{
    return (struct sk_model_place){
        .file = at.source != NULL ? at.source->path : NULL,
        .line = (unsigned)at.line,
        .column = (unsigned)at.col,
    };
}

/* An object with nothing but a kind, named after its domain. */
static uint32_t add(struct sk_lower *lower, unsigned index, enum sk_model_kind kind,
                    const char *what, uint8_t size_bits)
{
    const struct sk_system_domain *d = &lower->system->domains[index];
    struct sk_model_object object = {
        .kind = kind,
        .name = arena_printf(&lower->model->arena, "%s.%s", d->name.value, what),
        .count = 1,
        .size_bits = size_bits,
        .paddr = SK_MODEL_ANYWHERE,
        .domain = index,
        .place = sk_lower_place(d->at),
    };

    return sk_model_add_object(lower->model, &object);
}

static void give(struct sk_lower *lower, const struct sk_model_cap *cap)
{
    sk_model_add_cap(lower->model, cap);
}

uint32_t sk_lower_group(struct sk_lower *lower, unsigned index, uint32_t group)
{
    return add(lower, index, SK_MODEL_NOTIFICATION,
               arena_printf(&lower->model->arena, "notification_%u", group), NOTIFICATION_BITS);
}

/* The highest slot that one end of a channel takes, in its own domain or by being signalled. */
static uint32_t highest_slot(const struct sk_system_end *end, const struct sk_system_end *other)
{
    uint32_t id = (uint32_t)end->id.value;
    uint32_t highest = 0;

    if (other->notify.value && id >= SK_MICROKIT_PLAIN_CHANNELS) {
        highest = SK_MICROKIT_SLOT_GROUP + id / 64;
    }
    if (end->notify.value) {
        uint32_t slot = other->id.value < SK_MICROKIT_PLAIN_CHANNELS
                            ? sk_microkit_slot_notify(id)
                            : sk_microkit_slot_wake(id);
        highest = slot > highest ? slot : highest;
    }
    if (end->pp.value && sk_microkit_slot_call(id) > highest) {
        highest = sk_microkit_slot_call(id);
    }
    return highest;
}

/* The highest slot that channels beyond Microkit's take, or 0. */
static uint32_t highest_channel_slot(const struct sk_system *system,
                                     const struct sk_system_domain *d)
{
    uint32_t highest = 0;

    for (size_t i = 0; i < 2 * system->channel_count && system->has_extensions; i++) {
        const struct sk_system_channel *c = &system->channels[i / 2];
        if (c->end[i % 2].domain == d) {
            uint32_t slot = highest_slot(&c->end[i % 2], &c->end[1 - i % 2]);
            highest = slot > highest ? slot : highest;
        }
    }
    return highest;
}

/* The last slot that memory is handed over to, or lower; channels end before the first. */
static uint32_t last_handed_slot(struct sk_lower *lower, const char *element,
                                 const struct sk_system_number *slot, uint64_t count,
                                 uint32_t channels)
{
    if (slot->value < SK_HANDED_SLOT) {
        return 0;
    }
    if (slot->value <= channels) {
        diag_error(lower->diag, slot->at,
                   arena_printf(&lower->model->arena, "slot=\"%u\"", channels + 1),
                   "element '%s', attribute 'slot': channels beyond 61 take slots up to %u",
                   element, channels);
    }
    return (uint32_t)(slot->value + count - 1);
}

/* 9, or as many as the highest slot needs. */
static uint8_t cnode_bits_of(struct sk_lower *lower, const struct sk_system_domain *d)
{
    uint32_t channels = highest_channel_slot(lower->system, d);
    uint32_t highest = channels;
    uint8_t bits = SK_CNODE_BITS;

    for (size_t i = 0; i < d->untyped_count; i++) {
        uint32_t last = last_handed_slot(lower, "sk:untyped", &d->untypeds[i].slot,
                                         d->untypeds[i].slot_count.value, channels);
        highest = last > highest ? last : highest;
    }
    if (d->image_frames.is_given) {
        uint32_t last = last_handed_slot(lower, "sk:image_frames", &d->image_frames.slot,
                                         d->image_frames.slot_count.value, channels);
        highest = last > highest ? last : highest;
    }
    while (highest >> bits != 0) {
        bits++;
    }
    return bits;
}

/* Does something lie in slots 1 to 63 of a root CNode? */
static bool has_root(const struct sk_system_domain *d)
{
    bool is_handed = d->image_frames.is_given && d->image_frames.slot.value < SK_HANDED_SLOT;

    for (size_t i = 0; i < d->untyped_count; i++) {
        is_handed = is_handed || d->untypeds[i].slot.value < SK_HANDED_SLOT;
    }
    return d->cap_count > 0 || is_handed;
}

uint32_t sk_lower_handed_cnode(const struct sk_lower *lower, unsigned index, uint64_t slot)
{
    const struct sk_lowered_domain *d = &lower->domain[index];

    return slot < SK_HANDED_SLOT ? d->root : d->cnode;
}

/* Domains whose <cspace> has something have a root CNode, with Microkit's CNode in slot 0. */
static void add_cspace(struct sk_lower *lower, unsigned index)
{
    const struct sk_system_domain *d = &lower->system->domains[index];
    struct sk_lowered_domain *to = &lower->domain[index];

    to->cnode = add(lower, index, SK_MODEL_CNODE, "cnode", cnode_bits_of(lower, d));
    to->root = to->cnode;
    if (!has_root(d)) {
        return;
    }
    to->root = add(lower, index, SK_MODEL_CNODE, "root_cnode", SK_ROOT_BITS);
    give(lower, &(struct sk_model_cap){
                    .cnode = to->root,
                    .slot = 0,
                    .object = to->cnode,
                    .rights = SK_MODEL_ALL_RIGHTS,
                    .guard_bits = (uint8_t)(SK_WORD_BITS - SK_ROOT_BITS -
                                            lower->model->object[to->cnode].size_bits),
                    .purpose = "Microkit's slots",
                });
}

/* Where a domain waits: at its notification, or at an endpoint that this is bound to. */
static void add_input(struct sk_lower *lower, unsigned index)
{
    const struct sk_system_domain *d = &lower->system->domains[index];
    struct sk_lowered_domain *to = &lower->domain[index];

    to->notification =
        add(lower, index, SK_MODEL_NOTIFICATION, "notification", NOTIFICATION_BITS);
    to->endpoint = SK_MODEL_NONE;
    to->reply = SK_MODEL_NONE;
    if (d->is_called || d->child_count > 0 || to->is_endpoint_wanted) {
        to->endpoint = add(lower, index, SK_MODEL_ENDPOINT, "endpoint", ENDPOINT_BITS);
        to->reply = add(lower, index, SK_MODEL_REPLY, "reply", REPLY_BITS);
        give(lower, &(struct sk_model_cap){
                        .cnode = to->cnode,
                        .slot = SK_MICROKIT_SLOT_REPLY,
                        .object = to->reply,
                        .rights = SK_MODEL_ALL_RIGHTS,
                        .purpose = "reply",
                    });
    }
    give(lower, &(struct sk_model_cap){
                    .cnode = to->cnode,
                    .slot = SK_MICROKIT_SLOT_INPUT,
                    .object = to->endpoint != SK_MODEL_NONE ? to->endpoint : to->notification,
                    .rights = SK_MODEL_READ,
                    .purpose = "input",
                });
}

static void add_irqs(struct sk_lower *lower, unsigned index)
{
    const struct sk_system_domain *d = &lower->system->domains[index];
    struct sk_lowered_domain *to = &lower->domain[index];

    to->irq = arena_take(&lower->model->arena, (d->irq_count + 1) * sizeof(to->irq[0]));
    for (size_t i = 0; i < d->irq_count; i++) {
        const struct sk_system_irq *irq = &d->irqs[i];
        struct sk_model_object object = {
            .kind = SK_MODEL_IRQ_HANDLER,
            .name = arena_printf(&lower->model->arena, "%s.irq_%u", d->name.value,
                                 (unsigned)irq->irq.value),
            .count = 1,
            .paddr = SK_MODEL_ANYWHERE,
            .domain = index,
            .place = sk_lower_place(irq->at),
            .irq = {.number = (uint32_t)irq->irq.value,
                    .is_edge_triggered = irq->is_edge,
                    .notification = to->notification,
                    .badge = (uint64_t)1 << irq->id.value,
                    .core = (uint16_t)d->cpu.value},
        };
        to->irq[i] = sk_model_add_object(lower->model, &object);
        give(lower, &(struct sk_model_cap){
                        .cnode = to->cnode,
                        .slot = SK_MICROKIT_SLOT_IRQ + (uint32_t)irq->id.value,
                        .object = to->irq[i],
                        .rights = SK_MODEL_ALL_RIGHTS,
                        .purpose = "interrupt",
                    });
    }
}

static struct sk_model_thread thread_of(const struct sk_lower *lower, unsigned index)
{
    const struct sk_system_domain *d = &lower->system->domains[index];
    const struct sk_lowered_domain *to = &lower->domain[index];

    return (struct sk_model_thread){
        .cspace = to->root,
        .cspace_guard_bits =
            to->root == to->cnode
                ? (uint8_t)(SK_WORD_BITS - lower->model->object[to->cnode].size_bits)
                : 0,
        .vspace = to->vspace,
        .ipc_frame = to->ipc_frame,
        .ipc_vaddr = sk_system_ipc_buffer(lower->user_top),
        .entry = lower->program[index].elf.header.e_entry,
        .stack_top = sk_system_stack_top(lower->user_top),
        .stack_bottom = sk_system_stack_bottom(lower->user_top, d->stack_size.value),
        .sched_context = to->sched_context,
        .bound_notification = to->notification,
        .fault_endpoint = SK_MODEL_NONE,
        .priority = (uint8_t)d->priority.value,
        .max_priority = (uint8_t)d->priority.value,
        .domain = d->slice != NULL ? (uint8_t)d->slice->id.value : 0,
        .core = (uint16_t)d->cpu.value,
        .has_fpu = d->fpu.value,
        .is_passive = d->passive.value,
        .is_started = true,
    };
}

/* Can a domain call a passive one? Its time is then the server's until it is answered. */
static bool lends_time(const struct sk_system *system, const struct sk_system_domain *d)
{
    for (size_t i = 0; i < 2 * system->channel_count; i++) {
        const struct sk_system_channel *c = &system->channels[i / 2];
        if (c->end[i % 2].domain == d && c->end[i % 2].pp.value &&
            c->end[1 - i % 2].domain->passive.value) {
            return true;
        }
    }
    for (size_t i = 0; i < d->cap_count; i++) {
        if (d->caps[i].kind == SK_SYSTEM_CAP_ENDPOINT && d->caps[i].domain->passive.value) {
            return true;
        }
    }
    return false;
}

static bool has_irq(const struct sk_system_domain *d, uint64_t id)
{
    for (size_t i = 0; i < d->irq_count; i++) {
        if (d->irqs[i].id.value == id) {
            return true;
        }
    }
    return false;
}

/* Where children go that are stopped in a call: nothing is there, and nobody hears of it. */
static void give_stop(struct sk_lower *lower, unsigned index)
{
    uint32_t cnode = lower->domain[index].cnode;

    give(lower, &(struct sk_model_cap){
                    .cnode = cnode,
                    .slot = SK_MICROKIT_SLOT_STOP_VSPACE,
                    .object = add(lower, index, SK_MODEL_VSPACE, "stopped_vspace", PAGE_BITS),
                    .rights = SK_MODEL_ALL_RIGHTS,
                    .purpose = "stopped children's memory",
                });
    give(lower,
         &(struct sk_model_cap){
             .cnode = cnode,
             .slot = SK_MICROKIT_SLOT_STOP_FAULT,
             .object = add(lower, index, SK_MODEL_ENDPOINT, "stopped_endpoint", ENDPOINT_BITS),
             .rights = SK_MODEL_WRITE | SK_MODEL_GRANT_REPLY,
             .purpose = "stopped children's faults",
         });
}

/* A child that is stopped in a call gets another address space, and its own again. */
static void give_spaces(struct sk_lower *lower, unsigned index)
{
    const struct sk_system_domain *d = &lower->system->domains[index];
    const struct sk_lowered_domain *to = &lower->domain[index];
    const struct sk_lowered_domain *parent = &lower->domain[d->parent->index];
    const struct sk_model_thread thread = lower->model->object[to->tcb].thread;
    uint32_t id = (uint32_t)d->id.value;

    if (parent->extension.lenders == 0) {
        give_stop(lower, (unsigned)d->parent->index);
    }
    give(lower, &(struct sk_model_cap){
                    .cnode = parent->cnode,
                    .slot = SK_MICROKIT_SLOT_CHILD_VSPACE + id,
                    .object = to->vspace,
                    .rights = SK_MODEL_ALL_RIGHTS,
                    .purpose = "child's memory",
                });
    give(lower, &(struct sk_model_cap){
                    .cnode = parent->cnode,
                    .slot = SK_MICROKIT_SLOT_CHILD_CSPACE + id,
                    .object = to->root,
                    .rights = SK_MODEL_ALL_RIGHTS,
                    .guard_bits = thread.cspace_guard_bits,
                    .purpose = "child's capabilities",
                });
    give(lower, &(struct sk_model_cap){
                    .cnode = parent->cnode,
                    .slot = sk_microkit_slot_child_fault(id, has_irq(d->parent, id)),
                    .object = parent->endpoint,
                    .rights = SK_MODEL_WRITE | SK_MODEL_GRANT_REPLY,
                    .badge = thread.fault_badge,
                    .purpose = "child's faults",
                });
}

/*
 * The parent must see where the time is of a child that lends it, before it stops the child;
 * and it gives a passive child time to start again. One that is both has no time to ask for,
 * and is not to be given any while it waits for a server.
 */
static void give_time(struct sk_lower *lower, unsigned index)
{
    const struct sk_system_domain *d = &lower->system->domains[index];
    struct sk_lowered_domain *parent = &lower->domain[d->parent->index];
    uint64_t bit = (uint64_t)1 << d->id.value;

    if (d->passive.value == lends_time(lower->system, d) ||
        !sk_lower_is_ours(lower, d->parent->index)) {
        return;
    }
    if (d->passive.value) {
        parent->extension.idlers |= bit;
    } else {
        give_spaces(lower, index);
        parent->extension.lenders |= bit;
    }
    give(lower, &(struct sk_model_cap){
                    .cnode = parent->cnode,
                    .slot = SK_MICROKIT_SLOT_CHILD_TIME + (uint32_t)d->id.value,
                    .object = lower->domain[index].sched_context,
                    .rights = SK_MODEL_ALL_RIGHTS,
                    .purpose = "child's time",
                });
}

/* Children's faults go to their parents, which come before them; others' to the monitor. */
static void add_fault_endpoint(struct sk_lower *lower, unsigned index)
{
    const struct sk_system_domain *d = &lower->system->domains[index];
    struct sk_lowered_domain *to = &lower->domain[index];
    struct sk_model_thread *thread = &lower->model->object[to->tcb].thread;

    if (d->parent == NULL) {
        return;
    }
    const struct sk_lowered_domain *parent = &lower->domain[d->parent->index];
    thread->fault_endpoint = parent->endpoint;
    thread->fault_badge = SK_MICROKIT_BADGE_FAULT | d->id.value;
    give(lower, &(struct sk_model_cap){
                    .cnode = parent->cnode,
                    .slot = SK_MICROKIT_SLOT_CHILD + (uint32_t)d->id.value,
                    .object = to->tcb,
                    .rights = SK_MODEL_ALL_RIGHTS,
                    .purpose = "child",
                });
    give_time(lower, index);
}

void sk_lower_domain(struct sk_lower *lower, unsigned index)
{
    const struct sk_system_domain *d = &lower->system->domains[index];
    struct sk_lowered_domain *to = &lower->domain[index];

    to->tcb = add(lower, index, SK_MODEL_TCB, "tcb", TCB_BITS);
    to->sched_context =
        add(lower, index, SK_MODEL_SCHED_CONTEXT, "sched_context", SCHED_CONTEXT_BITS);
    lower->model->object[to->sched_context].budget = (struct sk_model_budget){
        .budget_us = d->budget_us.value,
        .period_us = d->period_us.value,
        .badge = SCHED_CONTEXT_BADGE + index,
        .core = (uint16_t)d->cpu.value,
    };
    to->vspace = add(lower, index, SK_MODEL_VSPACE, "vspace", PAGE_BITS);
    to->ipc_frame = add(lower, index, SK_MODEL_FRAME, "ipc_buffer", PAGE_BITS);
    add_cspace(lower, index);
    add_input(lower, index);
    add_irqs(lower, index);
    lower->model->object[to->tcb].thread = thread_of(lower, index);
    add_fault_endpoint(lower, index);

    struct sk_model_domain domain = {
        .name = d->name.value,
        .tcb = to->tcb,
        .cnode = to->cnode,
        .vspace = to->vspace,
        .place = sk_lower_place(d->at),
    };
    sk_model_add_domain(lower->model, &domain);
}
