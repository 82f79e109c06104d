/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdlib.h>

#include "encoding.h"

/* Objects that are made together. */
struct class
{
    uint64_t paddr;
    enum sk_spec_type type;
    uint8_t size_bits;
    uint8_t memory_bits;
    uint8_t flags;
    uint32_t object; /* of the model, if it is only one; for an order that never changes */
    uint32_t index;  /* of the first that is made */
    uint32_t count;
};

static enum sk_spec_type type_of(enum sk_model_kind kind)
{
    static const enum sk_spec_type type[] = {
        [SK_MODEL_ENDPOINT] = SK_SPEC_ENDPOINT,
        [SK_MODEL_NOTIFICATION] = SK_SPEC_NOTIFICATION,
        [SK_MODEL_TCB] = SK_SPEC_TCB,
        [SK_MODEL_SCHED_CONTEXT] = SK_SPEC_SCHED_CONTEXT,
        [SK_MODEL_REPLY] = SK_SPEC_REPLY,
        [SK_MODEL_CNODE] = SK_SPEC_CNODE,
        [SK_MODEL_VSPACE] = SK_SPEC_VSPACE,
        [SK_MODEL_PAGE_TABLE] = SK_SPEC_PAGE_TABLE,
        [SK_MODEL_FRAME] = SK_SPEC_FRAME,
    };

    return type[kind];
}

static uint8_t memory_bits_of(const struct encoding *e, const struct sk_model_object *o)
{
    const struct sk_spec_platform *p = &e->options->platform;

    switch (o->kind) {
    case SK_MODEL_ENDPOINT:
        return p->endpoint_bits;
    case SK_MODEL_NOTIFICATION:
        return p->notification_bits;
    case SK_MODEL_TCB:
        return p->tcb_bits;
    case SK_MODEL_REPLY:
        return p->reply_bits;
    case SK_MODEL_CNODE:
        return (uint8_t)(o->size_bits + p->slot_bits);
    case SK_MODEL_VSPACE:
        return p->vspace_bits;
    case SK_MODEL_PAGE_TABLE:
        return p->page_table_bits;
    default:
        return o->size_bits;
    }
}

static bool has_size_bits(enum sk_model_kind kind)
{
    return kind == SK_MODEL_CNODE || kind == SK_MODEL_FRAME || kind == SK_MODEL_SCHED_CONTEXT;
}

static struct class class_of(const struct encoding *e, uint32_t object)
{
    const struct sk_model_object *o = &e->model->object[object];
    uint32_t handed = e->handed[object];
    bool has_address = o->paddr != SK_MODEL_ANYWHERE;

    return (struct class){
        .paddr = has_address ? o->paddr + ((uint64_t)handed << o->size_bits) : SK_SPEC_NO_PADDR,
        .type = type_of(o->kind),
        .size_bits = has_size_bits(o->kind) ? o->size_bits : 0,
        .memory_bits = memory_bits_of(e, o),
        .flags = o->is_device ? SK_SPEC_DEVICE : 0,
        .object = object,
        .index = handed,
        .count = o->count - handed,
    };
}

/* The order of the specification's groups, and one that brings equal objects together. */
static int by_order(const void *left, const void *right)
{
    const struct class *a = left;
    const struct class *b = right;

    if (a->paddr != b->paddr) {
        return a->paddr < b->paddr ? -1 : 1;
    }
    if (a->memory_bits != b->memory_bits) {
        return a->memory_bits > b->memory_bits ? -1 : 1;
    }
    if (a->type != b->type) {
        return a->type < b->type ? -1 : 1;
    }
    return a->object < b->object ? -1 : a->object > b->object;
}

static bool are_alike(const struct class *a, const struct class *b)
{
    return a->paddr == SK_SPEC_NO_PADDR && b->paddr == SK_SPEC_NO_PADDR && a->type == b->type &&
           a->size_bits == b->size_bits;
}

/* The only capability to a reply object, or NULL if there are several. */
static const struct sk_model_cap *only_cap(const struct sk_model *model, uint32_t object)
{
    const struct sk_model_cap *found = NULL;

    for (uint32_t i = 0; i < model->cap_count; i++) {
        if (model->cap[i].object == object) {
            if (found != NULL) {
                return NULL;
            }
            found = &model->cap[i];
        }
    }
    return found;
}

static void mark_straight(struct encoding *e)
{
    for (uint32_t i = 0; i < e->model->object_count; i++) {
        e->is_straight[i] =
            e->model->object[i].kind == SK_MODEL_REPLY && only_cap(e->model, i) != NULL;
    }
}

static void add_group(struct encoding *e, const struct class *class, uint32_t count,
                      uint32_t first)
{
    struct sk_spec_group group = {
        .paddr = class->paddr,
        .count = count,
        .first = first,
        .cnode = SK_SPEC_NONE,
        .type = (uint8_t) class->type,
        .size_bits = class->size_bits,
        .memory_bits = class->memory_bits,
        .flags = class->flags,
    };

    encode_record(e, SK_SPEC_GROUPS, &group, sizeof(group));
}

/* Equal objects get numbers one after the other, and one group. */
static size_t add_numbered(struct encoding *e, const struct class *class, size_t i,
                           size_t class_count)
{
    uint32_t count = 0;
    size_t next = i;

    while (next < class_count && (next == i || are_alike(&class[i], &class[next])) &&
           !e->is_straight[class[next].object]) {
        e->first[class[next].object] = e->object_count + count;
        count += class[next].count;
        next++;
    }
    add_group(e, &class[i], count, e -> object_count);
    e->object_count += count;
    return next;
}

/* Later than the CNodes, which are larger, and so have their numbers. */
static void add_straight(struct encoding *e, const struct class *class)
{
    const struct sk_model_cap *cap = only_cap(e->model, class->object);
    struct sk_spec_group group = {
        .paddr = SK_SPEC_NO_PADDR,
        .count = 1,
        .first = e->object_count,
        .cnode = encode_number(e, cap->cnode),
        .slot = cap->slot,
        .type = (uint8_t) class->type,
        .memory_bits = class->memory_bits,
    };

    encode_record(e, SK_SPEC_GROUPS, &group, sizeof(group));
}

/* Address spaces have numbers one after the other; the kernel's first pool has one less. */
static void add_asids(struct encoding *e, uint32_t first, uint32_t count)
{
    uint32_t room = e->options->platform.asid_pool_entries - 1u;
    struct sk_spec_asids asids = {
        .untyped = SK_SPEC_NONE,
        .first = first,
        .count = count < room ? count : room,
    };

    encode_record(e, SK_SPEC_ASIDS, &asids, sizeof(asids));
}

/* Runs of frames end where a group does. */
static void mark_groups(struct encoding *e)
{
    const struct sk_spec_group *group = (const void *)e->table[SK_SPEC_GROUPS].data;

    e->starts_group = arena_take(&e->model->arena, e->object_count + 1);
    for (uint32_t i = 0; i < e->record_count[SK_SPEC_GROUPS]; i++) {
        e->starts_group[group[i].first] = true;
    }
}

void encode_objects(struct encoding *e)
{
    const struct sk_model *model = e->model;
    struct class *class =
        arena_take(&e->model->arena, model->object_count * sizeof(*class) + 1);
    size_t class_count = 0;

    e->first = arena_take(&e->model->arena, model->object_count * sizeof(uint32_t) + 1);
    e->is_straight = arena_take(&e->model->arena, model->object_count + 1);
    mark_straight(e);
    for (uint32_t i = 0; i < model->object_count; i++) {
        if (model->object[i].kind != SK_MODEL_IRQ_HANDLER) {
            class[class_count] = class_of(e, i);
            class_count += class[class_count].count > 0;
        }
    }
    qsort(class, class_count, sizeof(*class), by_order);
    for (size_t i = 0; i < class_count;) {
        if (e->is_straight[class[i].object]) {
            add_straight(e, &class[i++]);
            continue;
        }
        uint32_t first = e->object_count;
        enum sk_spec_type type = class[i].type;
        i = add_numbered(e, class, i, class_count);
        if (type == SK_SPEC_VSPACE) {
            add_asids(e, first, e->object_count - first);
        }
    }
    mark_groups(e);
}

uint32_t encode_number(const struct encoding *e, uint32_t object)
{
    return object == SK_MODEL_NONE ? SK_SPEC_NONE : e->first[object];
}

enum sk_spec_source encode_frame(const struct encoding *e, uint32_t object, uint32_t index,
                                 uint32_t *ret_number)
{
    if (index < e->handed[object]) {
        *ret_number = e->page[object][index];
        return SK_SPEC_BLOB_PAGE;
    }
    *ret_number = e->first[object] + index - e->handed[object];
    return SK_SPEC_OBJECT;
}
