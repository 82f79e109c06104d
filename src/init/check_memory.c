/* SPDX-License-Identifier: BSD-2-Clause */
#include "check.h"

/* More than any machine has: sums of addresses and sizes below it do not overflow. */
#define PADDR_END (1ull << 52)

/* What objects of a type take, if that does not depend on size_bits; or 0. */
static unsigned fixed_size(const struct sk_spec_platform *p, unsigned type)
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
    default:
        return 0;
    }
}

/* What Retype is told of the size, and what an object of this type takes then. */
static bool has_size(const struct sk_spec_platform *p, const struct sk_spec_group *g)
{
    unsigned bits = g->size_bits, memory = g->memory_bits;

    switch (g->type) {
    case SK_SPEC_UNTYPED:
        return bits == memory && bits >= p->min_untyped_bits && bits <= p->max_untyped_bits;
    case SK_SPEC_SCHED_CONTEXT:
        return bits == memory && p->min_sched_context_bits != 0 &&
               bits >= p->min_sched_context_bits && bits <= 20;
    case SK_SPEC_CNODE:
        return bits != 0 && bits <= 30 && memory == bits + p->slot_bits;
    case SK_SPEC_FRAME:
        return bits == memory && bits != 0 && bits <= 30 &&
               (bits == p->frame_bits[0] || bits == p->frame_bits[1] ||
                bits == p->frame_bits[2]);
    default:
        return bits == 0 && memory >= 4 && memory == fixed_size(p, g->type);
    }
}

/* By ascending address, all of them before those without. */
static bool has_address(const struct check *c, const struct sk_spec_group *g)
{
    const struct sk_spec_group *before = c->problem.record != 0 ? g - 1 : NULL;

    if (g->paddr == SK_SPEC_NO_PADDR) {
        return g->flags == 0;
    }
    if (g->flags > SK_SPEC_DEVICE || g->cnode != SK_SPEC_NONE ||
        (g->flags != 0 && g->type != SK_SPEC_FRAME && g->type != SK_SPEC_UNTYPED) ||
        g->paddr >> g->memory_bits << g->memory_bits != g->paddr || g->paddr > PADDR_END ||
        g->count > PADDR_END >> g->memory_bits) {
        return false;
    }
    return before == NULL ||
           (before->paddr != SK_SPEC_NO_PADDR &&
            before->paddr + ((uint64_t)before->count << before->memory_bits) <= g->paddr);
}

bool sk_check_group(struct check *c, const void *record)
{
    const struct sk_spec_group *g = record;
    bool is_numbered = g->cnode == SK_SPEC_NONE;

    if (!sk_check_that(c, has_size(c->platform, g), SK_SPEC_WRONG_TYPE) ||
        !sk_check_that(c, has_address(c, g), SK_SPEC_WRONG_ADDRESS)) {
        return false;
    }
    if (g->count == 0 || g->first != c->object_count || g->reserved != 0 ||
        (is_numbered && (g->slot != 0 || g->count >= SK_SPEC_NONE - c->object_count))) {
        return sk_check_wrong(c, SK_SPEC_WRONG_GROUP);
    }
    c->group_count++;
    if (!is_numbered) {
        return sk_check_slots(c, g->cnode, g->slot, g->count);
    }
    c->object_count += g->count;
    return true;
}

bool sk_check_asids(struct check *c, const void *record)
{
    const struct sk_spec_asids *a = record;

    return sk_check_that(
        c,
        a->count <= c->platform->asid_pool_entries &&
            (a->untyped == SK_SPEC_NONE ||
             sk_check_group_of(c, a->untyped)->size_bits == c->platform->asid_pool_bits),
        SK_SPEC_WRONG_POOL);
}

/* Are these, of 2^bits bytes each, addresses of a program? */
static bool check_span(struct check *c, uint64_t vaddr, uint32_t count, unsigned bits)
{
    uint64_t end = (c->platform->user_end + (1ull << bits) - 1) >> bits;

    return sk_check_that(
        c, vaddr >> bits << bits == vaddr && sk_check_fits(vaddr >> bits, count, end),
        SK_SPEC_WRONG_VADDR);
}

bool sk_check_tables(struct check *c, const void *record)
{
    const struct sk_spec_tables *t = record;
    unsigned bits = SK_SPEC_PAGE_BITS + c->platform->table_index_bits;

    while (bits < t->span_bits) {
        bits += c->platform->table_index_bits;
    }
    return sk_check_that(c, bits == t->span_bits && bits < c->platform->vspace_span_bits,
                         SK_SPEC_WRONG_SPAN) &&
           check_span(c, t->vaddr, t->count, bits);
}

bool sk_check_untyped(struct check *c, const void *record)
{
    const struct sk_spec_untyped *u = record;
    const struct sk_spec_platform *p = c->platform;
    bool is_rest = u->size == SK_SPEC_REST, is_device = u->flags == SK_SPEC_DEVICE;

    if (u->min_bits < p->min_untyped_bits || u->min_bits > p->max_untyped_bits ||
        (!is_rest && u->size >> u->min_bits << u->min_bits != u->size) ||
        (is_rest && c->rest_is_given) || (is_device && c->device_is_given)) {
        return sk_check_wrong(c, SK_SPEC_WRONG_UNTYPED);
    }
    c->rest_is_given |= is_rest;
    c->device_is_given |= is_device;
    return true;
}

bool sk_check_fill(struct check *c, const void *record)
{
    const struct sk_spec_fill *f = record;
    const struct sk_spec_group *g = sk_check_group_of(c, f->frame);
    const struct sk_spec *s = c->spec;

    return sk_check_that(c,
                         (g->flags & SK_SPEC_DEVICE) == 0 && g->size_bits <= 21 &&
                             sk_check_fits(f->offset, f->length, 1ull << g->size_bits),
                         SK_SPEC_WRONG_FILL_FRAME) &&
           sk_check_that(
               c,
               f->chunk != 0 ||
                   (f->from >= s->handed_page_count * SK_SPEC_PAGE_SIZE &&
                    sk_check_fits(f->from, f->length, s->blob_page_count * SK_SPEC_PAGE_SIZE)),
               SK_SPEC_WRONG_FILL_CONTENTS);
}

/* The frames of a map: of one size, and each handed page once. */
static bool check_frames(struct check *c, const struct sk_spec_map *m)
{
    if (m->source == SK_SPEC_OBJECT) {
        return sk_check_run(c, m->first, m->count, SK_SPEC_FRAME) &&
               sk_check_that(c, sk_check_group_of(c, m->first)->size_bits == m->size_bits,
                             SK_SPEC_WRONG_FRAME_SIZE);
    }
    if (m->size_bits != SK_SPEC_PAGE_BITS || m->count == 0 ||
        !sk_check_fits(m->first, m->count, c->spec->handed_page_count)) {
        return sk_check_wrong(c, SK_SPEC_WRONG_PAGES);
    }
    if ((m->flags & SK_SPEC_COPY) != 0) {
        return true;
    }
    if (m->first != c->next_page) {
        return sk_check_wrong(c, SK_SPEC_WRONG_PAGE_ORDER);
    }
    c->next_page += m->count;
    return true;
}

bool sk_check_map(struct check *c, const void *record)
{
    const struct sk_spec_map *m = record;
    const struct sk_spec_map *before = c->problem.record != 0 ? m - 1 : NULL;

    if (!check_frames(c, m) || !check_span(c, m->vaddr, m->count, m->size_bits)) {
        return false;
    }
    return sk_check_that(c, (m->rights | SK_SPEC_WRITE) == (SK_SPEC_READ | SK_SPEC_WRITE),
                         SK_SPEC_WRONG_MAP_RIGHTS) &&
           sk_check_that(
               c,
               before == NULL || before->vspace < m->vspace ||
                   (before->vspace == m->vspace &&
                    before->vaddr + ((uint64_t)before->count << before->size_bits) <= m->vaddr),
               SK_SPEC_WRONG_MAP_ORDER);
}

bool sk_check_image(struct check *c, const void *record)
{
    (void)record;
    return sk_check_that(c, c->problem.record == 0, SK_SPEC_WRONG_IMAGE_TWICE);
}
