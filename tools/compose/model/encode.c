/* SPDX-License-Identifier: BSD-2-Clause */
#include "encode.h"

#include <string.h>

#include "encoding.h"

uint64_t encode_bytes(struct encoding *e, struct bytes *to, const void *data, uint64_t size)
{
    uint64_t at = to->size;

    if (size > to->capacity - at) {
        uint64_t capacity = to->capacity == 0 ? 4096 : to->capacity;
        while (capacity < at + size) {
            capacity *= 2;
        }
        uint8_t *grown = arena_take(&e->model->arena, capacity);
        if (at > 0) {
            memcpy(grown, to->data, at);
        }
        to->data = grown;
        to->capacity = capacity;
    }
    if (data != NULL) {
        memcpy(to->data + at, data, size);
    }
    to->size += size;
    return at;
}

void encode_record(struct encoding *e, enum sk_spec_table table, const void *record,
                   uint64_t size)
{
    encode_bytes(e, &e->table[table], record, size);
    e->record_count[table]++;
}

/* Tables one behind the other, each at a multiple of 8. */
static uint64_t place_tables(struct encoding *e, struct sk_spec *spec)
{
    uint64_t at = sizeof(*spec);

    for (unsigned i = 0; i < SK_SPEC_TABLE_COUNT; i++) {
        spec->section[i].offset = (uint32_t)at;
        spec->section[i].count =
            i == SK_SPEC_NAMES ? (uint32_t)e->table[i].size : e->record_count[i];
        at += (e->table[i].size + 7) & ~(uint64_t)7;
    }
    return at;
}

static uint64_t page_up(uint64_t size)
{
    return (size + SK_SPEC_PAGE_SIZE - 1) & ~(SK_SPEC_PAGE_SIZE - 1);
}

static void put_together(struct encoding *e, struct sk_encoded *ret_encoded)
{
    struct sk_spec spec = {
        .magic = SK_SPEC_MAGIC,
        .version = SK_SPEC_VERSION,
        .handed_page_count = (uint32_t)(e->pages.size / SK_SPEC_PAGE_SIZE),
        .object_count = e->object_count,
        .domain_start = e->model->turn_count > 0 ? e->model->turn_start : SK_SPEC_NONE,
        .platform = e->options->platform,
    };
    uint64_t size = place_tables(e, &spec);
    uint64_t blob = page_up(size);
    uint64_t total = blob + e->pages.size + page_up(e->copies.size);
    uint8_t *data = arena_take(&e->model->arena, total);

    spec.size = (uint32_t)size;
    spec.blob_page_count = (uint32_t)((total - blob) / SK_SPEC_PAGE_SIZE);
    memcpy(data, &spec, sizeof(spec));
    for (unsigned i = 0; i < SK_SPEC_TABLE_COUNT; i++) {
        if (e->table[i].size > 0) {
            memcpy(data + spec.section[i].offset, e->table[i].data, e->table[i].size);
        }
    }
    if (e->pages.size > 0) {
        memcpy(data + blob, e->pages.data, e->pages.size);
    }
    if (e->copies.size > 0) {
        memcpy(data + blob + e->pages.size, e->copies.data, e->copies.size);
    }
    *ret_encoded = (struct sk_encoded){
        .data = data,
        .size = total,
        .spec_size = size,
        .handed_page_count = spec.handed_page_count,
        .shared_page_count = e->shared_page_count,
        .number = e->first,
        .handed = e->handed,
        .page = e->page,
    };
}

void sk_model_encode(struct sk_model *model, const struct sk_encode_options *options,
                     struct sk_encoded *ret_encoded)
{
    struct encoding e = {.model = model, .options = options};

    encode_contents(&e);
    encode_objects(&e);
    encode_maps(&e);
    encode_irqs(&e);
    encode_caps(&e);
    encode_handovers(&e);
    encode_schedule(&e);
    encode_threads(&e);
    put_together(&e, ret_encoded);
}
