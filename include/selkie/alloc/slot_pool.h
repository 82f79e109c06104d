/*
 * Slots to take and to give back, one or many in a row.
 *
 * A pool is made of blocks. A block is what a pool has of one CNode: 1 << radix_bits slots at
 * most, some or all of which are the pool's, and bookkeeping for them in memory of the
 * caller's. A CSpace of one level whose CNode is large has several blocks in one CNode; one of
 * two levels has a block for each CNode of the second, and grows by adding one.
 *
 *     index of a slot   base | number           base is what all indexes have in common
 *     number            entry | place           the entry of the directory, and a slot of it
 *
 * Which block a slot belongs to is read off its number: the directory has an entry for each
 * 1 << block_bits of them. Within a block a buddy bitmap for each power of two says what is
 * free. So taking and giving take a time that depends on the size of a word and not on how many
 * slots there are, or on how many are taken.
 *
 * A row of slots is in one block, and starts at a multiple of the power of two that holds it.
 * Any part of it may be given back. Giving what is free already traps.
 *
 * One thread at a time uses a pool.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <selkie/base/err.h>
#include <selkie/cap/slot.h>

/* A block has 1 << SK_SLOT_BLOCK_BITS slots at most. */
#define SK_SLOT_BLOCK_BITS 12

/* The bytes of the bookkeeping of a block of 1 << radix_bits slots; aligned to 8. */
#define SK_SLOT_BLOCK_SIZE(radix_bits) (512 + ((size_t)34 << (radix_bits)) / 8)

struct sk_slot_block;

struct sk_slot_pool {
    sk_cnode root;
    seL4_Word base;
    seL4_Uint8 depth;
    seL4_Uint8 block_bits;
    seL4_Word free_count; /* slots that can be taken, if one at a time */
    seL4_Word count;      /* slots altogether */
    struct sk_slot_block **directory;
    seL4_Word directory_count;
    seL4_Word fitting;                                 /* bit n: fit[n] is not NULL */
    struct sk_slot_block *fit[SK_SLOT_BLOCK_BITS + 1]; /* blocks by their longest free row */
};

/*
 * A pool without slots. Its slots are named from root, with indexes of depth bits that are base
 * but for their lowest: numbers are less than directory_count << block_bits, which is at most
 * 1 << 31. The directory is the pool's until it ends; its entries become NULL.
 */
void sk_slot_pool_init(struct sk_slot_pool *p, sk_slot base, unsigned block_bits,
                       struct sk_slot_block **directory, seL4_Word directory_count);

/*
 * Add a block with the empty slots of slots, in a CNode like node, as sk_slots_window() sees
 * them. They lie within one entry of the directory, which has no block yet. memory is the
 * block's until it is removed: SK_SLOT_BLOCK_SIZE() bytes for the smaller of node.radix_bits
 * and block_bits.
 *
 * SK_ERR_RANGE: the slots are not in such a CNode, or not all in one entry.
 * SK_ERR_DELETE_FIRST: the entry has a block.
 */
sk_err sk_slot_pool_add(struct sk_slot_pool *p, sk_slots slots, sk_node node, void *memory);

/*
 * Remove the block that slot is in, if all its slots are free. Its memory is the caller's
 * again.
 *
 * SK_ERR_REVOKE_FIRST: a slot is taken.
 */
sk_err sk_slot_pool_remove(struct sk_slot_pool *p, sk_slot slot);

/*
 * Take count empty slots, at least one, in a row.
 *
 * SK_ERR_NO_SLOT: there are not so many in a row.
 */
sk_err sk_slot_pool_take(struct sk_slot_pool *p, seL4_Word count, sk_slots *ret_slots);

/* Can count slots in a row be taken? */
bool sk_slot_pool_has_row(const struct sk_slot_pool *p, seL4_Word count);

/* Slots of the pool that were taken, and are empty again. */
void sk_slot_pool_give(struct sk_slot_pool *p, sk_slots slots);

/* The CNode that a slot of the pool is in, for sk_slots_window() and sk_blueprint_make(). */
sk_node sk_slot_pool_node(const struct sk_slot_pool *p, sk_slot slot);

/* Is no slot taken of the block that this slot is in? */
bool sk_slot_pool_is_unused(const struct sk_slot_pool *p, sk_slot slot);

/* Is it a slot of the pool that is taken, or one of its CNodes that is not the pool's? */
bool sk_slot_pool_is_taken(const struct sk_slot_pool *p, sk_slot slot);

/*
 * Half a word for each slot, for whoever took it. It is 0 when the slot is taken. The words of
 * two slots whose numbers differ in the lowest bit only are neighbours, aligned to 8 bytes.
 */
uint32_t *sk_slot_pool_tag(const struct sk_slot_pool *p, sk_slot slot);

/* The number of a slot of the pool, and the slot of a number. */
static inline seL4_Word sk_slot_pool_number(const struct sk_slot_pool *p, sk_slot slot)
{
    return slot.index - p->base;
}

static inline sk_slot sk_slot_pool_slot(const struct sk_slot_pool *p, seL4_Word number)
{
    return (sk_slot){p->root, p->base + number, p->depth};
}

/*
 * Look at all of the bookkeeping; false if it contradicts itself. For tests: takes time in
 * proportion to the number of slots.
 */
bool sk_slot_pool_check(const struct sk_slot_pool *p);
