/* SPDX-License-Identifier: BSD-2-Clause */
#include "system.h"

#define GUARD(bits) (64u - (bits))

static void add_objects(struct builder *b, struct system *s, uint64_t fixed_paddr)
{
    s->fixed = builder_group_at(b, SK_SPEC_FRAME, 12, 2, fixed_paddr, 0);
    (void)builder_group(b, SK_SPEC_FRAME, 21, 1);
    s->cnodes = builder_group(b, SK_SPEC_CNODE, 9, 2);
    s->vspaces = builder_group(b, SK_SPEC_VSPACE, 0, 2);
    (void)builder_group(b, SK_SPEC_PAGE_TABLE, 0, 6);
    s->frames = builder_group(b, SK_SPEC_FRAME, 12, 8);
    (void)builder_group(b, SK_SPEC_UNTYPED, 12, 1);
    s->tcbs = builder_group(b, SK_SPEC_TCB, 0, 2);
    s->contexts = builder_group(b, SK_SPEC_SCHED_CONTEXT, 8, 2);
    s->notifications = builder_group(b, SK_SPEC_NOTIFICATION, 0, 2);
    builder_group_in(b, SK_SPEC_REPLY, 0, 1, s->cnodes, 4);
    s->endpoint = builder_group(b, SK_SPEC_ENDPOINT, 0, 1);
}

static void add_spaces(struct builder *b, const struct system *s)
{
    static const uint8_t spans[] = {39, 30, 21};
    uint32_t table = s->vspaces + 2;
    uint32_t pool = s->frames + 8;

    for (uint32_t n = 0; n < 2; n++) {
        *(struct sk_spec_asids *)builder_add(b, SK_SPEC_ASIDS) =
            (struct sk_spec_asids){n == 0 ? SK_SPEC_NONE : pool, s->vspaces + n, 1, 0};
        for (unsigned level = 0; level < 3; level++) {
            *(struct sk_spec_tables *)builder_add(b, SK_SPEC_TABLES) =
                (struct sk_spec_tables){SYSTEM_CODE >> spans[level] << spans[level],
                                        table++,
                                        1,
                                        s->vspaces + n,
                                        spans[level],
                                        {0}};
        }
    }
}

static void add_map(struct builder *b, uint32_t vspace, uint64_t vaddr, uint32_t first,
                    uint32_t count, struct sk_spec_map how)
{
    how.vspace = vspace;
    how.vaddr = vaddr;
    how.first = first;
    how.count = count;
    how.size_bits = how.size_bits != 0 ? how.size_bits : 12;
    *(struct sk_spec_map *)builder_add(b, SK_SPEC_MAPS) = how;
}

static void add_maps(struct builder *b, const struct system *s)
{
    struct sk_spec_map code = {.source = SK_SPEC_BLOB_PAGE,
                               .rights = SK_SPEC_READ,
                               .attributes = SK_SPEC_CACHED | SK_SPEC_EXECUTE};
    struct sk_spec_map data = {.rights = SK_SPEC_READ | SK_SPEC_WRITE,
                               .attributes = SK_SPEC_CACHED};
    struct sk_spec_map large = data, copy = data, code_copy = code, device = data;

    large.size_bits = 21;
    copy.flags = code_copy.flags = SK_SPEC_COPY;
    device.attributes = 0;
    add_map(b, s->vspaces, SYSTEM_CODE, 0, 2, code);
    add_map(b, s->vspaces, SYSTEM_CODE + 0x10000, s->frames, 3, data);
    add_map(b, s->vspaces, SYSTEM_CODE + 0x20000, s->fixed, 2, device);
    add_map(b, s->vspaces, SYSTEM_CODE + 0x200000, s->fixed + 2, 1, large);
    add_map(b, s->vspaces + 1, SYSTEM_CODE, 2, 1, code);
    add_map(b, s->vspaces + 1, SYSTEM_CODE + 0x1000, 0, 1, code_copy);
    add_map(b, s->vspaces + 1, SYSTEM_CODE + 0x10000, s->frames + 3, 3, data);
    add_map(b, s->vspaces + 1, SYSTEM_CODE + 0x20000, s->fixed, 2, copy);
}

static void add_fill(struct builder *b, uint32_t frame, uint32_t offset, uint64_t from,
                     uint32_t length, unsigned flags)
{
    *(struct sk_spec_fill *)builder_add(b, SK_SPEC_FILLS) = (struct sk_spec_fill){
        .from = SYSTEM_HANDED * SK_SPEC_PAGE_SIZE + from,
        .frame = frame,
        .offset = offset,
        .length = length,
        .flags = flags,
    };
}

static void add_contents(struct builder *b, const struct system *s)
{
    char text[4096];

    for (unsigned n = 0; n < SYSTEM_HANDED + 2; n++) {
        __builtin_memset(text, 'a' + (int)n, sizeof(text));
        (void)builder_page(b, text, sizeof(text));
    }
    b->header.handed_page_count = SYSTEM_HANDED;
    add_fill(b, s->frames, 0, 0, 4096, SK_SPEC_FILL_CODE);
    add_fill(b, s->fixed + 2, 3, 1, 4096, 0);
    add_fill(b, s->fixed + 2, 0x1ff000, 4096, 4096, SK_SPEC_FILL_CLEAN | SK_SPEC_FILL_CODE);
    *(struct sk_spec_fill *)builder_add(b, SK_SPEC_FILLS) =
        (struct sk_spec_fill){.frame = s->frames + 1, .length = 4096, .chunk = 1 + 6};
}

static void add_memory(struct builder *b, const struct system *s)
{
    *(struct sk_spec_untyped *)builder_add(b, SK_SPEC_UNTYPEDS) = (struct sk_spec_untyped){
        .size = 0x5000,
        .cnode = s->cnodes,
        .slot = 60,
        .slot_count = 2,
        .info_frame = SK_SPEC_NONE,
        .min_bits = 12,
    };
    *(struct sk_spec_untyped *)builder_add(b, SK_SPEC_UNTYPEDS) = (struct sk_spec_untyped){
        .size = SK_SPEC_REST,
        .first_cptr = SYSTEM_UNTYPED,
        .cnode = s->cnodes + 1,
        .slot = SYSTEM_UNTYPED,
        .slot_count = 80,
        .info_frame = s->frames + 6,
        .min_bits = 12,
        .flags = SK_SPEC_DEVICE,
        .cnode_bits = 9,
    };
    *(struct sk_spec_image *)builder_add(b, SK_SPEC_IMAGE) = (struct sk_spec_image){
        .first_cptr = SYSTEM_IMAGE,
        .cnode = s->cnodes + 1,
        .slot = SYSTEM_IMAGE,
        .slot_count = 64,
        .info_frame = s->frames + 7,
        .cnode_bits = 9,
    };
}

static void add_cap(struct builder *b, struct sk_spec_cap cap)
{
    *(struct sk_spec_cap *)builder_add(b, SK_SPEC_CAPS) = cap;
}

static void add_caps(struct builder *b, const struct system *s)
{
    uint32_t first = s->cnodes, second = s->cnodes + 1, ntfn = s->notifications;

    *(struct sk_spec_irq *)builder_add(b, SK_SPEC_IRQS) =
        (struct sk_spec_irq){.badge = 4, .irq = 33, .notification = ntfn, .is_edge = 1};
    *(struct sk_spec_irq *)builder_add(b, SK_SPEC_IRQS) =
        (struct sk_spec_irq){.irq = 34, .notification = ntfn};
    *(struct sk_spec_irq *)builder_add(b, SK_SPEC_IRQS) =
        (struct sk_spec_irq){.irq = 35, .notification = SK_SPEC_NONE};
    add_cap(b,
            (struct sk_spec_cap){0, first, 1, s->endpoint, SK_SPEC_OBJECT, 0, SK_SPEC_READ, 0});
    add_cap(b, (struct sk_spec_cap){1, first, 11, ntfn + 1, SK_SPEC_OBJECT, SK_SPEC_OP_MINT,
                                    SK_SPEC_WRITE, 0});
    add_cap(b, (struct sk_spec_cap){0, first, 12, 1, SK_SPEC_BLOB_PAGE, 0, SK_SPEC_READ, 0});
    add_cap(b, (struct sk_spec_cap){0, first, 138, 0, SK_SPEC_IRQ, SK_SPEC_OP_MOVE, 15, 0});
    add_cap(b,
            (struct sk_spec_cap){0, second, 1, ntfn + 1, SK_SPEC_OBJECT, 0, SK_SPEC_READ, 0});
    add_cap(b, (struct sk_spec_cap){0, second, 5, 0, SK_SPEC_SCHED_CONTROL, 0, 15, 0});
    add_cap(b, (struct sk_spec_cap){0, second, 6, 6, SK_SPEC_BOOT_CAP, 0, 15, 0});
    add_cap(b, (struct sk_spec_cap){GUARD(9), second, 7, second, SK_SPEC_OBJECT,
                                    SK_SPEC_OP_MINT, 15, 0});
    add_cap(b, (struct sk_spec_cap){1ull << 63 | 3, second, 77, s->endpoint, SK_SPEC_OBJECT,
                                    SK_SPEC_OP_MINT, SK_SPEC_WRITE | SK_SPEC_GRANT_REPLY, 0});
}

static void add_threads(struct builder *b, const struct system *s)
{
    for (uint32_t n = 0; n < 2; n++) {
        struct sk_spec_thread *t = builder_thread(b);

        t->entry = SYSTEM_CODE;
        t->stack = SYSTEM_CODE + 0x13000;
        t->argument = n;
        t->ipc_vaddr = SYSTEM_CODE + 0x10000;
        t->cspace_data = GUARD(9);
        t->tcb = s->tcbs + n;
        t->cspace = s->cnodes + n;
        t->vspace = s->vspaces + n;
        t->ipc_frame = s->frames + 3 * n;
        t->fault_endpoint = s->endpoint;
        t->fault_badge = n;
        t->timeout_endpoint = n == 0 ? SK_SPEC_NONE : s->endpoint;
        t->timeout_badge = n * 7;
        t->sched_context = s->contexts + n;
        t->budget_us = 1000;
        t->period_us = n == 0 ? 1000 : 5000;
        t->sched_badge = 0x100 + n;
        t->notification = s->notifications + n;
        t->extra_refills = n * 4;
        t->priority = (uint8_t)(100 + n);
        t->max_priority = 100;
        t->flags = n == 0
                       ? SK_SPEC_THREAD_PASSIVE | SK_SPEC_THREAD_NO_FPU
                       : SK_SPEC_THREAD_START | SK_SPEC_THREAD_SPORADIC | SK_SPEC_THREAD_DOMAIN;
    }
    /* The name last: a record that is added moves the others of its table. */
    ((struct sk_spec_thread *)b->records[SK_SPEC_THREADS])->name = builder_name(b, "first");
    *(struct sk_spec_domain *)builder_add(b, SK_SPEC_SCHEDULE) =
        (struct sk_spec_domain){.duration = 1000000};
    b->header.domain_start = 0;
}

struct system system_make(const struct sk_spec_platform *platform, uint64_t fixed_paddr)
{
    static struct builder b;
    static _Alignas(4096) uint8_t memory[0x10000];
    struct system s = {.spec = (struct sk_spec *)memory};

    builder_start(&b, platform);
    add_objects(&b, &s, fixed_paddr);
    add_spaces(&b, &s);
    add_contents(&b, &s);
    add_maps(&b, &s);
    add_memory(&b, &s);
    add_caps(&b, &s);
    add_threads(&b, &s);
    s.size = builder_end(&b, memory, sizeof(memory));
    return s;
}
