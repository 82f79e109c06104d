/* SPDX-License-Identifier: BSD-2-Clause */
#include "builder.h"

static const uint32_t sizes[SK_SPEC_TABLE_COUNT] = {
    [SK_SPEC_GROUPS] = sizeof(struct sk_spec_group),
    [SK_SPEC_ASIDS] = sizeof(struct sk_spec_asids),
    [SK_SPEC_TABLES] = sizeof(struct sk_spec_tables),
    [SK_SPEC_UNTYPEDS] = sizeof(struct sk_spec_untyped),
    [SK_SPEC_FILLS] = sizeof(struct sk_spec_fill),
    [SK_SPEC_MAPS] = sizeof(struct sk_spec_map),
    [SK_SPEC_IRQS] = sizeof(struct sk_spec_irq),
    [SK_SPEC_CAPS] = sizeof(struct sk_spec_cap),
    [SK_SPEC_IMAGE] = sizeof(struct sk_spec_image),
    [SK_SPEC_SCHEDULE] = sizeof(struct sk_spec_domain),
    [SK_SPEC_THREADS] = sizeof(struct sk_spec_thread),
    [SK_SPEC_NAMES] = 1,
};

static void require(int is_true)
{
    if (!is_true) {
        __builtin_trap();
    }
}

void builder_start(struct builder *b, const struct sk_spec_platform *platform)
{
    b->header = (struct sk_spec){.magic = SK_SPEC_MAGIC,
                                 .version = SK_SPEC_VERSION,
                                 .domain_start = SK_SPEC_NONE,
                                 .platform = *platform};
}

void *builder_add(struct builder *b, enum sk_spec_table table)
{
    uint64_t at = (uint64_t)b->header.section[table].count++ * sizes[table];

    require(at + sizes[table] <= BUILDER_TABLE);
    return __builtin_memset(b->records[table] + at, 0, sizes[table]);
}

static unsigned memory_bits(const struct sk_spec_platform *p, enum sk_spec_type type,
                            unsigned size_bits)
{
    switch (type) {
    case SK_SPEC_TCB:
        return p->tcb_bits;
    case SK_SPEC_ENDPOINT:
        return p->endpoint_bits;
    case SK_SPEC_NOTIFICATION:
        return p->notification_bits;
    case SK_SPEC_REPLY:
        return p->reply_bits;
    case SK_SPEC_PAGE_TABLE:
        return p->page_table_bits;
    case SK_SPEC_VSPACE:
        return p->vspace_bits;
    case SK_SPEC_CNODE:
        return size_bits + p->slot_bits;
    default:
        return size_bits;
    }
}

uint32_t builder_group_at(struct builder *b, enum sk_spec_type type, unsigned size_bits,
                          uint32_t count, uint64_t paddr, unsigned flags)
{
    struct sk_spec_group *g = builder_add(b, SK_SPEC_GROUPS);

    *g = (struct sk_spec_group){
        .paddr = paddr,
        .count = count,
        .first = b->header.object_count,
        .cnode = SK_SPEC_NONE,
        .type = (uint8_t)type,
        .size_bits = (uint8_t)size_bits,
        .memory_bits = (uint8_t)memory_bits(&b->header.platform, type, size_bits),
        .flags = (uint8_t)flags,
    };
    b->header.object_count += count;
    return g->first;
}

uint32_t builder_group(struct builder *b, enum sk_spec_type type, unsigned size_bits,
                       uint32_t count)
{
    return builder_group_at(b, type, size_bits, count, SK_SPEC_NO_PADDR, 0);
}

void builder_group_in(struct builder *b, enum sk_spec_type type, unsigned size_bits,
                      uint32_t count, uint32_t cnode, uint32_t slot)
{
    struct sk_spec_group *g;

    (void)builder_group(b, type, size_bits, count);
    b->header.object_count -= count;
    g = (struct sk_spec_group *)b->records[SK_SPEC_GROUPS] +
        (b->header.section[SK_SPEC_GROUPS].count - 1);
    g->cnode = cnode;
    g->slot = slot;
}

uint32_t builder_page(struct builder *b, const void *contents, uint32_t size)
{
    uint64_t at = b->header.blob_page_count * SK_SPEC_PAGE_SIZE;

    require(at < sizeof(b->blob) && size <= SK_SPEC_PAGE_SIZE);
    __builtin_memset(b->blob + at, 0, SK_SPEC_PAGE_SIZE);
    __builtin_memcpy(b->blob + at, contents, size);
    return b->header.blob_page_count++;
}

uint32_t builder_name(struct builder *b, const char *name)
{
    uint32_t at = b->header.section[SK_SPEC_NAMES].count;

    do {
        *(char *)builder_add(b, SK_SPEC_NAMES) = *name;
    } while (*name++ != '\0');
    return at;
}

struct sk_spec_thread *builder_thread(struct builder *b)
{
    struct sk_spec_thread *t = builder_add(b, SK_SPEC_THREADS);

    t->ipc_frame = SK_SPEC_NONE;
    t->fault_endpoint = SK_SPEC_NONE;
    t->timeout_endpoint = SK_SPEC_NONE;
    t->sched_context = SK_SPEC_NONE;
    t->notification = SK_SPEC_NONE;
    t->name = SK_SPEC_NONE;
    return t;
}

uint64_t builder_end(struct builder *b, void *memory, uint64_t size)
{
    uint64_t at = sizeof(struct sk_spec), blob = b->header.blob_page_count * SK_SPEC_PAGE_SIZE;
    uint8_t *spec = memory;

    for (unsigned t = 0; t < SK_SPEC_TABLE_COUNT; t++) {
        at = (at + 7) & ~7ull;
        b->header.section[t].offset = (uint32_t)at;
        at += (uint64_t)b->header.section[t].count * sizes[t];
    }
    b->header.size = (uint32_t)at;
    at = sk_spec_blob_offset(&b->header);
    require(at + blob <= size);
    __builtin_memset(spec, 0, at);
    __builtin_memcpy(spec, &b->header, sizeof(b->header));
    for (unsigned t = 0; t < SK_SPEC_TABLE_COUNT; t++) {
        __builtin_memcpy(spec + b->header.section[t].offset, b->records[t],
                         (uint64_t)b->header.section[t].count * sizes[t]);
    }
    __builtin_memcpy(spec + at, b->blob, blob);
    return at + blob;
}
