/*
 * What the untyped pool writes down: pairs of halves, and the untypeds they are halves of.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include <selkie/alloc/untyped_pool.h>

enum half_state { TAKEN, FREE, SPLIT };

struct sk_untyped_half {
    union {
        struct sk_untyped_half *next;  /* FREE */
        struct sk_untyped_pair *child; /* SPLIT: its halves */
    };
    struct sk_untyped_half **link; /* FREE: what points to it */
    uint8_t state;
    uint8_t side;        /* which half of its pair */
    uint8_t object_bits; /* TAKEN: the size of what was made of it */
    uint32_t number;     /* TAKEN: for the manager, of the first slot of that */
};

/* Two halves; or an untyped that was added, which is half 0 and has no other half. */
struct sk_untyped_pair {
    struct sk_untyped_half half[2];
    union {
        struct sk_untyped_half *parent;    /* what they are the halves of */
        struct sk_untyped_pair *next_root; /* of an untyped that was added */
    };
    uint64_t paddr;  /* of half 0 */
    sk_slot root;    /* of an untyped that was added */
    uint32_t number; /* of half 0's slot, which is even; or of the untyped that was added */
    uint8_t bits;    /* of each half */
    bool is_root;
    bool is_device;
};

static inline struct sk_untyped_pair *pair_of(const struct sk_untyped_half *half)
{
    return (struct sk_untyped_pair *)(uintptr_t)(half - half->side);
}

static inline uint64_t paddr_of(const struct sk_untyped_half *half)
{
    return pair_of(half)->paddr + ((uint64_t)half->side << pair_of(half)->bits);
}

static inline struct sk_untyped_half *half_of(sk_piece piece)
{
    return (struct sk_untyped_half *)piece.id;
}

/* The tags of the pair's two slots are one word: where the pair is. */
static inline uintptr_t *pair_tag(const struct sk_slot_pool *slots, sk_slot first)
{
    return (uintptr_t *)(void *)sk_slot_pool_tag(slots, first);
}
