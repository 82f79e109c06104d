/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/base/assert.h>

#include "manager_parts.h"
#include "space.h"

/* One piece of memory as frames in slots, known by their tags. */
static sk_err make_frames(struct sk_manager *m, sk_slots slots, unsigned bits,
                          uint64_t *ret_paddr)
{
    sk_piece piece;
    sk_err err;

    SK_TRY(sk_untyped_pool_take(&m->untypeds, bits, &piece));
    err = sk_untyped_pool_make(&m->untypeds, piece, sk_blueprint_frame(seL4_PageBits), slots,
                               sk_slot_pool_node(&m->slots, slots.first));
    if (err != SK_OK) {
        sk_untyped_pool_give(&m->untypeds, piece);
        return err;
    }
    sk_manager_set_tags(m, slots, piece);
    *ret_paddr = sk_piece_paddr(piece);
    return SK_OK;
}

/* Map what make_frames() made, in the place that there is for it. */
static sk_err map_frames(struct sk_manager *m, sk_slots slots, uintptr_t vaddr,
                         const struct sk_map_options *options)
{
    struct run *r = (struct run *)sk_record_pool_take(&m->records);
    sk_err err;

    if (r == NULL) {
        return SK_ERR_NO_MEMORY;
    }
    *r = (struct run){
        .first = slots.first,
        .count = (uint32_t)slots.count,
        .size_bits = seL4_PageBits,
        .ownership = MADE,
    };
    err = sk_space_map_run(&m->space, r, vaddr, options);
    if (err != SK_OK) {
        sk_record_pool_give(&m->records, r);
    }
    return err;
}

static sk_err fill(struct sk_manager *m, unsigned bits, uintptr_t vaddr,
                   const struct sk_map_options *options, uint64_t *ret_paddr)
{
    sk_slots slots;
    uint64_t paddr;
    sk_err err;

    SK_TRY(m->inner.take_slots(&m->inner, (seL4_Word)1 << (bits - seL4_PageBits), &slots));
    err = make_frames(m, slots, bits, &paddr);
    if (err == SK_OK) {
        err = map_frames(m, slots, vaddr, options);
        if (err == SK_OK) {
            *ret_paddr = paddr;
            return SK_OK;
        }
        sk_manager_free(m, slots.first);
    }
    m->inner.give_slots(&m->inner, slots);
    return err;
}

static sk_err place_and_fill(struct sk_manager *m, unsigned bits,
                             const struct sk_map_options *options, uintptr_t *ret_vaddr,
                             uint64_t *ret_paddr)
{
    uintptr_t vaddr;
    sk_err err;

    SK_TRY(sk_space_place(&m->space, (seL4_Word)1 << bits, seL4_PageBits, options, &vaddr));
    err = fill(m, bits, vaddr, options, ret_paddr);
    if (err != SK_OK) {
        sk_address_space_release(&m->space, vaddr);
        return err;
    }
    *ret_vaddr = vaddr;
    return SK_OK;
}

sk_err sk_manager_take_dma(struct sk_manager *m, seL4_Word size,
                           const struct sk_map_options *given, uintptr_t *ret_vaddr,
                           uint64_t *ret_paddr)
{
    SK_AUTO(sk_mutex_guard) guard = sk_mutex_guard_take(&m->mutex);
    struct sk_map_options options = sk_space_options(given);
    unsigned bits = seL4_PageBits;
    seL4_Word count;
    sk_err err;

    SK_TRY(sk_space_check_rights(&options));
    while (bits < seL4_WordBits - 1 && (seL4_Word)1 << bits < size) {
        bits++;
    }
    if (size == 0 || (seL4_Word)1 << bits > m->untypeds.total_bytes) {
        return SK_ERR_NO_MEMORY;
    }
    count = (seL4_Word)1 << (bits - seL4_PageBits);
    sk_manager_prepare(m, count + SK_SPACE_TABLE_SLOTS, count);
    err = place_and_fill(m, bits, &options, ret_vaddr, ret_paddr);
    return sk_manager_is_short(m, err) ? place_and_fill(m, bits, &options, ret_vaddr, ret_paddr)
                                       : err;
}

void sk_manager_give_dma(struct sk_manager *m, uintptr_t vaddr)
{
    SK_AUTO(sk_mutex_guard) guard = sk_mutex_guard_take(&m->mutex);

    sk_address_space_release(&m->space, vaddr);
    sk_manager_tidy(m, true);
}

static sk_err make_at(struct sk_manager *m, sk_blueprint what, uint64_t paddr, sk_slot into)
{
    sk_piece piece;
    sk_err err;

    SK_TRY(sk_untyped_pool_take_at(&m->untypeds, paddr, sk_blueprint_bits(what), &piece));
    err = sk_untyped_pool_make(&m->untypeds, piece, what, (sk_slots){into, 1},
                               sk_slot_pool_node(&m->slots, into));
    if (err != SK_OK) {
        sk_untyped_pool_give(&m->untypeds, piece);
        return err;
    }
    sk_manager_set_tags(m, (sk_slots){into, 1}, piece);
    return SK_OK;
}

sk_err sk_manager_make_at(struct sk_manager *m, sk_blueprint what, uint64_t paddr, sk_slot into)
{
    SK_AUTO(sk_mutex_guard) guard = sk_mutex_guard_take(&m->mutex);
    sk_err err;

    sk_require(sk_slot_pool_is_taken(&m->slots, into));
    sk_manager_prepare(m, 0, 1);
    err = make_at(m, what, paddr, into);
    return sk_manager_is_short(m, err) ? make_at(m, what, paddr, into) : err;
}
