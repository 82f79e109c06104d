/*
 * A block of slots: what is free, as a buddy bitmap for each order.
 *
 * A row of order n has 1 << n slots and starts at a multiple of that. Its bit is set if it is
 * free and the row of the next order that it is half of is not. A summary of an order has a bit
 * for each word of its bitmap that is not zero. Behind the bitmaps is a tag for each slot.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include <selkie/alloc/slot_pool.h>

#define SK_SLOT_BLOCK_ORDERS (SK_SLOT_BLOCK_BITS + 1)
#define SK_SLOT_BLOCK_NO_FIT 0xff

struct sk_slot_block {
    struct sk_slot_block *next;
    struct sk_slot_block **link; /* what points to this one */
    sk_node node;
    uint32_t entry;      /* of the directory */
    uint32_t orders;     /* bit n: a row of order n is free */
    uint16_t free_count; /* slots */
    uint16_t count;      /* slots that are the pool's */
    uint16_t words;      /* of all bitmaps */
    uint8_t radix_bits;
    uint8_t fit; /* the list it is in: the order of its longest free row */
    uint8_t start[SK_SLOT_BLOCK_ORDERS]; /* first word of each order's bitmap */
    uint64_t summary[SK_SLOT_BLOCK_ORDERS];
    uint64_t bits[];
};

/* A block of 1 << radix_bits slots, none of which is free. */
void sk_slot_block_init(struct sk_slot_block *b, unsigned radix_bits);

/* Take count slots, from a row of 1 << order that there is; returns the first. */
seL4_Word sk_slot_block_take(struct sk_slot_block *b, unsigned order, seL4_Word count);

/* Slots that are free from now on. Traps if one of them was. */
void sk_slot_block_give(struct sk_slot_block *b, seL4_Word place, seL4_Word count);

bool sk_slot_block_is_free(const struct sk_slot_block *b, seL4_Word place);

static inline uint32_t *sk_slot_block_tags(struct sk_slot_block *b)
{
    return (uint32_t *)(void *)(b->bits + b->words);
}

/* Look at all of it; false if it contradicts itself. */
bool sk_slot_block_check(const struct sk_slot_block *b);
