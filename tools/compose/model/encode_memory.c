/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdlib.h>
#include <string.h>

#include "encoding.h"

/* Blob pages that may be had a second time, found by what they hold. */
struct known {
    uint32_t *page; /* number + 1; 0: free */
    uint64_t mask;
};

static uint64_t hash_of(const uint8_t *page)
{
    uint64_t hash = 0xcbf29ce484222325;

    for (unsigned i = 0; i < SK_SPEC_PAGE_SIZE; i += 8) {
        uint64_t word;
        memcpy(&word, page + i, sizeof(word));
        hash = (hash ^ word) * 0x100000001b3;
        hash ^= hash >> 29;
    }
    return hash;
}

static uint32_t page_count(const struct encoding *e)
{
    return (uint32_t)(e->pages.size / SK_SPEC_PAGE_SIZE);
}

static uint32_t add_page(struct encoding *e, const uint8_t *page)
{
    encode_bytes(e, &e->pages, page, SK_SPEC_PAGE_SIZE);
    return page_count(e) - 1;
}

/* The number of a page like this one, which nobody writes. */
static uint32_t find_page(struct encoding *e, struct known *known, const uint8_t *page)
{
    uint64_t at = hash_of(page) & known->mask;

    while (known->page[at] != 0) {
        uint32_t number = known->page[at] - 1;
        if (memcmp(e->pages.data + number * SK_SPEC_PAGE_SIZE, page, SK_SPEC_PAGE_SIZE) == 0) {
            e->shared_page_count++;
            return number;
        }
        at = (at + 1) & known->mask;
    }
    known->page[at] = add_page(e, page) + 1;
    return known->page[at] - 1;
}

/* Page index of what an object holds, filled up with zeros. */
static void read_page(const struct sk_model_object *o, uint32_t index, uint8_t *ret_page)
{
    uint64_t offset = (uint64_t)index * SK_SPEC_PAGE_SIZE;
    uint64_t size = o->contents.size - offset;

    if (size > SK_SPEC_PAGE_SIZE) {
        size = SK_SPEC_PAGE_SIZE;
    }
    memset(ret_page, 0, SK_SPEC_PAGE_SIZE);
    memcpy(ret_page, o->contents.data + offset, size);
}

static void hand_over(struct encoding *e, struct known *known, uint32_t object, uint32_t index)
{
    const struct sk_model_object *o = &e->model->object[object];
    uint8_t page[SK_SPEC_PAGE_SIZE];

    if (e->page[object][index] != SK_SPEC_NONE) {
        return;
    }
    read_page(o, index, page);
    e->page[object][index] =
        o->is_shared_read_only ? find_page(e, known, page) : add_page(e, page);
}

static bool is_before(const struct sk_model_mapping *a, const struct sk_model_mapping *b)
{
    return a->vspace != b->vspace ? a->vspace < b->vspace : a->vaddr < b->vaddr;
}

static int by_address(const void *left, const void *right)
{
    const struct sk_model_mapping *a = left;
    const struct sk_model_mapping *b = right;

    return is_before(a, b) ? -1 : is_before(b, a);
}

static int by_level(const void *left, const void *right)
{
    const struct sk_model_mapping *a = left;
    const struct sk_model_mapping *b = right;

    return a->level != b->level ? (a->level < b->level ? -1 : 1) : by_address(left, right);
}

/* The mappings of frames, or those of page tables, in the specification's order. */
static struct sk_model_mapping *sorted(struct encoding *e, bool is_frame, size_t *ret_count)
{
    const struct sk_model *model = e->model;
    struct sk_model_mapping *list =
        arena_take(&e->model->arena, (model->mapping_count + 1) * sizeof(*list));
    size_t count = 0;

    for (uint32_t i = 0; i < model->mapping_count; i++) {
        if ((model->mapping[i].level == 0) == is_frame) {
            list[count++] = model->mapping[i];
        }
    }
    qsort(list, count, sizeof(*list), is_frame ? by_address : by_level);
    *ret_count = count;
    return list;
}

/* What of an object may be handed over: nothing that is not mapped. */
static void prepare(struct encoding *e, const struct sk_model_mapping *m)
{
    struct sk_model_object *o = &e->model->object[m->object];
    uint32_t count = (uint32_t)((o->contents.size + SK_SPEC_PAGE_SIZE - 1) / SK_SPEC_PAGE_SIZE);

    if (o->source != SK_MODEL_HANDED_OVER || m->first != 0 || m->count < count ||
        e->page[m->object] != NULL) {
        return;
    }
    e->handed[m->object] = count;
    e->page[m->object] = arena_take(&e->model->arena, count * sizeof(uint32_t) + 1);
    memset(e->page[m->object], 0xff, count * sizeof(uint32_t));
}

void encode_contents(struct encoding *e)
{
    struct sk_model *model = e->model;
    struct arena *arena = &model->arena;
    uint64_t pages = 0;
    size_t count;
    struct sk_model_mapping *map = sorted(e, true, &count);
    struct known known = {0};

    e->handed = arena_take(arena, model->object_count * sizeof(uint32_t) + 1);
    e->page = arena_take(arena, model->object_count * sizeof(e->page[0]) + 1);
    for (size_t i = 0; i < count; i++) {
        prepare(e, &map[i]);
        pages += e->handed[map[i].object];
    }
    known.mask = 1;
    while (known.mask < 2 * pages) {
        known.mask = 2 * known.mask + 1;
    }
    known.page = arena_take(arena, (known.mask + 1) * sizeof(uint32_t));
    for (size_t i = 0; i < count; i++) {
        for (uint32_t k = map[i].first;
             k < map[i].first + map[i].count && k < e->handed[map[i].object]; k++) {
            hand_over(e, &known, map[i].object, k);
        }
    }
    for (uint32_t i = 0; i < model->object_count; i++) {
        struct sk_model_object *o = &model->object[i];
        if (o->source == SK_MODEL_HANDED_OVER && e->page[i] == NULL) {
            o->source = o->contents.size > 0 ? SK_MODEL_COPIED : SK_MODEL_ZERO;
        }
    }
}

static bool is_zero(const uint8_t *data, uint64_t size)
{
    return size == 0 || (data[0] == 0 && memcmp(data, data + 1, size - 1) == 0);
}

static uint32_t fill_flags(const struct encoding *e, uint32_t object)
{
    uint32_t flags =
        e->model->object[object].paddr != SK_MODEL_ANYWHERE ? SK_SPEC_FILL_CLEAN : 0;

    for (uint32_t i = 0; i < e->model->mapping_count; i++) {
        const struct sk_model_mapping *m = &e->model->mapping[i];
        if (m->object == object) {
            flags |= m->is_executable ? SK_SPEC_FILL_CODE : 0;
            flags |= m->is_uncached ? SK_SPEC_FILL_CLEAN : 0;
        }
    }
    return flags;
}

/* One record for each frame that is not to be zero. */
static void add_fills(struct encoding *e, uint32_t object)
{
    const struct sk_model_object *o = &e->model->object[object];
    uint64_t frame_size = (uint64_t)1 << o->size_bits;
    uint32_t flags = fill_flags(e, object);

    for (uint64_t at = 0; at < o->contents.size; at += frame_size) {
        uint64_t length =
            o->contents.size - at < frame_size ? o->contents.size - at : frame_size;
        struct sk_spec_fill fill = {
            .from = at,
            .frame = e->first[object] + (uint32_t)(at >> o->size_bits),
            .length = (uint32_t)length,
            .chunk = o->contents.chunk,
            .flags = flags,
        };
        if (o->contents.chunk == 0) {
            if (is_zero(o->contents.data + at, length)) {
                continue;
            }
            fill.from =
                e->pages.size + encode_bytes(e, &e->copies, o->contents.data + at, length);
        }
        encode_record(e, SK_SPEC_FILLS, &fill, sizeof(fill));
    }
}

static void add_tables(struct encoding *e)
{
    size_t count;
    struct sk_model_mapping *list = sorted(e, false, &count);

    for (size_t i = 0; i < count; i++) {
        const struct sk_spec_platform *p = &e->options->platform;
        struct sk_spec_tables tables = {
            .vaddr = list[i].vaddr,
            .first = encode_number(e, list[i].object) + list[i].first,
            .count = list[i].count,
            .vspace = encode_number(e, list[i].vspace),
            .span_bits = (uint8_t)(p->vspace_span_bits - list[i].level * p->table_index_bits),
        };
        encode_record(e, SK_SPEC_TABLES, &tables, sizeof(tables));
    }
}

/* Frames and pages that are mapped already: what comes again is mapped by a copy. */
struct seen {
    bool *object;
    bool *page;
};

static struct sk_spec_map map_of(const struct encoding *e, const struct sk_model_mapping *m,
                                 uint32_t index, struct seen *seen)
{
    const struct sk_model_object *o = &e->model->object[m->object];
    struct sk_spec_map map = {
        .vaddr = m->vaddr + ((uint64_t)(index - m->first) << o->size_bits),
        .vspace = encode_number(e, m->vspace),
        .count = 1,
        .size_bits = o->size_bits,
        .rights = (uint8_t)((m->rights & SK_MODEL_READ ? SK_SPEC_READ : 0) |
                            (m->rights & SK_MODEL_WRITE ? SK_SPEC_WRITE : 0)),
        .attributes = (uint8_t)((m->is_uncached ? 0 : SK_SPEC_CACHED) |
                                (m->is_executable ? SK_SPEC_EXECUTE : 0)),
    };

    map.source = (uint8_t)encode_frame(e, m->object, index, &map.first);
    bool *is_mapped =
        map.source == SK_SPEC_BLOB_PAGE ? &seen->page[map.first] : &seen->object[map.first];
    map.flags = *is_mapped ? SK_SPEC_COPY : 0;
    *is_mapped = true;
    return map;
}

/* Does next go on where map ends, in every respect? */
static bool goes_on(const struct encoding *e, const struct sk_spec_map *map,
                    const struct sk_spec_map *next)
{
    if (next->source == SK_SPEC_OBJECT && e->starts_group[next->first]) {
        return false;
    }
    return next->vspace == map->vspace && next->source == map->source &&
           next->size_bits == map->size_bits && next->rights == map->rights &&
           next->flags == map->flags && next->attributes == map->attributes &&
           next->first == map->first + map->count &&
           next->vaddr == map->vaddr + ((uint64_t)map->count << map->size_bits);
}

static void add_maps(struct encoding *e)
{
    size_t count;
    struct sk_model_mapping *list = sorted(e, true, &count);
    struct seen seen = {
        .object = arena_take(&e->model->arena, e->object_count + 1),
        .page = arena_take(&e->model->arena, page_count(e) + 1),
    };
    struct sk_spec_map map = {0};

    for (size_t i = 0; i < count; i++) {
        for (uint32_t k = list[i].first; k < list[i].first + list[i].count; k++) {
            struct sk_spec_map next = map_of(e, &list[i], k, &seen);
            if (map.count > 0 && goes_on(e, &map, &next)) {
                map.count++;
                continue;
            }
            if (map.count > 0) {
                encode_record(e, SK_SPEC_MAPS, &map, sizeof(map));
            }
            map = next;
        }
    }
    if (map.count > 0) {
        encode_record(e, SK_SPEC_MAPS, &map, sizeof(map));
    }
}

void encode_maps(struct encoding *e)
{
    for (uint32_t i = 0; i < e->model->object_count; i++) {
        if (e->model->object[i].source == SK_MODEL_COPIED) {
            add_fills(e, i);
        }
    }
    add_tables(e);
    add_maps(e);
}
