/*
 * Which untyped each object comes from: docs/spec/system-spec.md, "How memory is chosen".
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "execute.h"

static uint64_t size_of(const struct sk_init_untyped *u)
{
    return 1ull << u->size_bits;
}

/* How many objects of 2^bits bytes u still has room for; the kernel aligns the first. */
static uint64_t room(const struct sk_init_untyped *u, unsigned bits)
{
    uint64_t start = ((u->used + (1ull << bits) - 1) >> bits) << bits;

    return start < size_of(u) ? (size_of(u) - start) >> bits : 0;
}

void sk_init_add_untyped(struct sk_init *in, uint64_t paddr, uint8_t size_bits, bool is_device,
                         uint32_t slot)
{
    if (in->untyped_count < SK_INIT_UNTYPEDS_MAX) {
        in->untypeds[in->untyped_count++] = (struct sk_init_untyped){
            .paddr = paddr, .slot = slot, .size_bits = size_bits, .is_device = is_device};
    }
}

/* Make an untyped of what is at the mark, up to an offset, as large as alignment allows. */
static sk_err fill_gap(struct sk_init *in, struct sk_init_untyped *u, uint64_t end)
{
    while (u->used < end) {
        unsigned bits = 63 - (unsigned)__builtin_clzll(end - u->used);
        uint64_t paddr = u->paddr + u->used;
        uint32_t slot = 0;

        if (u->used != 0 && (unsigned)__builtin_ctzll(u->used) < bits) {
            bits = (unsigned)__builtin_ctzll(u->used);
        }
        if (in->untyped_count == SK_INIT_UNTYPEDS_MAX) {
            return SK_ERR_RANGE;
        }
        SK_TRY(sk_init_take_slot(in, &slot));
        in->retypes++;
        SK_TRY(call(in, SK_INIT_RETYPE, u->slot, SK_SPEC_UNTYPED, bits, 0, slot, 1, paddr));
        u->used += 1ull << bits;
        sk_init_add_untyped(in, paddr, (uint8_t)bits, u->is_device, slot);
    }
    return SK_OK;
}

/* Objects done and behind of g, count of them, at u's mark. */
static sk_err make(struct sk_init *in, struct sk_init_untyped *u, const struct sk_spec_group *g,
                   uint32_t done, uint64_t count)
{
    uint64_t start = ((u->used + (1ull << g->memory_bits) - 1) >> g->memory_bits)
                     << g->memory_bits;
    uint32_t first = g->cnode == SK_SPEC_NONE ? init_object(in, g->first) : g->slot;

    while (count > 0) {
        uint32_t batch = in->spec->platform.fan_out_limit;

        if (batch > count) {
            batch = (uint32_t)count;
        }
        in->retypes++;
        SK_TRY(call(in, SK_INIT_RETYPE, u->slot, g->type, g->size_bits,
                    init_optional(in, g->cnode), first + done, batch, u->paddr + start));
        start += (uint64_t)batch << g->memory_bits;
        u->used = start;
        done += batch;
        count -= batch;
    }
    return SK_OK;
}

static struct sk_init_untyped *at(struct sk_init *in, uint64_t paddr, bool is_device)
{
    for (uint32_t n = 0; n < in->untyped_count; n++) {
        struct sk_init_untyped *u = &in->untypeds[n];

        if (u->is_device == is_device && paddr >= u->paddr && paddr - u->paddr >= u->used &&
            paddr - u->paddr < size_of(u)) {
            return u;
        }
    }
    return NULL;
}

static sk_err make_at_address(struct sk_init *in, const struct sk_spec_group *g)
{
    bool is_device = (g->flags & SK_SPEC_DEVICE) != 0;
    uint32_t done = 0;

    while (done < g->count) {
        uint64_t paddr = g->paddr + ((uint64_t)done << g->memory_bits);
        struct sk_init_untyped *u = at(in, paddr, is_device);
        uint64_t count = 0;

        if (u != NULL) {
            count = (size_of(u) - (paddr - u->paddr)) >> g->memory_bits;
        }
        if (count == 0) {
            return SK_ERR_NO_MEMORY;
        }
        if (count > g->count - done) {
            count = g->count - done;
        }
        SK_TRY(fill_gap(in, u, paddr - u->paddr));
        SK_TRY(make(in, u, g, done, count));
        done += (uint32_t)count;
    }
    return SK_OK;
}

/* What is better of two, for count objects, of which there is room for so many. */
static bool is_better(const struct sk_init_untyped *a, uint64_t room_a,
                      const struct sk_init_untyped *b, uint64_t room_b, uint32_t count)
{
    if (room_a < count || room_b < count) {
        return room_a > room_b;
    }
    if ((a->used != 0) != (b->used != 0)) {
        return a->used != 0;
    }
    return size_of(a) - a->used < size_of(b) - b->used;
}

/* The RAM to make count objects of; NULL if there is not room for one. */
static struct sk_init_untyped *choose(struct sk_init *in, unsigned bits, uint32_t count)
{
    struct sk_init_untyped *best = NULL, *end = &in->untypeds[in->untyped_count];
    uint64_t best_room = 0;

    for (struct sk_init_untyped *u = in->untypeds; u < end; u++) {
        uint64_t here = u->is_device || u->size_bits < bits ? 0 : room(u, bits);

        if (here != 0 && is_better(u, here, best, best_room, count)) {
            best = u;
            best_room = here;
        }
    }
    return best;
}

sk_err sk_init_find(struct sk_init *in, unsigned bits, struct sk_init_untyped **ret_untyped)
{
    struct sk_init_untyped *u = choose(in, bits, 1);

    if (u == NULL) {
        return SK_ERR_NO_MEMORY;
    }
    SK_TRY(fill_gap(in, u, ((u->used + (1ull << bits) - 1) >> bits) << bits));
    *ret_untyped = u;
    return SK_OK;
}

sk_err sk_init_group(struct sk_init *in, const void *record)
{
    const struct sk_spec_group *g = record;
    uint32_t done = 0;

    if (g->paddr != SK_SPEC_NO_PADDR) {
        return make_at_address(in, g);
    }
    while (done < g->count) {
        uint32_t left = g->count - done;
        struct sk_init_untyped *u = choose(in, g->memory_bits, left);
        uint64_t count;

        if (u == NULL) {
            return SK_ERR_NO_MEMORY;
        }
        count = room(u, g->memory_bits);
        if (count > left) {
            count = left;
        }
        SK_TRY(make(in, u, g, done, count));
        done += (uint32_t)count;
    }
    return SK_OK;
}
