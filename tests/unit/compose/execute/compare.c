/* SPDX-License-Identifier: BSD-2-Clause */
#include "compare.h"

#include <stdlib.h>
#include <string.h>

#include <selkie/arch/kernel/paging.h>
#include <selkie/arch/kernel/threads.h>

#include "check.h"
#include "core/cspace.h"
#include "core/kernel.h"
#include "core/objects.h"

/* The initialiser's slot. */
static kcap own(uint32_t slot)
{
    kcap root = sk_host_kernel()->current->slots[TCB_CSPACE].cap;

    return cap_cnode_slots(root)[slot].cap;
}

/* The capability that the initialiser keeps to element index of an object. */
static kcap source(const struct carried *c, uint32_t object, uint32_t index)
{
    const struct sk_spec *spec = c->in->spec;

    if (index < c->encoded->handed[object]) {
        return own(c->in->image_end - spec->blob_page_count + c->encoded->page[object][index]);
    }
    assert_true(c->encoded->number[object] != SK_SPEC_NONE);
    return own(c->in->first_slot + c->encoded->number[object] + index -
               c->encoded->handed[object]);
}

static enum cap_type type_of(enum sk_model_kind kind)
{
    static const enum cap_type type[] = {
        [SK_MODEL_ENDPOINT] = CAP_ENDPOINT, [SK_MODEL_NOTIFICATION] = CAP_NOTIFICATION,
        [SK_MODEL_TCB] = CAP_TCB,           [SK_MODEL_SCHED_CONTEXT] = CAP_SCHED_CONTEXT,
        [SK_MODEL_REPLY] = CAP_REPLY,       [SK_MODEL_CNODE] = CAP_CNODE,
        [SK_MODEL_VSPACE] = CAP_VSPACE,     [SK_MODEL_PAGE_TABLE] = CAP_PAGE_TABLE,
        [SK_MODEL_FRAME] = CAP_FRAME,       [SK_MODEL_IRQ_HANDLER] = CAP_IRQ_HANDLER,
    };

    return type[kind];
}

static const struct sk_model_cap *cap_in(const struct sk_model *m, uint32_t cnode,
                                         uint32_t slot)
{
    for (uint32_t i = 0; i < m->cap_count; i++) {
        if (m->cap[i].cnode == cnode && m->cap[i].slot == slot) {
            return &m->cap[i];
        }
    }
    return NULL;
}

static void compare_object(const struct carried *c, const struct sk_model_cap *cap, kcap is)
{
    const struct sk_model_object *o = &c->model->object[cap->object];

    if (o->kind == SK_MODEL_IRQ_HANDLER) {
        assert_int_equal(cap_irq(is), o->irq.number);
    } else if (c->encoded->number[cap->object] != SK_SPEC_NONE ||
               cap->index < c->encoded->handed[cap->object]) {
        assert_int_equal(cap_addr(is), cap_addr(source(c, cap->object, cap->index)));
    } else {
        assert_int_equal(o->kind, SK_MODEL_REPLY);
    }
}

static void compare_cap(const struct carried *c, const struct sk_model_cap *cap, kcap is)
{
    const struct sk_model_object *o = &c->model->object[cap->object];

    if (cap_type(is) != type_of(o->kind)) {
        fail_msg("slot %u of %s is of type %d, not of %s", cap->slot,
                 c->model->object[cap->cnode].name, cap_type(is), o->name);
    }
    compare_object(c, cap, is);
    switch (o->kind) {
    case SK_MODEL_ENDPOINT:
    case SK_MODEL_NOTIFICATION:
        assert_int_equal(cap_badge(is), cap->badge);
        assert_int_equal(cap_rights(is), cap->rights & (o->kind == SK_MODEL_ENDPOINT
                                                            ? RIGHTS_ALL
                                                            : RIGHT_READ | RIGHT_WRITE));
        break;
    case SK_MODEL_FRAME:
        assert_int_equal(cap_rights(is), cap->rights & (RIGHT_READ | RIGHT_WRITE));
        assert_false(cap_is_mapped(is));
        break;
    case SK_MODEL_CNODE:
        assert_int_equal(cap_cnode_guard_bits(is), cap->guard_bits);
        assert_int_equal(cap_cnode_radix(is), o->size_bits);
        break;
    default:
        break;
    }
}

/* Slots that memory is handed over to hold what the kernel had left. */
static bool is_handed_over(const struct sk_model *m, uint32_t cnode, uint32_t slot, kcap is)
{
    for (uint32_t i = 0; i < m->handover_count; i++) {
        const struct sk_model_handover *h = &m->handover[i];
        if (h->cnode == cnode && slot >= h->slot && slot < h->slot + h->slot_count) {
            return cap_is_null(is) ||
                   cap_type(is) == (h->is_image_frames ? CAP_FRAME : CAP_UNTYPED);
        }
    }
    return false;
}

void compare_caps(struct carried *c)
{
    const struct sk_model *m = c->model;

    for (uint32_t i = 0; i < m->object_count; i++) {
        if (m->object[i].kind != SK_MODEL_CNODE) {
            continue;
        }
        const struct slot *slots = cap_cnode_slots(source(c, i, 0));
        for (uint32_t k = 0; k < 1u << m->object[i].size_bits; k++) {
            const struct sk_model_cap *cap = cap_in(m, i, k);
            c->compared_caps += cap != NULL;
            if (cap != NULL) {
                compare_cap(c, cap, slots[k].cap);
            } else if (!is_handed_over(m, i, k, slots[k].cap) && !cap_is_null(slots[k].cap)) {
                fail_msg("slot %u of %s is not empty", k, m->object[i].name);
            }
        }
    }
}

/* A page that is mapped, or is to be. */
struct page {
    uint64_t vaddr;
    uint64_t paddr;
    unsigned level;
    bool may_read, may_write, may_execute, is_cached;
};

struct pages {
    struct page *page;
    size_t count;
    size_t capacity;
};

static void add(struct pages *p, struct page page)
{
    if (p->count == p->capacity) {
        p->capacity = 2 * p->capacity + 16;
        p->page = realloc(p->page, p->capacity * sizeof(page));
        assert_non_null(p->page);
    }
    p->page[p->count++] = page;
}

static void read_table(struct pages *p, const struct page_table *table, unsigned level,
                       uint64_t vaddr)
{
    for (unsigned n = 0; n < SK_ARCH_PT_ENTRIES; n++) {
        uint64_t pte = table->entries[n];
        uint64_t at = vaddr + ((uint64_t)n << sk_arch_pt_shift(level));
        if (!sk_arch_pte_is_valid(pte)) {
            continue;
        }
        if (sk_arch_pte_is_table(pte, level)) {
            read_table(p, sk_arch_phys(&sk_host_kernel()->machine, sk_arch_pte_paddr(pte)),
                       level + 1, at);
            continue;
        }
        add(p, (struct page){at, sk_arch_pte_paddr(pte), level, sk_arch_pte_may_read(pte),
                             sk_arch_pte_may_write(pte), sk_arch_pte_may_execute(pte),
                             sk_arch_pte_is_cached(pte)});
    }
}

static void expect_mappings(const struct carried *c, uint32_t vspace, struct pages *p)
{
    for (uint32_t i = 0; i < c->model->mapping_count; i++) {
        const struct sk_model_mapping *m = &c->model->mapping[i];
        if (m->vspace != vspace || m->level != 0) {
            continue;
        }
        unsigned bits = c->model->object[m->object].size_bits;
        for (uint32_t k = 0; k < m->count; k++) {
            add(p, (struct page){
                       .vaddr = m->vaddr + ((uint64_t)k << bits),
                       .paddr = cap_addr(source(c, m->object, m->first + k)),
                       .level = bits == 12 ? 3 : 2,
                       .may_read = (m->rights & SK_MODEL_READ) != 0,
                       .may_write = (m->rights & SK_MODEL_WRITE) != 0,
                       .may_execute = m->is_executable,
                       .is_cached = !m->is_uncached,
                   });
        }
    }
}

static int by_address(const void *left, const void *right)
{
    const struct page *a = left;
    const struct page *b = right;

    return a->vaddr < b->vaddr ? -1 : a->vaddr > b->vaddr;
}

static void compare_pages(struct carried *c, const struct pages *is, const struct pages *wanted)
{
    assert_int_equal(is->count, wanted->count);
    for (size_t i = 0; i < is->count; i++) {
        const struct page *a = &is->page[i];
        const struct page *b = &wanted->page[i];
        if (a->vaddr != b->vaddr || a->paddr != b->paddr || a->level != b->level ||
            a->may_read != b->may_read || a->may_write != b->may_write ||
            a->may_execute != b->may_execute || a->is_cached != b->is_cached) {
            fail_msg("0x%llx is not mapped as it should be", (unsigned long long)b->vaddr);
        }
        c->compared_pages++;
    }
}

void compare_mappings(struct carried *c)
{
    for (uint32_t i = 0; i < c->model->object_count; i++) {
        struct pages is = {0};
        struct pages wanted = {0};

        if (c->model->object[i].kind != SK_MODEL_VSPACE) {
            continue;
        }
        read_table(&is, cap_object(source(c, i, 0)), 0, 0);
        expect_mappings(c, i, &wanted);
        qsort(wanted.page, wanted.count, sizeof(wanted.page[0]), by_address);
        compare_pages(c, &is, &wanted);
        free(is.page);
        free(wanted.page);
    }
}

static void compare_fault(const struct carried *c, const struct sk_model_thread *t, kcap is)
{
    if (t->fault_endpoint == SK_MODEL_NONE) {
        assert_true(cap_is_null(is));
        return;
    }
    assert_int_equal(cap_addr(is), cap_addr(source(c, t->fault_endpoint, 0)));
    assert_int_equal(cap_badge(is), t->fault_badge);
    assert_int_equal(cap_rights(is), RIGHT_WRITE | RIGHT_GRANT_REPLY);
}

void compare_threads(struct carried *c)
{
    for (uint32_t i = 0; i < c->model->object_count; i++) {
        const struct sk_model_thread *t = &c->model->object[i].thread;
        if (c->model->object[i].kind != SK_MODEL_TCB) {
            continue;
        }
        const struct tcb *is = cap_object(source(c, i, 0));
        const struct sched_context *time = cap_object(source(c, t->sched_context, 0));
        kcap cspace = is->slots[TCB_CSPACE].cap;
        assert_int_equal(cap_addr(cspace), cap_addr(source(c, t->cspace, 0)));
        assert_int_equal(cap_cnode_guard_bits(cspace), t->cspace_guard_bits);
        assert_int_equal(cap_addr(is->slots[TCB_VSPACE].cap),
                         cap_addr(source(c, t->vspace, 0)));
        assert_int_equal(cap_addr(is->slots[TCB_BUFFER].cap),
                         cap_addr(source(c, t->ipc_frame, 0)));
        assert_int_equal(is->buffer_vaddr, t->ipc_vaddr);
        assert_int_equal(is->priority, t->priority);
        assert_int_equal(is->max_priority, t->max_priority);
        assert_ptr_equal(is->sched_context, time);
        assert_int_equal(time->badge, c->model->object[t->sched_context].budget.badge);
        assert_ptr_equal(is->bound_notification,
                         t->bound_notification == SK_MODEL_NONE
                             ? NULL
                             : cap_object(source(c, t->bound_notification, 0)));
        assert_true((time->notification != NULL) == t->is_passive);
        compare_fault(c, t, is->slots[TCB_FAULT].cap);
        assert_true(cap_is_null(is->slots[TCB_TIMEOUT].cap));
    }
}
