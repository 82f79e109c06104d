/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/alloc/slot_pool.h>

#include <selkie/base/assert.h>
#include <selkie/rt/string.h>

#include "slot_block.h"

/*
 * Blocks are in a list for each order that their longest free row has, so that a row is taken
 * from the block that is only just good for it. A block without free slots is in none.
 */
static void link_block(struct sk_slot_pool *p, struct sk_slot_block *b)
{
    unsigned fit;

    if (b->orders == 0) {
        b->fit = SK_SLOT_BLOCK_NO_FIT;
        return;
    }
    fit = 31 - (unsigned)__builtin_clz(b->orders);
    b->fit = (uint8_t)fit;
    b->link = &p->fit[fit];
    b->next = *b->link;
    if (b->next != NULL) {
        b->next->link = &b->next;
    }
    *b->link = b;
    p->fitting |= (seL4_Word)1 << fit;
}

static void unlink_block(struct sk_slot_pool *p, struct sk_slot_block *b)
{
    if (b->fit == SK_SLOT_BLOCK_NO_FIT) {
        return;
    }
    *b->link = b->next;
    if (b->next != NULL) {
        b->next->link = b->link;
    }
    if (p->fit[b->fit] == NULL) {
        p->fitting &= ~((seL4_Word)1 << b->fit);
    }
}

/* After slots of b were taken or given. */
static void relink_block(struct sk_slot_pool *p, struct sk_slot_block *b)
{
    if (b->fit != SK_SLOT_BLOCK_NO_FIT && b->orders >> b->fit == 1) {
        return;
    }
    unlink_block(p, b);
    link_block(p, b);
}

static seL4_Word place_of(const struct sk_slot_pool *p, sk_slot slot)
{
    return sk_slot_pool_number(p, slot) & (((seL4_Word)1 << p->block_bits) - 1);
}

/* The block a slot is in; NULL if there is none. */
static struct sk_slot_block *block_of(const struct sk_slot_pool *p, sk_slot slot)
{
    seL4_Word entry = sk_slot_pool_number(p, slot) >> p->block_bits;
    struct sk_slot_block *b = entry < p->directory_count ? p->directory[entry] : NULL;

    return b != NULL && place_of(p, slot) >> b->radix_bits == 0 ? b : NULL;
}

void sk_slot_pool_init(struct sk_slot_pool *p, sk_slot base, unsigned block_bits,
                       struct sk_slot_block **directory, seL4_Word directory_count)
{
    sk_require(block_bits <= SK_SLOT_BLOCK_BITS && directory_count <= 1u << (31 - block_bits));
    *p = (struct sk_slot_pool){
        .root = base.root,
        .base = base.index,
        .depth = base.depth,
        .block_bits = (seL4_Uint8)block_bits,
        .directory = directory,
        .directory_count = directory_count,
    };
    memset(directory, 0, directory_count * sizeof(struct sk_slot_block *));
}

sk_err sk_slot_pool_add(struct sk_slot_pool *p, sk_slots slots, sk_node node, void *memory)
{
    seL4_Word entry = sk_slot_pool_number(p, slots.first) >> p->block_bits;
    unsigned radix_bits = node.radix_bits < p->block_bits ? node.radix_bits : p->block_bits;
    seL4_Word place = place_of(p, slots.first);
    sk_window w;

    SK_TRY(sk_slots_window(slots, node, &w));
    if (entry >= p->directory_count || place + slots.count > (seL4_Word)1 << radix_bits) {
        return SK_ERR_RANGE;
    }
    if (p->directory[entry] != NULL) {
        return SK_ERR_DELETE_FIRST;
    }
    struct sk_slot_block *b = (struct sk_slot_block *)memory;
    sk_slot_block_init(b, radix_bits);
    b->node = node;
    b->entry = (uint32_t)entry;
    b->count = (uint16_t)slots.count;
    sk_slot_block_give(b, place, slots.count);
    link_block(p, b);
    p->directory[entry] = b;
    p->count += slots.count;
    p->free_count += slots.count;
    return SK_OK;
}

sk_err sk_slot_pool_remove(struct sk_slot_pool *p, sk_slot slot)
{
    struct sk_slot_block *b = block_of(p, slot);

    sk_require(b != NULL);
    if (b->free_count != b->count) {
        return SK_ERR_REVOKE_FIRST;
    }
    unlink_block(p, b);
    p->directory[b->entry] = NULL;
    p->count -= b->count;
    p->free_count -= b->count;
    return SK_OK;
}

bool sk_slot_pool_is_unused(const struct sk_slot_pool *p, sk_slot slot)
{
    const struct sk_slot_block *b = block_of(p, slot);

    return b != NULL && b->free_count == b->count;
}

/* The order of the shortest row that has count slots. */
static unsigned order_of(seL4_Word count)
{
    return count <= 1 ? 0 : seL4_WordBits - (unsigned)__builtin_clzl(count - 1);
}

bool sk_slot_pool_has_row(const struct sk_slot_pool *p, seL4_Word count)
{
    unsigned order = order_of(count);

    return order <= SK_SLOT_BLOCK_BITS && p->fitting >> order != 0;
}

sk_err sk_slot_pool_take(struct sk_slot_pool *p, seL4_Word count, sk_slots *ret_slots)
{
    unsigned order = order_of(count);
    struct sk_slot_block *b;
    seL4_Word place;

    sk_require(count != 0);
    if (!sk_slot_pool_has_row(p, count)) {
        return SK_ERR_NO_SLOT;
    }
    b = p->fit[order + (unsigned)__builtin_ctzl(p->fitting >> order)];
    place = sk_slot_block_take(b, order, count);
    relink_block(p, b);
    p->free_count -= count;
    *ret_slots = (sk_slots){
        sk_slot_pool_slot(p, ((seL4_Word)b->entry << p->block_bits) + place),
        count,
    };
    return SK_OK;
}

void sk_slot_pool_give(struct sk_slot_pool *p, sk_slots slots)
{
    struct sk_slot_block *b = block_of(p, slots.first);
    seL4_Word place = place_of(p, slots.first);

    if (slots.count == 0) {
        return;
    }
    sk_require(b != NULL && slots.count <= ((seL4_Word)1 << b->radix_bits) - place);
    sk_require(b->free_count + slots.count <= b->count);
    sk_slot_block_give(b, place, slots.count);
    relink_block(p, b);
    p->free_count += slots.count;
}

sk_node sk_slot_pool_node(const struct sk_slot_pool *p, sk_slot slot)
{
    const struct sk_slot_block *b = block_of(p, slot);

    sk_require(b != NULL);
    return b->node;
}

bool sk_slot_pool_is_taken(const struct sk_slot_pool *p, sk_slot slot)
{
    const struct sk_slot_block *b =
        slot.root.cptr == p->root.cptr && slot.depth == p->depth ? block_of(p, slot) : NULL;

    return b != NULL && !sk_slot_block_is_free(b, place_of(p, slot));
}

uint32_t *sk_slot_pool_tag(const struct sk_slot_pool *p, sk_slot slot)
{
    struct sk_slot_block *b = block_of(p, slot);

    sk_require(b != NULL);
    return sk_slot_block_tags(b) + place_of(p, slot);
}

bool sk_slot_pool_check(const struct sk_slot_pool *p)
{
    seL4_Word free_count = 0;
    seL4_Word count = 0;

    for (seL4_Word n = 0; n < p->directory_count; n++) {
        const struct sk_slot_block *b = p->directory[n];

        if (b == NULL) {
            continue;
        }
        if (b->entry != n || !sk_slot_block_check(b) ||
            (b->fit == SK_SLOT_BLOCK_NO_FIT ? b->orders != 0 : b->orders >> b->fit != 1) ||
            (b->fit != SK_SLOT_BLOCK_NO_FIT && (p->fitting >> b->fit & 1) == 0)) {
            return false;
        }
        free_count += b->free_count;
        count += b->count;
    }
    return free_count == p->free_count && count == p->count;
}
