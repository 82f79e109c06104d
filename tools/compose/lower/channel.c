/* SPDX-License-Identifier: BSD-2-Clause */
#include "lower.h"

static void give(struct sk_lower *lower, const struct sk_system_end *from, uint32_t slot,
                 uint32_t object, uint8_t rights, uint64_t badge, const char *purpose)
{
    struct sk_model_cap cap = {
        .cnode = lower->domain[from->domain->index].cnode,
        .slot = slot,
        .object = object,
        .rights = rights,
        .badge = badge,
        .purpose = purpose,
    };

    sk_model_add_cap(lower->model, &cap);
}

static void set_bit(uint64_t *words, uint64_t id)
{
    words[id / 64] |= (uint64_t)1 << id % 64;
}

/* The receiver's own notification, or that of the group that its id is in. */
static uint32_t notification_for(const struct sk_lower *lower, const struct sk_system_end *to)
{
    const struct sk_lowered_domain *other = &lower->domain[to->domain->index];

    return to->id.value < SK_MICROKIT_PLAIN_CHANNELS ? other->notification
                                                     : other->group[to->id.value / 64];
}

/* The right to signal; to a group, and then the right to wake the receiver as well. */
static void give_notify(struct sk_lower *lower, const struct sk_system_end *from,
                        const struct sk_system_end *to)
{
    struct sk_lowered_domain *holder = &lower->domain[from->domain->index];
    uint32_t id = (uint32_t)from->id.value;
    bool wakes = to->id.value >= SK_MICROKIT_PLAIN_CHANNELS;
    const char *purpose =
        arena_printf(&lower->model->arena, "notify %s", to->domain->name.value);

    give(lower, from, sk_microkit_slot_notify(id), notification_for(lower, to), SK_MODEL_WRITE,
         sk_microkit_badge_signal((uint32_t)to->id.value), purpose);
    if (!wakes && id < SK_MICROKIT_PLAIN_CHANNELS) {
        holder->plain_notifications |= (uint64_t)1 << id;
        return;
    }
    set_bit(holder->extension.notifications, id);
    if (wakes) {
        set_bit(holder->extension.wakes, id);
        give(lower, from, sk_microkit_slot_wake(id),
             lower->domain[to->domain->index].notification, SK_MODEL_WRITE,
             SK_MICROKIT_BADGE_WAKE, purpose);
    }
}

static void give_call(struct sk_lower *lower, const struct sk_system_end *from,
                      const struct sk_system_end *to)
{
    struct sk_lowered_domain *holder = &lower->domain[from->domain->index];
    uint32_t id = (uint32_t)from->id.value;

    lower->domain[to->domain->index].is_called_beyond |=
        to->id.value >= SK_MICROKIT_PLAIN_CHANNELS;
    give(lower, from, sk_microkit_slot_call(id), lower->domain[to->domain->index].endpoint,
         SK_MODEL_WRITE | SK_MODEL_GRANT_REPLY, SK_MICROKIT_BADGE_CALL | to->id.value,
         arena_printf(&lower->model->arena, "call %s", to->domain->name.value));
    if (id < SK_MICROKIT_PLAIN_CHANNELS) {
        holder->plain_calls |= (uint64_t)1 << id;
    } else {
        set_bit(holder->extension.calls, id);
    }
}

/* What one end of a channel may do to the other. */
static void give_end(struct sk_lower *lower, const struct sk_system_end *from,
                     const struct sk_system_end *to)
{
    if (from->notify.value) {
        give_notify(lower, from, to);
    }
    if (from->pp.value) {
        give_call(lower, from, to);
    }
}

/* The notification of a group of ids beyond Microkit's, once one of them is signalled. */
static void add_group(struct sk_lower *lower, const struct sk_system_end *to)
{
    struct sk_lowered_domain *domain = &lower->domain[to->domain->index];
    uint32_t group = (uint32_t)to->id.value / 64;

    if (to->id.value < SK_MICROKIT_PLAIN_CHANNELS ||
        (domain->extension.groups & 1u << group) != 0) {
        return;
    }
    domain->extension.groups |= 1u << group;
    domain->group[group] = sk_lower_group(lower, to->domain->index, group);
    give(lower, to, SK_MICROKIT_SLOT_GROUP + group, domain->group[group], SK_MODEL_READ, 0,
         "channels beyond Microkit's");
}

void sk_lower_channels(struct sk_lower *lower)
{
    const struct sk_system *system = lower->system;

    for (size_t i = 0; i < 2 * system->channel_count; i++) {
        const struct sk_system_channel *c = &system->channels[i / 2];
        if (c->end[i % 2].notify.value) {
            add_group(lower, &c->end[1 - i % 2]);
        }
    }
    for (size_t i = 0; i < system->channel_count; i++) {
        give_end(lower, &system->channels[i].end[0], &system->channels[i].end[1]);
        give_end(lower, &system->channels[i].end[1], &system->channels[i].end[0]);
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

/* CNodes are granted so that their slots have the addresses that they have for their domain. */
static uint8_t guard_of(const struct sk_lower *lower, const struct sk_system_cap *cap)
{
    if (cap->kind != SK_SYSTEM_CAP_CNODE) {
        return 0;
    }
    const struct sk_model_object *cnode =
        &lower->model->object[lower->domain[cap->domain->index].cnode];
    return (uint8_t)(SK_WORD_BITS - SK_ROOT_BITS - cnode->size_bits);
}

static void grant(struct sk_lower *lower, unsigned index, const struct sk_system_cap *from)
{
    uint32_t object = granted(lower, from);

    /* Of a region that could not be made, which was told. */
    if (object == SK_MODEL_NONE) {
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
            .guard_bits = guard_of(lower, from),
            .purpose = arena_printf(&lower->model->arena, "granted: %s", from->of.value),
        };
        sk_model_add_cap(lower->model, &cap);
    }
}

/*
 * A lookup that comes to a CNode in the root CNode goes on through it, so a domain's own has to
 * lie where lookups end: for who asks for it, and for who has memory to put objects somewhere.
 */
static void grant_own_cnode(struct sk_lower *lower, unsigned index)
{
    const struct sk_system_domain *d = &lower->system->domains[index];
    uint32_t cnode = lower->domain[index].cnode;
    bool is_asked_for = d->untyped_count > 0 || d->image_frames.is_given;

    for (size_t i = 0; i < d->cap_count; i++) {
        is_asked_for =
            is_asked_for || (d->caps[i].kind == SK_SYSTEM_CAP_CNODE && d->caps[i].domain == d);
    }
    if (!is_asked_for) {
        return;
    }
    struct sk_model_cap cap = {
        .cnode = cnode,
        .slot = SK_MICROKIT_SLOT_CNODE,
        .object = cnode,
        .rights = SK_MODEL_ALL_RIGHTS,
        .guard_bits = (uint8_t)(SK_WORD_BITS - lower->model->object[cnode].size_bits),
        .purpose = "granted: its own",
    };
    sk_model_add_cap(lower->model, &cap);
}

/* A page that says what came: in the layout of the boot info. */
static uint32_t add_info_frame(struct sk_lower *lower, unsigned index,
                               const struct sk_system_untyped *untyped)
{
    struct sk_model_object object = {
        .kind = SK_MODEL_FRAME,
        .name = arena_printf(&lower->model->arena, "%s.untyped_info_%u",
                             lower->system->domains[index].name.value,
                             (unsigned)untyped->slot.value),
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
        .vaddr = untyped->info_vaddr.value,
        .rights = SK_MODEL_READ,
    };
    sk_model_add_mapping(lower->model, &mapping);
    return frame;
}

static void hand_over(struct sk_lower *lower, unsigned index,
                      const struct sk_system_untyped *untyped)
{
    uint64_t least = (uint64_t)1 << untyped->bits_min.value;
    struct sk_model_handover handover = {
        .cnode = sk_lower_handed_cnode(lower, index, untyped->slot.value),
        .slot = (uint32_t)untyped->slot.value,
        .slot_count = (uint32_t)untyped->slot_count.value,
        .takes_devices = untyped->device.value,
        .size = untyped->is_rest ? UINT64_MAX : untyped->size.value,
        .bits_min = (uint8_t)untyped->bits_min.value,
        .info_frame = SK_MODEL_NONE,
    };

    if (!untyped->is_rest && untyped->size.value % least != 0) {
        diag_error(
            lower->diag, untyped->size.at,
            arena_printf(&lower->model->arena, "size=\"0x%llx\"",
                         (unsigned long long)((untyped->size.value / least + 1) * least)),
            "element 'sk:untyped', attribute 'size': 0x%llx is not a multiple of the "
            "smallest piece, 0x%llx",
            (unsigned long long)untyped->size.value, (unsigned long long)least);
        return;
    }
    if (untyped->info_vaddr.is_given) {
        handover.info_frame = add_info_frame(lower, index, untyped);
    }
    sk_model_add_handover(lower->model, &handover);
}

/* The page that tells of a domain's first untypeds tells of the image's frames as well. */
static uint32_t info_frame_of(const struct sk_lower *lower, uint32_t first)
{
    return first < lower->model->handover_count ? lower->model->handover[first].info_frame
                                                : SK_MODEL_NONE;
}

void sk_lower_grants(struct sk_lower *lower, unsigned index)
{
    const struct sk_system_domain *d = &lower->system->domains[index];
    uint32_t first = lower->model->handover_count;

    for (size_t i = 0; i < d->cap_count; i++) {
        grant(lower, index, &d->caps[i]);
    }
    grant_own_cnode(lower, index);
    for (size_t i = 0; i < d->untyped_count; i++) {
        hand_over(lower, index, &d->untypeds[i]);
    }
    if (d->image_frames.is_given) {
        struct sk_model_handover handover = {
            .cnode = sk_lower_handed_cnode(lower, index, d->image_frames.slot.value),
            .slot = (uint32_t)d->image_frames.slot.value,
            .slot_count = (uint32_t)d->image_frames.slot_count.value,
            .is_image_frames = true,
            .size = UINT64_MAX,
            .info_frame = info_frame_of(lower, first),
        };
        sk_model_add_handover(lower->model, &handover);
    }
}
