/* SPDX-License-Identifier: BSD-2-Clause */
#include "lower.h"

/* What one end of a channel may do to the other. */
static void give_end(struct sk_lower *lower, const struct sk_system_end *from,
                     const struct sk_system_end *to)
{
    const struct sk_lowered_domain *holder = &lower->domain[from->domain->index];
    const struct sk_lowered_domain *other = &lower->domain[to->domain->index];

    if (from->notify.value) {
        struct sk_model_cap cap = {
            .cnode = holder->cnode,
            .slot = SK_SLOT_NOTIFY + (uint32_t)from->id.value,
            .object = other->notification,
            .rights = SK_MODEL_WRITE,
            .badge = (uint64_t)1 << to->id.value,
            .purpose = arena_printf(&lower->model->arena, "notify %s", to->domain->name.value),
        };
        sk_model_add_cap(lower->model, &cap);
    }
    if (from->pp.value) {
        struct sk_model_cap cap = {
            .cnode = holder->cnode,
            .slot = SK_SLOT_CALL + (uint32_t)from->id.value,
            .object = other->endpoint,
            .rights = SK_MODEL_WRITE | SK_MODEL_GRANT_REPLY,
            .badge = SK_BADGE_CALL | to->id.value,
            .purpose = arena_printf(&lower->model->arena, "call %s", to->domain->name.value),
        };
        sk_model_add_cap(lower->model, &cap);
    }
}

void sk_lower_channels(struct sk_lower *lower)
{
    for (size_t i = 0; i < lower->system->channel_count; i++) {
        const struct sk_system_channel *c = &lower->system->channels[i];
        give_end(lower, &c->end[0], &c->end[1]);
        give_end(lower, &c->end[1], &c->end[0]);
    }
}

/* The object that a <cspace> entry is of. */
static uint32_t granted(const struct sk_lower *lower, const struct sk_system_cap *cap)
{
    const struct sk_lowered_domain *of =
        cap->domain != NULL ? &lower->domain[cap->domain->index] : NULL;

    switch (cap->kind) {
    case SK_SYSTEM_CAP_TCB:
        return of->tcb;
    case SK_SYSTEM_CAP_SC:
        return of->sched_context;
    case SK_SYSTEM_CAP_VSPACE:
        return of->vspace;
    case SK_SYSTEM_CAP_CNODE:
        return of->cnode;
    case SK_SYSTEM_CAP_NOTIFICATION:
        return of->notification;
    case SK_SYSTEM_CAP_ENDPOINT:
        return of->endpoint;
    case SK_SYSTEM_CAP_REPLY:
        return of->reply;
    case SK_SYSTEM_CAP_IRQ:
        return of->irq[cap->irq - cap->domain->irqs];
    case SK_SYSTEM_CAP_FRAME:
        return lower->region[cap->region->index];
    }
    return SK_MODEL_NONE;
}

static uint8_t rights_of(unsigned rights)
{
    return (uint8_t)((rights & SK_SYSTEM_RIGHT_READ ? SK_MODEL_READ : 0) |
                     (rights & SK_SYSTEM_RIGHT_WRITE ? SK_MODEL_WRITE : 0) |
                     (rights & SK_SYSTEM_RIGHT_GRANT ? SK_MODEL_GRANT : 0) |
                     (rights & SK_SYSTEM_RIGHT_GRANT_REPLY ? SK_MODEL_GRANT_REPLY : 0));
}

static void grant(struct sk_lower *lower, unsigned index, const struct sk_system_cap *from)
{
    uint32_t object = granted(lower, from);

    if (object == SK_MODEL_NONE) {
        diag_error(lower->diag, from->at, "give it a channel end with pp=\"true\", or a child",
                   "element '%s': domain '%s' is not called by anybody and has no such object",
                   from->kind == SK_SYSTEM_CAP_REPLY ? "sk:cap kind=\"reply\""
                                                     : "sk:cap kind=\"endpoint\"",
                   from->of.value);
        return;
    }
    for (size_t i = 0; i < from->slot_count; i++) {
        struct sk_model_cap cap = {
            .cnode = lower->domain[index].root,
            .slot = (uint32_t)(from->slot.value + i),
            .object = object,
            .index = (uint32_t)i,
            .rights = rights_of(from->rights),
            .badge = from->badge.value,
            .guard_bits = from->kind == SK_SYSTEM_CAP_CNODE ? SK_WORD_BITS - SK_CNODE_BITS : 0,
            .purpose = arena_printf(&lower->model->arena, "granted: %s", from->of.value),
        };
        sk_model_add_cap(lower->model, &cap);
    }
}

/* A page that says what came: in the layout of the boot info. */
static uint32_t add_info_frame(struct sk_lower *lower, unsigned index, uint64_t vaddr)
{
    struct sk_model_object object = {
        .kind = SK_MODEL_FRAME,
        .name = arena_printf(&lower->model->arena, "%s.untyped_info",
                             lower->system->domains[index].name.value),
        .count = 1,
        .size_bits = 12,
        .paddr = SK_MODEL_ANYWHERE,
        .domain = index,
        .source = SK_MODEL_ZERO,
    };
    uint32_t frame = sk_model_add_object(lower->model, &object);
    struct sk_model_mapping mapping = {
        .vspace = lower->domain[index].vspace,
        .object = frame,
        .count = 1,
        .vaddr = vaddr,
        .rights = SK_MODEL_READ,
    };
    sk_model_add_mapping(lower->model, &mapping);
    return frame;
}

static void hand_over(struct sk_lower *lower, unsigned index,
                      const struct sk_system_untyped *untyped)
{
    struct sk_model_handover handover = {
        .cnode = lower->domain[index].root,
        .slot = (uint32_t)untyped->slot.value,
        .slot_count = (uint32_t)untyped->slot_count.value,
        .takes_devices = untyped->device.value,
        .size = untyped->is_rest ? UINT64_MAX : untyped->size.value,
        .bits_min = (uint8_t)untyped->bits_min.value,
        .info_frame = SK_MODEL_NONE,
    };

    if (untyped->info_vaddr.is_given) {
        handover.info_frame = add_info_frame(lower, index, untyped->info_vaddr.value);
    }
    sk_model_add_handover(lower->model, &handover);
}

void sk_lower_grants(struct sk_lower *lower, unsigned index)
{
    const struct sk_system_domain *d = &lower->system->domains[index];

    for (size_t i = 0; i < d->cap_count; i++) {
        grant(lower, index, &d->caps[i]);
    }
    for (size_t i = 0; i < d->untyped_count; i++) {
        hand_over(lower, index, &d->untypeds[i]);
    }
    if (d->image_frames.is_given) {
        struct sk_model_handover handover = {
            .cnode = lower->domain[index].root,
            .slot = (uint32_t)d->image_frames.slot.value,
            .slot_count = (uint32_t)d->image_frames.slot_count.value,
            .is_image_frames = true,
            .size = UINT64_MAX,
            .info_frame = SK_MODEL_NONE,
        };
        sk_model_add_handover(lower->model, &handover);
    }
}
