/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdlib.h>
#include <string.h>

#include "encoding.h"

/* Of the boot info's pool: number 0, which is none, and the initialiser's own. */
enum { POOL_TAKEN = 2 };

/* Objects that are made together. */
struct row {
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

static struct row row_of(const struct encoding *e, uint32_t object)
{
    const struct sk_model_object *o = &e->model->object[object];
    uint32_t handed = e->handed[object];
    bool has_address = o->paddr != SK_MODEL_ANYWHERE;

    return (struct row){
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
    const struct row *a = left;
    const struct row *b = right;

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

static bool are_alike(const struct row *a, const struct row *b)
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

static void add_group(struct encoding *e, const struct row *row, uint32_t count, uint32_t first)
{
    struct sk_spec_group group = {
        .paddr = row->paddr,
        .count = count,
        .first = first,
        .cnode = SK_SPEC_NONE,
        .type = (uint8_t)row->type,
        .size_bits = row->size_bits,
        .memory_bits = row->memory_bits,
        .flags = row->flags,
    };

    encode_record(e, SK_SPEC_GROUPS, &group, sizeof(group));
}

/* Equal objects get numbers one after the other, and one group. */
static size_t add_numbered(struct encoding *e, const struct row *row, size_t i,
                           size_t row_count)
{
    uint32_t count = 0;
    size_t next = i;

    while (next < row_count && (next == i || are_alike(&row[i], &row[next])) &&
           !e->is_straight[row[next].object]) {
        e->first[row[next].object] = e->object_count + count;
        count += row[next].count;
        next++;
    }
    add_group(e, &row[i], count, e->object_count);
    e->object_count += count;
    return next;
}

/* Later than the CNodes, which are larger, and so have their numbers. */
static void add_straight(struct encoding *e, const struct row *row)
{
    const struct sk_model_cap *cap = only_cap(e->model, row->object);
    struct sk_spec_group group = {
        .paddr = SK_SPEC_NO_PADDR,
        .count = 1,
        .first = e->object_count,
        .cnode = encode_number(e, cap->cnode),
        .slot = cap->slot,
        .type = (uint8_t)row->type,
        .memory_bits = row->memory_bits,
    };

    encode_record(e, SK_SPEC_GROUPS, &group, sizeof(group));
}

/* Pools of numbers for address spaces that are made, beside the boot info's. */
static struct row pools(const struct encoding *e)
{
    const struct sk_spec_platform *p = &e->options->platform;
    uint32_t count = 0;

    for (uint32_t i = 0; i < e->model->object_count; i++) {
        count += e->model->object[i].kind == SK_MODEL_VSPACE;
    }
    uint32_t room = p->asid_pool_entries - POOL_TAKEN;
    return (struct row){
        .paddr = SK_SPEC_NO_PADDR,
        .type = SK_SPEC_UNTYPED,
        .size_bits = p->asid_pool_bits,
        .memory_bits = p->asid_pool_bits,
        .object = e->model->object_count,
        .count = count <= room
                     ? 0
                     : (count - room + p->asid_pool_entries - 1u) / p->asid_pool_entries,
    };
}

/* Address spaces have numbers one after the other, and so have the pools. */
static void add_asids(struct encoding *e, uint32_t first, uint32_t count)
{
    uint32_t pool = SK_SPEC_NONE;
    uint32_t room = e->options->platform.asid_pool_entries - POOL_TAKEN;

    while (count > 0) {
        struct sk_spec_asids asids = {
            .untyped = pool,
            .first = first,
            .count = count < room ? count : room,
        };
        encode_record(e, SK_SPEC_ASIDS, &asids, sizeof(asids));
        first += asids.count;
        count -= asids.count;
        pool = pool == SK_SPEC_NONE ? e->first[e->model->object_count] : pool + 1;
        room = e->options->platform.asid_pool_entries;
    }
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

/* All objects, and what they are made with, in the order in which they are made. */
static struct row *rows(struct encoding *e, size_t *ret_count)
{
    const struct sk_model *model = e->model;
    struct row *row = arena_take(&e->model->arena, (model->object_count + 1) * sizeof(*row));
    size_t count = 0;

    for (uint32_t i = 0; i < model->object_count; i++) {
        if (model->object[i].kind != SK_MODEL_IRQ_HANDLER) {
            row[count] = row_of(e, i);
            count += row[count].count > 0;
        }
    }
    row[count] = pools(e);
    count += row[count].count > 0;
    qsort(row, count, sizeof(*row), by_order);
    *ret_count = count;
    return row;
}

void encode_objects(struct encoding *e)
{
    const struct sk_model *model = e->model;
    uint32_t spaces = 0, space_count = 0;
    size_t row_count;
    struct row *row = rows(e, &row_count);

    e->first = arena_take(&e->model->arena, (model->object_count + 1) * sizeof(uint32_t));
    memset(e->first, 0xff, (model->object_count + 1) * sizeof(uint32_t));
    e->is_straight = arena_take(&e->model->arena, model->object_count + 1);
    mark_straight(e);
    for (size_t i = 0; i < row_count;) {
        if (e->is_straight[row[i].object]) {
            add_straight(e, &row[i++]);
            continue;
        }
        uint32_t first = e->object_count;
        bool is_space = row[i].type == SK_SPEC_VSPACE;
        i = add_numbered(e, row, i, row_count);
        if (is_space) {
            spaces = first;
            space_count = e->object_count - first;
        }
    }
    add_asids(e, spaces, space_count);
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
