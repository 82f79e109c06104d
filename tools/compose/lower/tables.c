/* SPDX-License-Identifier: BSD-2-Clause */
#include "tables.h"

#include <stdlib.h>

enum { PAGE_BITS = 12, INDEX_BITS = 9 };

/* A set of tables of one level, as the addresses they begin at. */
struct tables {
    uint64_t *vaddr;
    size_t count;
    size_t capacity;
};

unsigned sk_table_bits(unsigned level)
{
    return PAGE_BITS + INDEX_BITS * (SK_TABLE_LEVELS + 1 - level);
}

static void add(struct arena *arena, struct tables *t, uint64_t vaddr)
{
    if (t->count > 0 && t->vaddr[t->count - 1] == vaddr) {
        return;
    }
    if (t->count == t->capacity) {
        size_t capacity = t->capacity == 0 ? 16 : 2 * t->capacity;
        uint64_t *grown = arena_take(arena, capacity * sizeof(*grown));
        for (size_t i = 0; i < t->count; i++) {
            grown[i] = t->vaddr[i];
        }
        t->vaddr = grown;
        t->capacity = capacity;
    }
    t->vaddr[t->count++] = vaddr;
}

static int by_address(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a;
    uint64_t y = *(const uint64_t *)b;

    return (x > y) - (x < y);
}

static void sort(struct tables *t)
{
    size_t kept = 0;

    if (t->count == 0) {
        return;
    }
    qsort(t->vaddr, t->count, sizeof(t->vaddr[0]), by_address);
    for (size_t i = 1; i < t->count; i++) {
        if (t->vaddr[i] != t->vaddr[kept]) {
            t->vaddr[++kept] = t->vaddr[i];
        }
    }
    t->count = kept + 1;
}

/* The tables of that level for what is mapped in vspace. */
static struct tables collect(struct sk_model *model, uint32_t vspace, uint32_t first,
                             uint32_t end, unsigned level)
{
    struct tables tables = {0};
    uint64_t span = (uint64_t)1 << sk_table_bits(level);

    for (uint32_t i = first; i < end; i++) {
        const struct sk_model_mapping *m = &model->mapping[i];
        unsigned size_bits = model->object[m->object].size_bits;
        if (m->vspace != vspace || m->level != 0 || size_bits >= sk_table_bits(level)) {
            continue;
        }
        uint64_t last = m->vaddr + ((uint64_t)m->count << size_bits) - 1;
        for (uint64_t at = m->vaddr & ~(span - 1); at <= last; at += span) {
            add(&model->arena, &tables, at);
        }
    }
    sort(&tables);
    return tables;
}

/* Tables side by side are one mapping. */
static void map(struct sk_model *model, uint32_t vspace, uint32_t object, unsigned level,
                const struct tables *tables)
{
    uint64_t span = (uint64_t)1 << sk_table_bits(level);

    for (size_t i = 0, next; i < tables->count; i = next) {
        next = i + 1;
        while (next < tables->count && tables->vaddr[next] == tables->vaddr[next - 1] + span) {
            next++;
        }
        struct sk_model_mapping mapping = {
            .vspace = vspace,
            .object = object,
            .first = (uint32_t)i,
            .count = (uint32_t)(next - i),
            .vaddr = tables->vaddr[i],
            .level = (uint8_t)level,
        };
        sk_model_add_mapping(model, &mapping);
    }
}

void sk_tables_add(struct sk_model *model, uint32_t vspace, uint32_t first_mapping,
                   uint32_t domain, const char *domain_name)
{
    uint32_t end = model->mapping_count;

    for (unsigned level = 1; level <= SK_TABLE_LEVELS; level++) {
        struct tables tables = collect(model, vspace, first_mapping, end, level);
        if (tables.count == 0) {
            continue;
        }
        struct sk_model_object object = {
            .kind = SK_MODEL_PAGE_TABLE,
            .name = arena_printf(&model->arena, "%s.tables_%u", domain_name, level),
            .count = (uint32_t)tables.count,
            .size_bits = PAGE_BITS,
            .paddr = SK_MODEL_ANYWHERE,
            .domain = domain,
        };
        map(model, vspace, sk_model_add_object(model, &object), level, &tables);
    }
}
