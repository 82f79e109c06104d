/* SPDX-License-Identifier: BSD-2-Clause */
#include "system.h"

#include <stdlib.h>
#include <string.h>

#include <selkie/arch/kernel/host.h>
#include <selkie/arch/kernel/threads.h>

#include "../../../src/init/perform.h"
#include "core/check.h"

#define WINDOW       0x100000
#define LARGE_WINDOW 0x600000
#define USED         0x2000 /* what host_kernel_boot() makes of the largest untyped */
#define GUARD(bits)  (64u - (bits))

static void add_objects(struct builder *b, struct system *s)
{
    s->fixed = builder_group_at(b, SK_SPEC_FRAME, 12, 2, SYSTEM_FIXED_PADDR, 0);
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
        memset(text, 'a' + (char)n, sizeof(text));
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

struct system system_make(void)
{
    struct builder b = builder_start(&sk_init_platform);
    struct system s = {0};

    add_objects(&b, &s);
    add_spaces(&b, &s);
    add_contents(&b, &s);
    add_maps(&b, &s);
    add_memory(&b, &s);
    add_caps(&b, &s);
    add_threads(&b, &s);
    s.spec = builder_end(&b);
    s.size = b.size;
    return s;
}

void system_drop(struct system *s)
{
    free(s->spec);
    host_kernel_end();
}

/* There is a device tree of three letters. */
static const uint8_t *chunk(struct sk_init *in, uint32_t id, uint64_t *ret_size)
{
    static const uint8_t tree[] = "DTB";

    (void)in;
    *ret_size = sizeof(tree);
    return id == 6 ? tree : NULL;
}

static void add_untypeds(struct sk_init *in, const struct host_kernel *k)
{
    for (seL4_Word n = 0; n < k->info->untyped.end - k->info->untyped.start; n++) {
        const seL4_UntypedDesc *u = &k->info->untypedList[n];

        sk_init_add_untyped(in, u->paddr, u->sizeBits, u->isDevice != 0,
                            (uint32_t)(k->info->untyped.start + n));
        if (k->info->untyped.start + n == k->untyped) {
            in->untypeds[n].used = USED;
        }
    }
}

void stage_boot(struct stage *stage, const struct sk_spec *spec)
{
    struct host_kernel *k = &stage->kernel;
    uint64_t image = SK_HOST_IMAGE_VADDR + SK_HOST_IMAGE_PAGES * SK_SPEC_PAGE_SIZE;
    uint64_t blob_size = spec->blob_page_count * SK_SPEC_PAGE_SIZE;

    memset(stage, 0, sizeof(*stage));
    *k = host_kernel_boot();
    stage->in = (struct sk_init){
        .spec = spec,
        .perform = sk_init_perform_call,
        .blob = (const uint8_t *)(image - blob_size),
        .first_slot = (uint32_t)k->next_slot,
        .end_slot = (uint32_t)k->info->empty.end,
        .image_start = (uint32_t)k->info->userImageFrames.start,
        .image_end = (uint32_t)k->info->userImageFrames.end,
        .sched_control = (uint32_t)k->info->schedcontrol.start,
        .window = WINDOW,
        .large_window = LARGE_WINDOW,
        .chunk = chunk,
    };
    add_untypeds(&stage->in, k);
    if (blob_size > 0 && spec->blob_page_count <= SK_HOST_IMAGE_PAGES) {
        memcpy((void *)(image - blob_size), (const char *)spec + sk_spec_blob_offset(spec),
               blob_size);
    }
}

sk_err stage_predict(const struct stage *stage, struct sk_init *ret_in)
{
    *ret_in = stage->in;
    ret_in->perform = NULL;
    ret_in->blob = NULL;
    return sk_init_execute(ret_in);
}

void stage_check_kernel(void)
{
    struct check_finding finding = sk_kernel_check(sk_host_kernel());

    if (finding.what != NULL) {
        fail_msg("the kernel's state: %s", finding.what);
    }
}
