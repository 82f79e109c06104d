/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/base/assert.h>
#include <selkie/cap/cnode.h>

#include "manager_parts.h"

/*
 * What the manager keeps its books in grows out of what it manages. Growing takes slots,
 * records and memory itself, from what is kept in reserve, and does not begin while it is in
 * progress; whatever calls sk_manager_prepare() is between two steps, so that growing, which
 * maps pages in the program's address space, finds that in order.
 */

/* How a block that was added is remembered: behind its bookkeeping. */
struct grown {
    uintptr_t vaddr;
    seL4_Word page_count;
    sk_piece piece; /* two levels: the CNode's */
};

static struct grown *grown_of(struct sk_slot_block *memory, unsigned radix_bits)
{
    return (struct grown *)(void *)((char *)memory + SK_SLOT_BLOCK_SIZE(radix_bits));
}

static seL4_Word pages_of(unsigned radix_bits)
{
    seL4_Word size = SK_SLOT_BLOCK_SIZE(radix_bits) + sizeof(struct grown);

    return (size + ((seL4_Word)1 << seL4_PageBits) - 1) >> seL4_PageBits;
}

/* The slot in the new root that the CNode of an entry is in, as the root sees it. */
static sk_slot second_slot(const struct sk_manager *m, seL4_Word entry)
{
    unsigned entry_bits = m->node.radix_bits - m->slots.block_bits;

    return (sk_slot){
        .root = m->slots.root,
        .index = entry >> entry_bits,
        .depth = (seL4_Uint8)(m->slots.depth - m->node.radix_bits),
    };
}

/*
 * A CNode for an entry of the directory, with a guard so that it resolves what the first does.
 */
static sk_err make_second(struct sk_manager *m, seL4_Word entry, sk_piece *ret_piece)
{
    seL4_Word guard_bits = m->node.radix_bits - m->second_bits;
    sk_slots made;
    sk_err err;

    SK_TRY(sk_slot_pool_take(&m->slots, 1, &made));
    err = sk_manager_make_piece(m, sk_blueprint_cnode(m->second_bits), made.first,
                                sk_slot_pool_node(&m->slots, made.first), ret_piece);
    if (err == SK_OK) {
        err = sk_slot_mutate(second_slot(m, entry), made.first,
                             seL4_CNode_CapData_new(0, guard_bits).words[0]);
        if (err != SK_OK) {
            sk_untyped_pool_give(&m->untypeds, *ret_piece);
        }
    }
    sk_slot_pool_give(&m->slots, made);
    return err;
}

/* The slots of an entry that has no block, and the CNode they are in; false if it is none. */
static bool slots_of_entry(const struct sk_manager *m, seL4_Word entry, sk_slots *ret_slots,
                           sk_node *ret_node)
{
    seL4_Word size = (seL4_Word)1 << m->slots.block_bits;
    seL4_Word first = entry << m->slots.block_bits;
    seL4_Word all_first = sk_slot_pool_number(&m->slots, m->all.first);
    seL4_Word all_end = all_first + m->all.count;

    if (first >= (seL4_Word)1 << m->node.radix_bits) {
        seL4_Word in_root = first >> m->node.radix_bits;

        *ret_slots =
            (sk_slots){sk_slot_pool_slot(&m->slots, first), (seL4_Word)1 << m->second_bits};
        *ret_node = (sk_node){
            .guard_bits = (seL4_Uint8)(m->node.radix_bits - m->second_bits),
            .radix_bits = (seL4_Uint8)m->second_bits,
        };
        return in_root < m->second_count && in_root << m->node.radix_bits == first;
    }
    if (first + size <= all_first || first >= all_end) {
        return false;
    }
    all_first = first > all_first ? first : all_first;
    all_end = first + size < all_end ? first + size : all_end;
    *ret_slots = (sk_slots){sk_slot_pool_slot(&m->slots, all_first), all_end - all_first};
    *ret_node = m->node;
    return true;
}

static bool is_second(const struct sk_manager *m, seL4_Word entry)
{
    return entry << m->slots.block_bits >= (seL4_Word)1 << m->node.radix_bits;
}

static sk_err add_block(struct sk_manager *m, seL4_Word entry, sk_slots slots, sk_node node)
{
    unsigned bits =
        node.radix_bits < m->slots.block_bits ? node.radix_bits : m->slots.block_bits;
    struct grown grown = {.page_count = pages_of(bits)};
    sk_err err = SK_OK;

    SK_TRY(m->inner.take_pages(&m->inner, grown.page_count, &grown.vaddr));
    if (is_second(m, entry)) {
        err = make_second(m, entry, &grown.piece);
    }
    if (err != SK_OK) {
        m->inner.give_pages(&m->inner, grown.vaddr, grown.page_count);
        return err;
    }
    sk_require(sk_slot_pool_add(&m->slots, slots, node, (void *)grown.vaddr) == SK_OK);
    *grown_of((struct sk_slot_block *)grown.vaddr, bits) = grown;
    m->grown_bytes += grown.page_count << seL4_PageBits;
    m->grown_bytes += is_second(m, entry) ? (seL4_Word)1 << (bits + seL4_SlotBits) : 0;
    if (entry >= m->entry_end) {
        m->entry_end = entry + 1;
    }
    return SK_OK;
}

/* Add slots, if there can be more. */
static sk_err grow_slots(struct sk_manager *m)
{
    seL4_Word entry = m->next_entry;
    sk_slots slots;
    sk_node node;

    while (entry < m->slots.directory_count &&
           (m->slots.directory[entry] != NULL || !slots_of_entry(m, entry, &slots, &node))) {
        entry++;
    }
    m->next_entry = entry;
    if (entry == m->slots.directory_count) {
        return SK_ERR_NO_SLOT;
    }
    return add_block(m, entry, slots, node);
}

/* Remove the block of an entry that was added, and of whose slots none is taken. */
static void remove_block(struct sk_manager *m, seL4_Word entry)
{
    sk_slot first = sk_slot_pool_slot(&m->slots, entry << m->slots.block_bits);
    sk_node node = sk_slot_pool_node(&m->slots, first);
    unsigned bits =
        node.radix_bits < m->slots.block_bits ? node.radix_bits : m->slots.block_bits;
    struct grown grown = *grown_of(m->slots.directory[entry], bits);

    sk_require(sk_slot_pool_remove(&m->slots, first) == SK_OK);
    if (is_second(m, entry)) {
        sk_untyped_pool_give(&m->untypeds, grown.piece);
        m->grown_bytes -= (seL4_Word)1 << (bits + seL4_SlotBits);
    }
    m->inner.give_pages(&m->inner, grown.vaddr, grown.page_count);
    m->grown_bytes -= grown.page_count << seL4_PageBits;
    if (entry < m->next_entry) {
        m->next_entry = entry;
    }
    while (m->entry_end != 0 && m->slots.directory[m->entry_end - 1] == NULL) {
        m->entry_end--;
    }
}

/* The entry of the block with the slots that the manager began with. */
static seL4_Word first_entry(const struct sk_manager *m)
{
    return sk_slot_pool_number(&m->slots, m->all.first) >> m->slots.block_bits;
}

static bool is_removable(const struct sk_manager *m, seL4_Word entry, seL4_Word keep)
{
    sk_slot first = sk_slot_pool_slot(&m->slots, entry << m->slots.block_bits);

    return m->slots.directory[entry] != NULL && entry != first_entry(m) &&
           sk_slot_pool_is_unused(&m->slots, first) &&
           m->slots.free_count >= m->reserve + keep + ((seL4_Word)1 << m->slots.block_bits);
}

/* Blocks from the last to the first; a quick look is at the last only. */
static void shrink_slots(struct sk_manager *m, seL4_Word keep, bool is_quick)
{
    for (seL4_Word entry = m->entry_end; entry-- > 0;) {
        if (m->slots.directory[entry] == NULL) {
            continue;
        }
        if (is_removable(m, entry, keep)) {
            remove_block(m, entry);
        }
        if (is_quick) {
            return;
        }
    }
}

/* Could another block have a row of so many slots? */
static bool is_row_possible(const struct sk_manager *m, seL4_Word row)
{
    unsigned most = sk_slot_is_null(m->second) ? m->slots.block_bits : m->second_bits;

    return row <= (seL4_Word)1 << most;
}

/* Would another block bring a row of so many slots that is not there now? */
static bool is_row_missing(const struct sk_manager *m, seL4_Word row)
{
    return !sk_slot_pool_has_row(&m->slots, row) && is_row_possible(m, row);
}

void sk_manager_prepare(struct sk_manager *m, seL4_Word slot_count, seL4_Word row)
{
    seL4_Word splits = m->splits;
    sk_err err = SK_OK;

    if (m->is_growing) {
        return;
    }
    if (!sk_slot_pool_has_row(&m->slots, row) && !is_row_possible(m, row)) {
        /* Slots for what cannot be would only take memory. */
        slot_count = 0;
    }
    m->is_growing = true;
    m->untypeds.slot_reserve = 0;
    /* If it fails, what is to be done may still do without. */
    (void)!sk_record_pool_ensure(&m->records, splits);
    while (err == SK_OK && (m->slots.free_count < m->reserve + 2 * splits + slot_count ||
                            is_row_missing(m, row))) {
        err = grow_slots(m);
    }
    m->untypeds.slot_reserve = m->reserve;
    m->is_growing = false;
}

/*
 * What a block or a chunk needs to be there is in older ones: halves, frames, tables, records
 * of them. So the youngest goes, then its halves are joined, and then the next can go.
 */
static void shrink(struct sk_manager *m)
{
    seL4_Word bytes;

    do {
        bytes = m->grown_bytes + m->records.chunk_count;
        sk_untyped_pool_join(&m->untypeds);
        shrink_slots(m, 0, false);
        sk_record_pool_trim(&m->records, 0);
        sk_address_space_trim(&m->space);
    } while (m->grown_bytes + m->records.chunk_count != bytes);
}

void sk_manager_tidy(struct sk_manager *m, bool is_quick)
{
    seL4_Word splits = m->splits;

    m->is_growing = true;
    m->untypeds.slot_reserve = 0;
    if (is_quick) {
        shrink_slots(m, 8 * splits, true);
        sk_record_pool_trim(&m->records, 4 * splits);
    } else {
        sk_address_space_trim(&m->space);
        shrink(m);
    }
    m->untypeds.slot_reserve = m->reserve;
    m->is_growing = false;
}

void sk_manager_settle(struct sk_manager *m)
{
    sk_manager_prepare(m, 0, 1);
    sk_address_space_trim(&m->space);
    /* Joining has its price, which is paid only if it can bring something. */
    if (m->records.chunk_count != 0 || m->grown_bytes != 0) {
        sk_manager_tidy(m, false);
    }
}
