/* SPDX-License-Identifier: BSD-2-Clause */
#include "check.h"

/* More than any machine has: sums of addresses and sizes below it do not overflow. */
#define PADDR_END (1ull << 52)

/* What Retype is told of the size, and what an object of this type takes then. */
static bool check_size(struct check *c, const struct sk_spec_group *g)
{
    const struct sk_spec_platform *p = c->platform;
    uint8_t fixed = 0;

    switch (g->type) {
    case SK_SPEC_UNTYPED:
        return (g->size_bits == g->memory_bits && g->size_bits >= p->min_untyped_bits &&
                g->size_bits <= p->max_untyped_bits) ||
               sk_check_wrong(c, "no untyped is of this size");
    case SK_SPEC_SCHED_CONTEXT:
        return (g->size_bits == g->memory_bits && p->min_sched_context_bits != 0 &&
                g->size_bits >= p->min_sched_context_bits && g->size_bits <= 20) ||
               sk_check_wrong(c, "no scheduling context is of this size");
    case SK_SPEC_CNODE:
        return (g->size_bits != 0 && g->size_bits <= 30 &&
                g->memory_bits == g->size_bits + p->slot_bits) ||
               sk_check_wrong(c, "no CNode is of this size");
    case SK_SPEC_FRAME:
        return (g->size_bits == g->memory_bits && g->size_bits != 0 &&
                (g->size_bits == p->frame_bits[0] || g->size_bits == p->frame_bits[1] ||
                 g->size_bits == p->frame_bits[2])) ||
               sk_check_wrong(c, "no frame is of this size");
    case SK_SPEC_TCB:
        fixed = p->tcb_bits;
        break;
    case SK_SPEC_ENDPOINT:
        fixed = p->endpoint_bits;
        break;
    case SK_SPEC_NOTIFICATION:
        fixed = p->notification_bits;
        break;
    case SK_SPEC_REPLY:
        fixed = p->reply_bits;
        break;
    case SK_SPEC_PAGE_TABLE:
        fixed = p->page_table_bits;
        break;
    case SK_SPEC_VSPACE:
        fixed = p->vspace_bits;
        break;
    default:
        return sk_check_wrong(c, "the type does not exist");
    }
    return (g->size_bits == 0 && fixed >= 4 && g->memory_bits == fixed) ||
           sk_check_wrong(c, "the objects have another size");
}

/* By ascending address, all of them before those without. */
static bool check_address(struct check *c, const struct sk_spec_group *g)
{
    const struct sk_spec_group *before = c->problem.record != 0 ? g - 1 : NULL;

    if (g->paddr == SK_SPEC_NO_PADDR) {
        return g->flags == 0 || sk_check_wrong(c, "device memory has no address");
    }
    if (g->flags > SK_SPEC_DEVICE || g->cnode != SK_SPEC_NONE) {
        return sk_check_wrong(c, "what has an address is numbered, and at most a device's");
    }
    if ((g->flags & SK_SPEC_DEVICE) != 0 && g->type != SK_SPEC_FRAME &&
        g->type != SK_SPEC_UNTYPED) {
        return sk_check_wrong(c, "device memory is frames and untypeds");
    }
    if (g->paddr >> g->memory_bits << g->memory_bits != g->paddr ||
        g->count > PADDR_END >> g->memory_bits || g->paddr > PADDR_END) {
        return sk_check_wrong(c, "the address is not aligned, or too large");
    }
    return before == NULL ||
           (before->paddr != SK_SPEC_NO_PADDR &&
            before->paddr + ((uint64_t)before->count << before->memory_bits) <= g->paddr) ||
           sk_check_wrong(c, "groups with addresses are first, ascending and apart");
}

bool sk_check_group(struct check *c, const void *record)
{
    const struct sk_spec_group *g = record;

    if (!check_size(c, g) || !check_address(c, g)) {
        return false;
    }
    if (g->count == 0 || g->first != c->object_count || g->reserved != 0) {
        return sk_check_wrong(c, "count, first or reserved is wrong");
    }
    if (g->cnode != SK_SPEC_NONE) {
        c->group_count++;
        return sk_check_slots(c, g->cnode, g->slot, g->count);
    }
    if (g->slot != 0 || g->count >= SK_SPEC_NONE - c->object_count) {
        return sk_check_wrong(c, "there is a slot without a CNode, or too many objects");
    }
    c->object_count += g->count;
    c->group_count++;
    return true;
}

bool sk_check_asids(struct check *c, const void *record)
{
    const struct sk_spec_asids *a = record;

    if (a->untyped != SK_SPEC_NONE) {
        if (!sk_check_is(c, a->untyped, SK_SPEC_UNTYPED, "untyped is no untyped")) {
            return false;
        }
        if (sk_check_group_of(c, a->untyped)->size_bits != c->platform->asid_pool_bits) {
            return sk_check_wrong(c, "an ASID pool has another size");
        }
    }
    return sk_check_run(c, a->first, a->count, SK_SPEC_VSPACE) &&
           (a->count <= c->platform->asid_pool_entries ||
            sk_check_wrong(c, "an ASID pool has not so many")) &&
           (a->reserved == 0 || sk_check_wrong(c, "reserved bytes are not zero"));
}

/* Are these, of 2^bits bytes each, addresses of a program? */
static bool check_span(struct check *c, uint64_t vaddr, uint32_t count, unsigned bits)
{
    uint64_t end = (c->platform->user_end + (1ull << bits) - 1) >> bits;

    return (vaddr >> bits << bits == vaddr && sk_check_fits(vaddr >> bits, count, end)) ||
           sk_check_wrong(c, "vaddr is not aligned, or no program's");
}

bool sk_check_tables(struct check *c, const void *record)
{
    const struct sk_spec_tables *t = record;
    unsigned bits = SK_SPEC_PAGE_BITS + c->platform->table_index_bits;

    while (bits < t->span_bits) {
        bits += c->platform->table_index_bits;
    }
    if (bits != t->span_bits || bits >= c->platform->vspace_span_bits) {
        return sk_check_wrong(c, "no page table covers this span");
    }
    return sk_check_is(c, t->vspace, SK_SPEC_VSPACE, "vspace is no VSpace") &&
           sk_check_run(c, t->first, t->count, SK_SPEC_PAGE_TABLE) &&
           check_span(c, t->vaddr, t->count, bits) &&
           sk_check_zero(c, t->reserved, sizeof(t->reserved));
}

bool sk_check_untyped(struct check *c, const void *record)
{
    const struct sk_spec_untyped *u = record;
    const struct sk_spec_platform *p = c->platform;
    bool is_rest = u->size == SK_SPEC_REST, is_device = u->flags == SK_SPEC_DEVICE;

    if (u->min_bits < p->min_untyped_bits || u->min_bits > p->max_untyped_bits ||
        u->flags > SK_SPEC_DEVICE ||
        (!is_rest && u->size >> u->min_bits << u->min_bits != u->size)) {
        return sk_check_wrong(c, "min_bits, flags or size is wrong");
    }
    if ((is_rest && c->rest_is_given) || (is_device && c->device_is_given)) {
        return sk_check_wrong(c, "the rest was given to another one");
    }
    c->rest_is_given |= is_rest;
    c->device_is_given |= is_device;
    return sk_check_slots(c, u->cnode, u->slot, u->slot_count) &&
           sk_check_page(c, u->info_frame, "info_frame is no small frame") &&
           sk_check_zero(c, u->reserved, sizeof(u->reserved));
}

bool sk_check_fill(struct check *c, const void *record)
{
    const struct sk_spec_fill *f = record;
    const struct sk_spec_group *g;

    if (!sk_check_is(c, f->frame, SK_SPEC_FRAME, "frame is no frame")) {
        return false;
    }
    g = sk_check_group_of(c, f->frame);
    if ((g->flags & SK_SPEC_DEVICE) != 0 || g->size_bits > 21 ||
        !sk_check_fits(f->offset, f->length, 1ull << g->size_bits)) {
        return sk_check_wrong(c, "it does not fit into the frame, or that cannot be shown");
    }
    if (f->chunk == 0 &&
        (f->from < c->spec->handed_page_count * SK_SPEC_PAGE_SIZE ||
         !sk_check_fits(f->from, f->length, c->spec->blob_page_count * SK_SPEC_PAGE_SIZE))) {
        return sk_check_wrong(c, "the contents are not in the blob pages that stay");
    }
    return (f->flags <= (SK_SPEC_FILL_CODE | SK_SPEC_FILL_CLEAN) && f->reserved == 0) ||
           sk_check_wrong(c, "flags or reserved is wrong");
}

/* The frames of a map: of one size, and each handed page once. */
static bool check_frames(struct check *c, const struct sk_spec_map *m)
{
    if (m->source == SK_SPEC_OBJECT) {
        return sk_check_run(c, m->first, m->count, SK_SPEC_FRAME) &&
               (sk_check_group_of(c, m->first)->size_bits == m->size_bits ||
                sk_check_wrong(c, "the frames have another size"));
    }
    if (m->source != SK_SPEC_BLOB_PAGE || m->size_bits != SK_SPEC_PAGE_BITS || m->count == 0 ||
        !sk_check_fits(m->first, m->count, c->spec->handed_page_count)) {
        return sk_check_wrong(c, "source, size_bits, first or count is wrong");
    }
    if ((m->flags & SK_SPEC_COPY) == 0) {
        if (m->first != c->next_page) {
            return sk_check_wrong(c, "handed pages are mapped once, in ascending order");
        }
        c->next_page += m->count;
    }
    return true;
}

bool sk_check_map(struct check *c, const void *record)
{
    const struct sk_spec_map *m = record;
    const struct sk_spec_map *before = c->problem.record != 0 ? m - 1 : NULL;

    if (m->rights != SK_SPEC_READ && m->rights != (SK_SPEC_READ | SK_SPEC_WRITE)) {
        return sk_check_wrong(c, "rights are reading, or reading and writing");
    }
    if (m->flags > SK_SPEC_COPY || m->attributes > (SK_SPEC_CACHED | SK_SPEC_EXECUTE)) {
        return sk_check_wrong(c, "flags or attributes are wrong");
    }
    if (!check_frames(c, m) ||
        !sk_check_is(c, m->vspace, SK_SPEC_VSPACE, "vspace is no VSpace") ||
        !check_span(c, m->vaddr, m->count, m->size_bits) ||
        !sk_check_zero(c, m->reserved, sizeof(m->reserved))) {
        return false;
    }
    return before == NULL || before->vspace < m->vspace ||
           (before->vspace == m->vspace &&
            before->vaddr + ((uint64_t)before->count << before->size_bits) <= m->vaddr) ||
           sk_check_wrong(c, "maps are by VSpace and vaddr, without overlaps");
}

bool sk_check_image(struct check *c, const void *record)
{
    const struct sk_spec_image *i = record;

    if (c->problem.record != 0) {
        return sk_check_wrong(c, "the image can be given only once");
    }
    return sk_check_slots(c, i->cnode, i->slot, i->slot_count) &&
           sk_check_page(c, i->info_frame, "info_frame is no small frame") &&
           sk_check_zero(c, i->reserved, sizeof(i->reserved));
}
