/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/alloc/slot_pool.h>
#include <selkie/base/assert.h>

#include "bench.h"

#define MOST   17
#define BLOCKS (1 << (MOST - SK_SLOT_BLOCK_BITS))
#define ROOT   ((sk_cnode){seL4_CapInitThreadCNode})

static struct sk_slot_pool pool;
static struct sk_slot_block *directory[BLOCKS];
static _Alignas(8) char memory[BLOCKS][SK_SLOT_BLOCK_SIZE(SK_SLOT_BLOCK_BITS)];

/* Every other slot is taken, but for a few at the end. */
static void take_half(unsigned bits)
{
    seL4_Word count = (seL4_Word)1 << bits;
    sk_slots slots;

    for (seL4_Word n = 0; n < count; n++) {
        sk_assert(sk_slot_pool_take(&pool, 1, &slots) == SK_OK);
    }
    for (seL4_Word n = 0; n < count; n++) {
        if (n % 2 == 0 || n >= count - 32) {
            sk_slot_pool_give(&pool, (sk_slots){sk_slot_pool_slot(&pool, n), 1});
        }
    }
}

void slots_begin(unsigned bits)
{
    unsigned block_bits = bits < SK_SLOT_BLOCK_BITS ? bits : SK_SLOT_BLOCK_BITS;
    seL4_Word size = (seL4_Word)1 << block_bits;
    seL4_Word blocks = (seL4_Word)1 << (bits - block_bits);

    sk_slot_pool_init(&pool, sk_slot_at(ROOT, 0), block_bits, directory, blocks);
    for (seL4_Word n = 0; n < blocks; n++) {
        sk_slots slots = {sk_slot_at(ROOT, n * size), size};

        sk_assert(sk_slot_pool_add(&pool, slots, sk_node_whole(bits), memory[n]) == SK_OK);
    }
    take_half(bits);
}

static void take_and_give(unsigned count, seL4_Word row)
{
    for (unsigned i = 0; i < count; i++) {
        sk_slots slots;

        if (sk_slot_pool_take(&pool, row, &slots) == SK_OK) {
            sk_slot_pool_give(&pool, slots);
        }
    }
}

void slot_one(unsigned count)
{
    take_and_give(count, 1);
}

void slot_row(unsigned count)
{
    take_and_give(count, 16);
}
