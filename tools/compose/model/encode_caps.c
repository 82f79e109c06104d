/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdlib.h>
#include <string.h>

#include "encoding.h"

/* Rights have the kernel's bits in both. */
_Static_assert((int)SK_MODEL_READ == SK_SPEC_READ && (int)SK_MODEL_WRITE == SK_SPEC_WRITE &&
                   (int)SK_MODEL_GRANT == SK_SPEC_GRANT &&
                   (int)SK_MODEL_GRANT_REPLY == SK_SPEC_GRANT_REPLY,
               "rights are copied as they are");

void encode_irqs(struct encoding *e)
{
    const struct sk_model *model = e->model;

    e->irq = arena_take(&e->model->arena, model->object_count * sizeof(uint32_t) + 1);
    for (uint32_t i = 0; i < model->object_count; i++) {
        const struct sk_model_object *o = &model->object[i];
        if (o->kind != SK_MODEL_IRQ_HANDLER) {
            continue;
        }
        struct sk_spec_irq irq = {
            .badge = o->irq.badge,
            .irq = o->irq.number,
            .notification = encode_number(e, o->irq.notification),
            .is_edge = o->irq.is_edge_triggered,
        };
        e->irq[i] = e->record_count[SK_SPEC_IRQS];
        encode_record(e, SK_SPEC_IRQS, &irq, sizeof(irq));
    }
}

/* A record, and the last one of an interrupt's handler can take the handler itself. */
static struct sk_spec_cap record_of(const struct encoding *e, const struct sk_model_cap *from)
{
    const struct sk_model_object *o = &e->model->object[from->object];
    struct sk_spec_cap cap = {
        .cnode = encode_number(e, from->cnode),
        .slot = from->slot,
        .kind = SK_SPEC_OBJECT,
        .source = encode_number(e, from->object) + from->index,
        .operation = SK_SPEC_OP_COPY,
        .rights = from->rights,
    };

    switch (o->kind) {
    case SK_MODEL_IRQ_HANDLER:
        cap.kind = SK_SPEC_IRQ;
        cap.source = e->irq[from->object];
        cap.rights = SK_SPEC_ALL_RIGHTS;
        break;
    case SK_MODEL_FRAME:
        cap.kind = (uint8_t)encode_frame(e, from->object, from->index, &cap.source);
        break;
    case SK_MODEL_CNODE:
        cap.data = from->guard_bits;
        cap.operation = SK_SPEC_OP_MINT;
        break;
    case SK_MODEL_ENDPOINT:
    case SK_MODEL_NOTIFICATION:
        cap.data = from->badge;
        cap.operation = from->badge != 0 ? SK_SPEC_OP_MINT : SK_SPEC_OP_COPY;
        break;
    default:
        cap.rights = SK_SPEC_ALL_RIGHTS;
        break;
    }
    return cap;
}

static int by_slot(const void *left, const void *right)
{
    const struct sk_spec_cap *a = left;
    const struct sk_spec_cap *b = right;

    if (a->cnode != b->cnode) {
        return a->cnode < b->cnode ? -1 : 1;
    }
    return a->slot < b->slot ? -1 : a->slot > b->slot;
}

void encode_caps(struct encoding *e)
{
    const struct sk_model *model = e->model;
    struct sk_spec_cap *list =
        arena_take(&e->model->arena, (model->cap_count + 1) * sizeof(*list));
    bool *is_moved = arena_take(&e->model->arena, e->record_count[SK_SPEC_IRQS] + 1);
    size_t count = 0;

    for (uint32_t i = 0; i < model->cap_count; i++) {
        if (!e->is_straight[model->cap[i].object]) {
            list[count++] = record_of(e, &model->cap[i]);
        }
    }
    qsort(list, count, sizeof(*list), by_slot);
    for (size_t i = count; i-- > 0;) {
        if (list[i].kind == SK_SPEC_IRQ && !is_moved[list[i].source]) {
            is_moved[list[i].source] = true;
            list[i].operation = SK_SPEC_OP_MOVE;
        }
    }
    for (size_t i = 0; i < count; i++) {
        encode_record(e, SK_SPEC_CAPS, &list[i], sizeof(list[i]));
    }
}

static void add_image(struct encoding *e, const struct sk_model_handover *h)
{
    const struct sk_model_object *cnode = &e->model->object[h->cnode];
    struct sk_spec_image image = {
        .first_cptr = h->slot,
        .cnode = encode_number(e, h->cnode),
        .slot = h->slot,
        .slot_count = h->slot_count,
        .info_frame = encode_number(e, h->info_frame),
        .cnode_bits = cnode->size_bits,
    };

    encode_record(e, SK_SPEC_IMAGE, &image, sizeof(image));
}

static void add_untyped(struct encoding *e, const struct sk_model_handover *h)
{
    const struct sk_model_object *cnode = &e->model->object[h->cnode];
    struct sk_spec_untyped untyped = {
        .size = h->takes_devices ? 0 : h->size,
        .first_cptr = h->slot,
        .cnode = encode_number(e, h->cnode),
        .slot = h->slot,
        .slot_count = h->slot_count,
        .info_frame = encode_number(e, h->info_frame),
        .min_bits = h->bits_min,
        .flags = h->takes_devices ? SK_SPEC_DEVICE : 0,
        .cnode_bits = cnode->size_bits,
    };

    encode_record(e, SK_SPEC_UNTYPEDS, &untyped, sizeof(untyped));
}

static bool is_rest(const struct sk_model_handover *h)
{
    return !h->takes_devices && h->size == UINT64_MAX;
}

/* Who gets all that is left comes last. */
void encode_handovers(struct encoding *e)
{
    for (unsigned pass = 0; pass < 2; pass++) {
        for (uint32_t i = 0; i < e->model->handover_count; i++) {
            const struct sk_model_handover *h = &e->model->handover[i];
            if (!h->is_image_frames && is_rest(h) == (pass == 1)) {
                add_untyped(e, h);
            }
        }
    }
    for (uint32_t i = 0; i < e->model->handover_count; i++) {
        if (e->model->handover[i].is_image_frames) {
            add_image(e, &e->model->handover[i]);
        }
    }
}

void encode_schedule(struct encoding *e)
{
    for (uint32_t i = 0; i < e->model->turn_count; i++) {
        struct sk_spec_domain turn = {
            .duration = sk_model_ticks(&e->model->turn[i], e->options->timer_hz),
            .index = i + e->model->turn_shift,
            .domain = e->model->turn[i].domain,
        };
        encode_record(e, SK_SPEC_SCHEDULE, &turn, sizeof(turn));
    }
}

static uint32_t name_of(struct encoding *e, const char *name)
{
    return (uint32_t)encode_bytes(e, &e->table[SK_SPEC_NAMES], name, strlen(name) + 1);
}

static uint8_t flags_of(const struct sk_model *model, const struct sk_model_thread *t)
{
    return (uint8_t)((t->is_started ? SK_SPEC_THREAD_START : 0) |
                     (t->is_passive ? SK_SPEC_THREAD_PASSIVE : 0) |
                     (t->has_fpu ? 0 : SK_SPEC_THREAD_NO_FPU) |
                     (model->turn_count > 0 ? SK_SPEC_THREAD_DOMAIN : 0));
}

static void add_thread(struct encoding *e, uint32_t object, const char *name)
{
    const struct sk_model_thread *t = &e->model->object[object].thread;
    struct sk_spec_thread thread = {
        .entry = t->entry,
        .stack = t->stack_top,
        .ipc_vaddr = t->ipc_vaddr,
        .cspace_data = t->cspace_guard_bits,
        .fault_badge = t->fault_badge,
        .tcb = encode_number(e, object),
        .cspace = encode_number(e, t->cspace),
        .vspace = encode_number(e, t->vspace),
        .ipc_frame = encode_number(e, t->ipc_frame),
        .fault_endpoint = encode_number(e, t->fault_endpoint),
        .timeout_endpoint = SK_SPEC_NONE,
        .sched_context = encode_number(e, t->sched_context),
        .notification = encode_number(e, t->bound_notification),
        .core = t->core,
        .name = name_of(e, name),
        .priority = t->priority,
        .max_priority = t->max_priority,
        .domain = t->domain,
        .flags = flags_of(e->model, t),
    };

    if (t->sched_context != SK_MODEL_NONE) {
        const struct sk_model_budget *budget = &e->model->object[t->sched_context].budget;
        thread.budget_us = budget->budget_us;
        thread.period_us = budget->period_us;
        thread.sched_badge = budget->badge;
    }
    encode_record(e, SK_SPEC_THREADS, &thread, sizeof(thread));
}

void encode_threads(struct encoding *e)
{
    for (uint32_t i = 0; i < e->model->domain_count; i++) {
        add_thread(e, e->model->domain[i].tcb, e->model->domain[i].name);
    }
}
