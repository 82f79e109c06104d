/*
 * init-image INITIALISER DOMAIN OUT [DAMAGE]: the test's system, of one domain program started
 * in six roles (../plan.h), behind the initialiser. DAMAGE makes something wrong with it, or is
 * "domains": then all are in a scheduling domain other than the initialiser's.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <selkie/init/check.h>

#include "../builder.h"
#include "../plan.h"
#include "image.h"

#define PAGES_MAX 32 /* of the domain program */

/* The first of each kind; domain n has the one that is n further. */
struct objects {
    uint32_t cnodes, vspaces, tables, stacks, buffers, filled, info, device, tcbs, contexts,
        notifications, endpoints;
};

/* A page of the domain program, and how it is mapped. */
struct page {
    uint64_t vaddr;
    uint8_t contents[4096];
    unsigned flags; /* PF_* */
};

struct program {
    struct page pages[PAGES_MAX];
    unsigned count;
    uint64_t entry;
};

static struct program read_program(const struct image *i)
{
    struct program p = {.entry = image_header(i)->e_entry};

    for (unsigned s = 0; s < image_header(i)->e_phnum; s++) {
        const Elf64_Phdr *h = &image_segments(i)[s];
        uint64_t end = h->p_vaddr + h->p_memsz;

        for (uint64_t v = h->p_vaddr & ~4095ull; h->p_type == PT_LOAD && v < end; v += 4096) {
            struct page *page = &p.pages[p.count++];
            uint64_t from = v > h->p_vaddr ? v : h->p_vaddr;
            uint64_t to = h->p_vaddr + h->p_filesz;

            if (p.count > PAGES_MAX - 1) {
                abort();
            }
            page->vaddr = v;
            page->flags = h->p_flags;
            if (to > v + 4096) {
                to = v + 4096;
            }
            if (from < to) {
                memcpy(page->contents + (from - v), i->data + h->p_offset + (from - h->p_vaddr),
                       to - from);
            }
        }
    }
    return p;
}

static struct objects add_objects(struct builder *b)
{
    struct objects o = {0};

    o.device = builder_group_at(b, SK_SPEC_FRAME, 12, 1, PLAN_DEVICE_PADDR, SK_SPEC_DEVICE);
    o.cnodes = builder_group(b, SK_SPEC_CNODE, PLAN_CNODE_BITS, DOMAIN_COUNT);
    o.vspaces = builder_group(b, SK_SPEC_VSPACE, 0, DOMAIN_COUNT);
    o.tables = builder_group(b, SK_SPEC_PAGE_TABLE, 0, 3 * DOMAIN_COUNT);
    o.stacks = builder_group(b, SK_SPEC_FRAME, 12, 2 * DOMAIN_COUNT + 2);
    o.buffers = o.stacks + DOMAIN_COUNT;
    o.info = o.buffers + DOMAIN_COUNT;
    o.filled = o.info + 1;
    o.tcbs = builder_group(b, SK_SPEC_TCB, 0, DOMAIN_COUNT);
    o.contexts = builder_group(b, SK_SPEC_SCHED_CONTEXT, 8, DOMAIN_COUNT);
    o.notifications = builder_group(b, SK_SPEC_NOTIFICATION, 0, DOMAIN_COUNT);
    for (uint32_t n = 1; n < DOMAIN_COUNT; n++) {
        builder_group_in(b, SK_SPEC_REPLY, 0, 1, o.cnodes + n, SLOT_REPLY);
    }
    o.endpoints = builder_group(b, SK_SPEC_ENDPOINT, 0, DOMAIN_COUNT);
    return o;
}

static void add_tables(struct builder *b, const struct objects *o)
{
    *(struct sk_spec_asids *)builder_add(b, SK_SPEC_ASIDS) =
        (struct sk_spec_asids){SK_SPEC_NONE, o->vspaces, DOMAIN_COUNT, 0};
    for (uint32_t n = 0; n < 3 * DOMAIN_COUNT; n++) {
        static const struct sk_spec_tables levels[] = {
            {0, 0, 1, 0, 39, {0}}, {0, 0, 1, 0, 30, {0}}, {PLAN_CODE, 0, 1, 0, 21, {0}}};
        struct sk_spec_tables *t = builder_add(b, SK_SPEC_TABLES);

        *t = levels[n % 3];
        t->first = o->tables + n;
        t->vspace = o->vspaces + n / 3;
    }
}

static struct sk_spec_map *map(struct builder *b, uint32_t vspace, uint64_t vaddr,
                               uint32_t first, enum sk_spec_source source, unsigned flags)
{
    struct sk_spec_map *m = builder_add(b, SK_SPEC_MAPS);

    *m = (struct sk_spec_map){
        .vaddr = vaddr,
        .vspace = vspace,
        .first = first,
        .count = 1,
        .source = (uint8_t)source,
        .size_bits = 12,
        .rights = SK_SPEC_READ | ((flags & PF_W) != 0 ? SK_SPEC_WRITE : 0),
        .attributes = SK_SPEC_CACHED | ((flags & PF_X) != 0 ? SK_SPEC_EXECUTE : 0),
    };
    return m;
}

/* Pages that cannot be written are there once, and shared by copies of the frame. */
static void map_page(struct builder *b, uint32_t vspace, const struct page *page,
                     uint32_t *shared)
{
    bool is_first = *shared == SK_SPEC_NONE;
    struct sk_spec_map *m;

    if (is_first || (page->flags & PF_W) != 0) {
        *shared = builder_page(b, page->contents, sizeof(page->contents));
        b->header.handed_page_count++;
    }
    m = map(b, vspace, page->vaddr, *shared, SK_SPEC_BLOB_PAGE, page->flags);
    if (!is_first && (page->flags & PF_W) == 0) {
        m->flags = SK_SPEC_COPY;
    }
}

static void add_maps(struct builder *b, const struct objects *o, const struct program *p)
{
    uint32_t shared[PAGES_MAX];

    memset(shared, 0xff, sizeof(shared));
    for (uint32_t n = 0; n < DOMAIN_COUNT; n++) {
        for (unsigned i = 0; i < p->count; i++) {
            map_page(b, o->vspaces + n, &p->pages[i], &shared[i]);
        }
        (void)map(b, o->vspaces + n, PLAN_STACK - 4096, o->stacks + n, SK_SPEC_OBJECT, PF_W);
        (void)map(b, o->vspaces + n, PLAN_IPC, o->buffers + n, SK_SPEC_OBJECT, PF_W);
        if (n == DOMAIN_MAIN) {
            (void)map(b, o->vspaces + n, PLAN_INFO, o->info, SK_SPEC_OBJECT, 0);
            (void)map(b, o->vspaces + n, PLAN_FILLED, o->filled, SK_SPEC_OBJECT, 0);
            map(b, o->vspaces + n, PLAN_DEVICE, o->device, SK_SPEC_OBJECT, PF_W)->attributes =
                0;
        }
    }
}

static void add_fill(struct builder *b, const struct objects *o)
{
    uint32_t page = builder_page(b, FILL_TEXT, sizeof(FILL_TEXT));

    /* In two pieces: they share the window. */
    for (unsigned n = 0; n < 2; n++) {
        uint32_t length = n == 0 ? 5 : sizeof(FILL_TEXT) - 5;

        *(struct sk_spec_fill *)builder_add(b, SK_SPEC_FILLS) = (struct sk_spec_fill){
            .from = page * SK_SPEC_PAGE_SIZE + 5 * n,
            .frame = o->filled,
            .offset = 5 * n,
            .length = length,
        };
    }
}

static void add_gifts(struct builder *b, const struct objects *o)
{
    *(struct sk_spec_untyped *)builder_add(b, SK_SPEC_UNTYPEDS) = (struct sk_spec_untyped){
        .size = SK_SPEC_REST,
        .first_cptr = SLOT_UNTYPED,
        .cnode = o->cnodes + DOMAIN_MAIN,
        .slot = SLOT_UNTYPED,
        .slot_count = UNTYPED_SLOTS,
        .info_frame = o->info,
        .min_bits = 12,
        .flags = SK_SPEC_DEVICE,
        .cnode_bits = PLAN_CNODE_BITS,
    };
    *(struct sk_spec_image *)builder_add(b, SK_SPEC_IMAGE) = (struct sk_spec_image){
        .first_cptr = SLOT_IMAGE,
        .cnode = o->cnodes + DOMAIN_MAIN,
        .slot = SLOT_IMAGE,
        .slot_count = IMAGE_SLOTS,
        .info_frame = o->info,
        .cnode_bits = PLAN_CNODE_BITS,
    };
}

static void cap(struct builder *b, uint32_t cnode, uint32_t slot, uint32_t source,
                unsigned rights, uint64_t data)
{
    *(struct sk_spec_cap *)builder_add(b, SK_SPEC_CAPS) = (struct sk_spec_cap){
        .data = data,
        .cnode = cnode,
        .slot = slot,
        .source = source,
        .operation = data != 0 ? SK_SPEC_OP_MINT : SK_SPEC_OP_COPY,
        .rights = (uint8_t)rights,
    };
}

static void add_caps(struct builder *b, const struct objects *o)
{
    for (uint32_t n = 0; n < DOMAIN_COUNT; n++) {
        uint32_t cnode = o->cnodes + n;

        cap(b, cnode, SLOT_INPUT, o->endpoints + n, SK_SPEC_READ, 0);
        if (n == DOMAIN_MAIN) {
            cap(b, cnode, SLOT_CNODE, cnode, SK_SPEC_ALL_RIGHTS, 64 - PLAN_CNODE_BITS);
            cap(b, cnode, SLOT_VSPACE, o->vspaces + n, SK_SPEC_ALL_RIGHTS, 0);
        }
        for (uint32_t other = 0; other < DOMAIN_COUNT; other++) {
            cap(b, cnode, SLOT_SIGNAL + other, o->notifications + other, SK_SPEC_WRITE,
                PLAN_BADGE(n));
        }
        for (uint32_t other = 0; other < DOMAIN_COUNT; other++) {
            cap(b, cnode, SLOT_CALL + other, o->endpoints + other,
                SK_SPEC_WRITE | SK_SPEC_GRANT_REPLY, 1ull << 63 | n);
        }
        if (n == DOMAIN_IRQ) {
            *(struct sk_spec_cap *)builder_add(b, SK_SPEC_CAPS) = (struct sk_spec_cap){
                .cnode = cnode,
                .slot = SLOT_IRQ,
                .kind = SK_SPEC_IRQ,
                .operation = SK_SPEC_OP_MOVE,
                .rights = SK_SPEC_ALL_RIGHTS,
            };
        }
    }
    *(struct sk_spec_irq *)builder_add(b, SK_SPEC_IRQS) =
        (struct sk_spec_irq){.badge = PLAN_IRQ_BADGE,
                             .irq = PLAN_IRQ,
                             .notification = o->notifications + DOMAIN_IRQ};
}

static void add_threads(struct builder *b, const struct objects *o, uint64_t entry)
{
    static const uint8_t priorities[DOMAIN_COUNT] = {50, 220, 210, 200, 30, 20};
    static const char *const names[DOMAIN_COUNT] = {"main",   "active", "server",
                                                    "caller", "late",   "irq"};

    for (uint32_t n = 0; n < DOMAIN_COUNT; n++) {
        struct sk_spec_thread *t = builder_thread(b);
        bool is_passive = n != DOMAIN_MAIN && n != DOMAIN_ACTIVE;

        t->entry = entry;
        t->stack = PLAN_STACK;
        t->argument = n;
        t->ipc_vaddr = PLAN_IPC;
        t->cspace_data = 64 - PLAN_CNODE_BITS;
        t->tcb = o->tcbs + n;
        t->cspace = o->cnodes + n;
        t->vspace = o->vspaces + n;
        t->ipc_frame = o->buffers + n;
        t->sched_context = o->contexts + n;
        t->notification = o->notifications + n;
        t->budget_us = is_passive ? PASSIVE_BUDGET_US : 1000;
        t->period_us = is_passive ? PASSIVE_PERIOD_US : 1000;
        t->priority = priorities[n];
        t->flags = SK_SPEC_THREAD_START | (is_passive ? SK_SPEC_THREAD_PASSIVE : 0);
        t->name = builder_name(b, names[n]);
    }
}

/* All in another domain, in which the initialiser has no turn. */
static void move_to_domain(struct builder *b)
{
    struct sk_spec_thread *t = (struct sk_spec_thread *)b->records[SK_SPEC_THREADS];

    for (uint32_t n = 0; n < DOMAIN_COUNT; n++) {
        t[n].flags |= SK_SPEC_THREAD_DOMAIN;
        t[n].domain = 3;
    }
    *(struct sk_spec_domain *)builder_add(b, SK_SPEC_SCHEDULE) =
        (struct sk_spec_domain){.index = 1, .domain = 3, .duration = 100000000};
    *(struct sk_spec_domain *)builder_add(b, SK_SPEC_SCHEDULE) =
        (struct sk_spec_domain){.index = 2};
    b->header.domain_start = 1;
}

/* What may be wrong, by name. Returns whether the specification is still to be good. */
static bool damage(struct sk_spec *spec, const char *name)
{
    struct sk_spec_tables *tables =
        (struct sk_spec_tables *)((char *)spec + spec->section[SK_SPEC_TABLES].offset);

    if (strcmp(name, "magic") == 0) {
        spec->magic++;
    } else if (strcmp(name, "platform") == 0) {
        spec->platform.domain_schedule_count++;
        return true;
    } else if (strcmp(name, "record") == 0) {
        tables[4].vspace = spec->object_count;
    } else if (strcmp(name, "kernel") == 0) {
        tables[8].vspace = tables[5].vspace; /* which has one there */
        return true;
    } else {
        fprintf(stderr, "init-image: no such damage: %s\n", name);
        exit(125);
    }
    return false;
}

int main(int argc, char **argv)
{
    static struct builder b;
    static _Alignas(4096) uint8_t memory[sizeof(struct builder)];

    if (argc < 4) {
        fprintf(stderr, "usage: init-image INITIALISER DOMAIN OUT [DAMAGE]\n");
        return 125;
    }
    struct image initialiser = image_read(argv[1]), domain = image_read(argv[2]);
    struct program program = read_program(&domain);
    struct sk_spec_problem problem;
    bool is_good = true;

    builder_start(&b, image_variable(&initialiser, "sk_init_platform"));

    struct objects o = add_objects(&b);

    add_tables(&b, &o);
    add_maps(&b, &o, &program);
    add_fill(&b, &o);
    add_gifts(&b, &o);
    add_caps(&b, &o);
    add_threads(&b, &o, program.entry);
    if (argc > 4 && strcmp(argv[4], "domains") == 0) {
        move_to_domain(&b);
    }

    struct sk_spec *spec = (struct sk_spec *)memory;
    uint64_t size = builder_end(&b, memory, sizeof(memory));

    if (argc > 4 && strcmp(argv[4], "domains") != 0) {
        is_good = damage(spec, argv[4]);
    }
    if (sk_spec_check(spec, size, NULL, &problem) != is_good) {
        fprintf(stderr, "init-image: %s, record %u: %s\n", sk_spec_table_name(problem.table),
                problem.record, is_good ? sk_spec_wrong_text(problem.what) : "is accepted");
        return 1;
    }
    image_write(&initialiser, spec, size, argv[3]);
    free(initialiser.data);
    free(domain.data);
    return 0;
}
