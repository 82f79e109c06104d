/* SPDX-License-Identifier: BSD-2-Clause */
#include "execute.h"

#include <selkie/base/attr.h>

sk_err sk_init_assign(struct sk_init *in, const void *record)
{
    const struct sk_spec_asids *a = record;
    uint32_t pool = 0;

    if (a->untyped != SK_SPEC_NONE) {
        SK_TRY(sk_init_take_slot(in, &pool));
        SK_TRY(call(in, SK_INIT_MAKE_POOL, init_object(in, a->untyped), pool));
    }
    for (uint32_t n = 0; n < a->count; n++) {
        SK_TRY(call(in, SK_INIT_ASSIGN_ASID, pool, init_object(in, a->first + n)));
    }
    return SK_OK;
}

sk_err sk_init_map_tables(struct sk_init *in, const void *record)
{
    const struct sk_spec_tables *t = record;
    for (uint32_t n = 0; n < t->count; n++) {
        SK_TRY(call(in, SK_INIT_MAP_TABLE, init_object(in, t->first + n),
                    init_object(in, t->vspace), t->vaddr + ((uint64_t)n << t->span_bits)));
    }
    return SK_OK;
}

static uint64_t window_of(const struct sk_init *in, uint32_t object)
{
    return sk_spec_group_of(in->spec, object)->size_bits == SK_SPEC_PAGE_BITS
               ? in->window
               : in->large_window;
}

uint8_t *sk_init_shown(const struct sk_init *in, uint32_t object)
{
    return in->blob != NULL ? (uint8_t *)(uintptr_t)window_of(in, object) : NULL;
}

sk_err sk_init_show(struct sk_init *in, uint32_t object)
{
    uint64_t window = window_of(in, object);

    if (window == 0 && in->blob != NULL) {
        return SK_ERR_RANGE;
    }
    return call(in, SK_INIT_MAP, init_object(in, object), 0, window,
                SK_SPEC_READ | SK_SPEC_WRITE, SK_SPEC_CACHED);
}

sk_err sk_init_hide(struct sk_init *in, uint32_t object)
{
    return call(in, SK_INIT_UNMAP, init_object(in, object));
}

/* A loop of our own: what it writes to is memory that the compiler knows nothing of. */
static void copy(uint8_t *to, const uint8_t *from, uint64_t size)
{
    if ((((uintptr_t)to | (uintptr_t)from | size) & 7) == 0) {
        for (uint64_t n = 0; n < size; n += 8) {
            *(volatile uint64_t *)(to + n) = *(const uint64_t *)(from + n);
        }
        return;
    }
    for (uint64_t n = 0; n < size; n++) {
        *(volatile uint8_t *)(to + n) = from[n];
    }
}

static void put(struct sk_init *in, const struct sk_spec_fill *f, uint8_t *frame)
{
    const uint8_t *from = in->blob;
    uint64_t length = f->length, size = SK_SPEC_REST;

    if (f->chunk != 0) {
        from = in->chunk(in, f->chunk - 1, &size);
        if (from == NULL || f->from >= size) {
            return;
        }
        if (length > size - f->from) {
            length = size - f->from;
        }
    }
    copy(frame + f->offset, from + f->from, length);
}

/* The caches of a frame that is shown, and all of whose contents are there. */
static sk_err settle(struct sk_init *in, const struct sk_spec_fill *f)
{
    uint32_t frame = init_object(in, f->frame);
    unsigned bits = sk_spec_group_of(in->spec, f->frame)->size_bits;

    if ((f->flags & SK_SPEC_FILL_CODE) != 0) {
        SK_TRY(call(in, SK_INIT_UNIFY, frame, bits));
    }
    if ((f->flags & SK_SPEC_FILL_CLEAN) != 0) {
        SK_TRY(call(in, SK_INIT_CLEAN, frame, bits));
    }
    return SK_OK;
}

/* The first of a run of records shows the frame, and the last one hides it. */
sk_err sk_init_fill(struct sk_init *in, const void *record)
{
    const struct sk_spec_fill *f = record;
    bool is_first = in->record == 0 || f[-1].frame != f->frame;
    bool is_last = in->record + 1 == init_count(in, SK_SPEC_FILLS) || f[1].frame != f->frame;

    if (is_first) {
        SK_TRY(sk_init_show(in, f->frame));
    }
    if (in->blob != NULL) {
        put(in, f, sk_init_shown(in, f->frame));
    }
    if (!is_last) {
        return SK_OK;
    }
    SK_TRY(settle(in, f));
    return sk_init_hide(in, f->frame);
}

sk_err sk_init_map(struct sk_init *in, const void *record)
{
    const struct sk_spec_map *m = record;
    for (uint32_t n = 0; n < m->count; n++) {
        uint32_t frame = m->source == SK_SPEC_OBJECT ? init_object(in, m->first + n)
                                                     : init_page(in, m->first + n);

        if ((m->flags & SK_SPEC_COPY) != 0) {
            uint32_t slot = 0;

            SK_TRY(sk_init_take_slot(in, &slot));
            SK_TRY(call(in, SK_INIT_MINT, 0, slot, 0, frame, SK_SPEC_ALL_RIGHTS, 0));
            frame = slot;
        } else if (m->source == SK_SPEC_BLOB_PAGE) {
            SK_TRY(call(in, SK_INIT_UNMAP, frame));
        }
        SK_TRY(call(in, SK_INIT_MAP, frame, init_object(in, m->vspace),
                    m->vaddr + ((uint64_t)n << m->size_bits), m->rights, m->attributes));
    }
    return SK_OK;
}
