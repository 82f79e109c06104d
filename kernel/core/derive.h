/*
 * The derivation list.
 *
 * Who was derived from whom is a forest. It is kept as a list in preorder (each capability is
 * followed at once by everything derived from it), with the depth in each slot, so that the
 * children of a slot are the run of deeper slots behind it.
 *
 * When a slot leaves the list while it has children, they become its parent's. Their depth is
 * not rewritten, which would take time in proportion to them. The first of them gets a fence
 * instead: "no slot before me of this depth or deeper is an ancestor of mine". A fence ends the
 * run of children that a scan sees from any slot at or below that depth.
 *
 * An original slot gives its copies a place below itself; copies of copies are siblings. All
 * slots that name one object stand next to each other, so the last one is recognised by looking
 * at its two neighbours.
 *
 * The links are packed: a pointer to a slot has its low five bits zero, so shifted up by 16 it
 * leaves 21 bits, for the depth and the original flag (next), or for the fence (prev).
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include "core/cap.h"

#define DERIVE_DEPTH_MAX  0xffffeu /* deeper derivation is refused */
#define DERIVE_FENCE_NONE 0u       /* otherwise the fence's depth plus one */

static inline struct slot *derive_pointer(uint64_t link)
{
    return (struct slot *)(uintptr_t)((uint64_t)((int64_t)link >> 16) & ~0x1full);
}

static inline struct slot *derive_next(const struct slot *s)
{
    return derive_pointer(s->next);
}

static inline struct slot *derive_prev(const struct slot *s)
{
    return derive_pointer(s->prev);
}

static inline uint64_t derive_depth(const struct slot *s)
{
    return s->next & 0xfffff;
}

static inline bool derive_is_original(const struct slot *s)
{
    return (s->next >> 20 & 1) != 0;
}

static inline uint64_t derive_fence(const struct slot *s)
{
    return s->prev & 0xfffff;
}

/* Whether n, found while walking on from s, is still derived from s. n may be null. */
static inline bool derive_is_below(const struct slot *s, const struct slot *n)
{
    if (n == 0 || derive_depth(n) <= derive_depth(s)) {
        return false;
    }
    return derive_fence(n) == DERIVE_FENCE_NONE || derive_fence(n) > derive_depth(s) + 1;
}

static inline bool derive_has_children(const struct slot *s)
{
    return derive_is_below(s, derive_next(s));
}

/* Put c into the empty slot as the root of a tree of its own. */
void sk_kderive_root(struct slot *s, kcap c);

/*
 * Put c into the empty slot dst as derived from src: below src if src is an original,
 * otherwise beside it. is_original says what copies of dst will be.
 */
void sk_kderive_insert(struct slot *src, struct slot *dst, kcap c, bool is_original);

/* Move from src to the empty slot dst, storing c there; dst takes src's place in the tree. */
void sk_kderive_move(struct slot *src, struct slot *dst, kcap c);

/* Exchange the contents and the places in the tree of a and b, two different slots. */
void sk_kderive_swap(struct slot *a, struct slot *b);

/* Empty s and take it out of the list; its children become its parent's. */
void sk_kderive_remove(struct slot *s);

/* Whether no other slot names the object that s names. */
bool sk_kderive_is_final(const struct slot *s);
