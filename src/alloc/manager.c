/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/alloc/manager.h>

#include <selkie/base/assert.h>
#include <selkie/cap/cnode.h>

#include "manager_parts.h"
#include "untyped_pair.h"

#define PAGE ((seL4_Word)1 << seL4_PageBits)

/* Without the lock. */

static sk_err take_slots(struct sk_source *self, seL4_Word count, sk_slots *ret_slots)
{
    struct sk_manager *m = manager_of_inner(self);

    if (count == 0) {
        *ret_slots = (sk_slots){0};
        return SK_OK;
    }
    if (!m->is_growing && m->slots.free_count < m->reserve + count) {
        return SK_ERR_NO_SLOT;
    }
    return sk_slot_pool_take(&m->slots, count, ret_slots);
}

static void give_slots(struct sk_source *self, sk_slots slots)
{
    if (slots.count != 0) {
        sk_slot_pool_give(&manager_of_inner(self)->slots, slots);
    }
}

sk_err sk_manager_make_piece(struct sk_manager *m, sk_blueprint what, sk_slot into,
                             sk_node node, sk_piece *ret_piece)
{
    unsigned bits = sk_blueprint_bits(what);
    sk_piece piece;
    sk_err err;

    if (bits == 0) {
        return SK_ERR_INVALID_ARGUMENT;
    }
    SK_TRY(sk_untyped_pool_take(&m->untypeds, bits, &piece));
    err = sk_untyped_pool_make(&m->untypeds, piece, what, (sk_slots){into, 1}, node);
    if (err != SK_OK) {
        sk_untyped_pool_give(&m->untypeds, piece);
        return err;
    }
    *ret_piece = piece;
    return SK_OK;
}

/* Whichever object of a piece it is, its slot's tag is the piece's number. */
void sk_manager_set_tags(struct sk_manager *m, sk_slots objects, sk_piece piece)
{
    half_of(piece)->number = (uint32_t)sk_slot_pool_number(&m->slots, objects.first);
    for (seL4_Word n = 0; n < objects.count; n++) {
        *sk_slot_pool_tag(&m->slots, sk_slots_get(objects, n)) =
            (uint32_t)sk_piece_number(&m->untypeds, piece);
    }
}

/* How many objects were made of a piece, and which of them is in a slot. */
static seL4_Word object_count(sk_piece piece)
{
    return (seL4_Word)1 << (sk_piece_bits(piece) - half_of(piece)->object_bits);
}

static seL4_Word place_in(struct sk_manager *m, sk_piece piece, sk_slot at)
{
    return sk_slot_pool_number(&m->slots, at) - half_of(piece)->number;
}

sk_err sk_manager_make(struct sk_manager *m, sk_blueprint what, sk_slot into)
{
    sk_piece piece;

    sk_require(sk_slot_pool_is_taken(&m->slots, into));
    SK_TRY(sk_manager_make_piece(m, what, into, sk_slot_pool_node(&m->slots, into), &piece));
    sk_manager_set_tags(m, (sk_slots){into, 1}, piece);
    return SK_OK;
}

/* The piece of the object that was made in a slot; zero if there is none. */
static sk_piece piece_at(struct sk_manager *m, sk_slot at)
{
    uint32_t number =
        sk_slot_pool_is_taken(&m->slots, at) ? *sk_slot_pool_tag(&m->slots, at) : 0;

    return number != 0 ? sk_untyped_pool_piece(&m->untypeds, number) : (sk_piece){0};
}

void sk_manager_free(struct sk_manager *m, sk_slot at)
{
    sk_piece piece = piece_at(m, at);

    /* Objects that were made together go together. */
    sk_require(piece.id != 0 && place_in(m, piece, at) == 0);
    for (seL4_Word n = object_count(piece); n-- > 0;) {
        *sk_slot_pool_tag(&m->slots, sk_slot_plus(at, n)) = 0;
    }
    sk_untyped_pool_give(&m->untypeds, piece);
}

static sk_err make_object(struct sk_source *self, sk_blueprint what, sk_slot into)
{
    return sk_manager_make(manager_of_inner(self), what, into);
}

/* A frame that goes is mapped no more. */
static void unmap_if_mapped(struct sk_manager *m, sk_slot at)
{
    sk_frame frame = {sk_slot_cptr(at)};

    if (sk_address_space_has_frame(&m->space, frame)) {
        sk_address_space_unmap_frame(&m->space, frame);
    }
}

static void free_object(struct sk_source *self, sk_blueprint what, sk_slot at)
{
    struct sk_manager *m = manager_of_inner(self);

    (void)what;
    unmap_if_mapped(m, at);
    sk_manager_free(m, at);
}

/*
 * Objects that are made together are in pieces of as many as a power of two, each known by the
 * tags of its slots. The largest that there is memory for is taken each time.
 */
static sk_err make_some(struct sk_manager *m, sk_blueprint what, sk_slots into,
                        seL4_Word *ret_count)
{
    unsigned bits = sk_blueprint_bits(what);
    unsigned order = seL4_WordBits - 1 - (unsigned)__builtin_clzl(into.count);
    sk_slots some = {into.first, (seL4_Word)1 << order};
    sk_piece piece;
    sk_err err = sk_untyped_pool_take(&m->untypeds, bits + order, &piece);

    while (err != SK_OK && order > 0) {
        order--;
        some.count /= 2;
        err = sk_untyped_pool_take(&m->untypeds, bits + order, &piece);
    }
    SK_TRY(err);
    err = sk_untyped_pool_make(&m->untypeds, piece, what, some,
                               sk_slot_pool_node(&m->slots, into.first));
    if (err != SK_OK) {
        sk_untyped_pool_give(&m->untypeds, piece);
        return err;
    }
    sk_manager_set_tags(m, some, piece);
    *ret_count = some.count;
    return SK_OK;
}

static void free_objects(struct sk_source *self, sk_blueprint what, sk_slots at)
{
    struct sk_manager *m = manager_of_inner(self);

    (void)what;
    while (at.count != 0) {
        sk_piece piece = piece_at(m, at.first);
        seL4_Word count;

        sk_require(piece.id != 0);
        count = object_count(piece);
        sk_require(count <= at.count);
        for (seL4_Word n = 0; n < count; n++) {
            unmap_if_mapped(m, sk_slots_get(at, n));
        }
        sk_manager_free(m, at.first);
        at = (sk_slots){sk_slot_plus(at.first, count), at.count - count};
    }
}

static sk_err make_objects(struct sk_source *self, sk_blueprint what, sk_slots into)
{
    struct sk_manager *m = manager_of_inner(self);
    sk_slots left = into;

    if (sk_blueprint_bits(what) < seL4_MinUntypedBits) {
        return SK_ERR_INVALID_ARGUMENT;
    }
    while (left.count != 0) {
        seL4_Word count;
        sk_err err = make_some(m, what, left, &count);

        if (err != SK_OK) {
            free_objects(self, what, (sk_slots){into.first, into.count - left.count});
            return err;
        }
        left = (sk_slots){sk_slot_plus(left.first, count), left.count - count};
    }
    return SK_OK;
}

/* Who maps a frame that we made need not say how large it is. */
static unsigned frame_bits(struct sk_manager *m, sk_frame frame)
{
    sk_piece piece = piece_at(m, sk_slot_at(m->slots.root, frame.cptr));
    unsigned bits = piece.id != 0 ? half_of(piece)->object_bits : seL4_PageBits;

    return bits == seL4_LargePageBits || bits == seL4_HugePageBits ? bits : seL4_PageBits;
}

/* To who wants pages, memory that is in pieces smaller than these is none. */
static sk_err error_of_pages(sk_err err)
{
    return err == SK_ERR_FRAGMENTED ? SK_ERR_NO_MEMORY : err;
}

static sk_err map(struct sk_source *self, sk_frame frame, uintptr_t vaddr,
                  enum sk_rights rights)
{
    struct sk_manager *m = manager_of_inner(self);
    struct sk_map_options options = {.rights = rights, .vaddr = vaddr};

    return error_of_pages(
        sk_address_space_map(&m->space, frame, frame_bits(m, frame), &options, NULL));
}

static void unmap(struct sk_source *self, sk_frame frame)
{
    sk_address_space_unmap_frame(&manager_of_inner(self)->space, frame);
}

static sk_err take_pages(struct sk_source *self, seL4_Word count, uintptr_t *ret_vaddr)
{
    struct sk_map_options options = {.max_page_bits = seL4_PageBits, .guard_size = PAGE};

    if (count > SK_MANAGER_VSPACE_END >> seL4_PageBits) {
        return SK_ERR_NO_MEMORY;
    }
    return error_of_pages(sk_address_space_map_new(
        &manager_of_inner(self)->space, count << seL4_PageBits, &options, ret_vaddr));
}

static sk_frame page_frame(struct sk_source *self, uintptr_t vaddr)
{
    sk_frame frame = {0};
    uintptr_t start;
    unsigned bits;

    sk_require(sk_address_space_frame(&manager_of_inner(self)->space, vaddr, &frame, &start,
                                      &bits) == SK_OK);
    return frame;
}

static void give_pages(struct sk_source *self, uintptr_t vaddr, seL4_Word count)
{
    (void)count;
    sk_address_space_release(&manager_of_inner(self)->space, vaddr);
}

/*
 * With the lock: the same, prepared and tidied. When there is not enough, what is only kept in
 * case it is wanted is given up, and the request is made once more.
 */

static struct sk_manager *manager_of(struct sk_source *self)
{
    return (struct sk_manager *)self;
}

bool sk_manager_is_short(struct sk_manager *m, sk_err err)
{
    switch (err) {
    case SK_ERR_NO_MEMORY:
    case SK_ERR_FRAGMENTED:
    case SK_ERR_NO_SLOT:
    case SK_ERR_REVOKE_FIRST: /* it may be right at the address that was asked for */
        break;
    default:
        return false;
    }
    sk_manager_tidy(m, false);
    return true;
}

static sk_err locked_take_slots(struct sk_source *self, seL4_Word count, sk_slots *ret_slots)
{
    struct sk_manager *m = manager_of(self);
    SK_AUTO(sk_mutex_guard) guard = sk_mutex_guard_take(&m->mutex);
    sk_err err;

    sk_manager_prepare(m, count, count);
    err = take_slots(&m->inner, count, ret_slots);
    return sk_manager_is_short(m, err) ? take_slots(&m->inner, count, ret_slots) : err;
}

static void locked_give_slots(struct sk_source *self, sk_slots slots)
{
    struct sk_manager *m = manager_of(self);
    SK_AUTO(sk_mutex_guard) guard = sk_mutex_guard_take(&m->mutex);

    give_slots(&m->inner, slots);
    sk_manager_tidy(m, true);
}

static sk_err locked_make_object(struct sk_source *self, sk_blueprint what, sk_slot into)
{
    struct sk_manager *m = manager_of(self);
    SK_AUTO(sk_mutex_guard) guard = sk_mutex_guard_take(&m->mutex);
    sk_err err;

    sk_manager_prepare(m, 0, 1);
    err = make_object(&m->inner, what, into);
    return sk_manager_is_short(m, err) ? make_object(&m->inner, what, into) : err;
}

static void locked_free_object(struct sk_source *self, sk_blueprint what, sk_slot at)
{
    struct sk_manager *m = manager_of(self);
    SK_AUTO(sk_mutex_guard) guard = sk_mutex_guard_take(&m->mutex);

    free_object(&m->inner, what, at);
    sk_manager_tidy(m, true);
}

static sk_err locked_make_objects(struct sk_source *self, sk_blueprint what, sk_slots into)
{
    struct sk_manager *m = manager_of(self);
    SK_AUTO(sk_mutex_guard) guard = sk_mutex_guard_take(&m->mutex);
    sk_err err;

    sk_manager_prepare(m, 0, 1);
    err = make_objects(&m->inner, what, into);
    return sk_manager_is_short(m, err) ? make_objects(&m->inner, what, into) : err;
}

static void locked_free_objects(struct sk_source *self, sk_blueprint what, sk_slots at)
{
    struct sk_manager *m = manager_of(self);
    SK_AUTO(sk_mutex_guard) guard = sk_mutex_guard_take(&m->mutex);

    free_objects(&m->inner, what, at);
    sk_manager_tidy(m, true);
}

static sk_err locked_map(struct sk_source *self, sk_frame frame, uintptr_t vaddr,
                         enum sk_rights rights)
{
    struct sk_manager *m = manager_of(self);
    SK_AUTO(sk_mutex_guard) guard = sk_mutex_guard_take(&m->mutex);
    sk_err err = map(&m->inner, frame, vaddr, rights);

    return sk_manager_is_short(m, err) ? map(&m->inner, frame, vaddr, rights) : err;
}

static void locked_unmap(struct sk_source *self, sk_frame frame)
{
    struct sk_manager *m = manager_of(self);
    SK_AUTO(sk_mutex_guard) guard = sk_mutex_guard_take(&m->mutex);

    unmap(&m->inner, frame);
    sk_manager_tidy(m, true);
}

static sk_err locked_take_pages(struct sk_source *self, seL4_Word count, uintptr_t *ret_vaddr)
{
    struct sk_manager *m = manager_of(self);
    SK_AUTO(sk_mutex_guard) guard = sk_mutex_guard_take(&m->mutex);
    sk_err err = take_pages(&m->inner, count, ret_vaddr);

    return sk_manager_is_short(m, err) ? take_pages(&m->inner, count, ret_vaddr) : err;
}

static sk_frame locked_page_frame(struct sk_source *self, uintptr_t vaddr)
{
    struct sk_manager *m = manager_of(self);
    SK_AUTO(sk_mutex_guard) guard = sk_mutex_guard_take(&m->mutex);

    return page_frame(&m->inner, vaddr);
}

static void locked_give_pages(struct sk_source *self, uintptr_t vaddr, seL4_Word count)
{
    struct sk_manager *m = manager_of(self);
    SK_AUTO(sk_mutex_guard) guard = sk_mutex_guard_take(&m->mutex);

    give_pages(&m->inner, vaddr, count);
    sk_manager_tidy(m, true);
}

void sk_manager_set_sources(struct sk_manager *m)
{
    m->inner = (struct sk_source){
        .take_slots = take_slots,
        .give_slots = give_slots,
        .make_object = make_object,
        .free_object = free_object,
        .map = map,
        .unmap = unmap,
        .take_pages = take_pages,
        .page_frame = page_frame,
        .give_pages = give_pages,
        .make_objects = make_objects,
        .free_objects = free_objects,
    };
    m->source = (struct sk_source){
        .take_slots = locked_take_slots,
        .give_slots = locked_give_slots,
        .make_object = locked_make_object,
        .free_object = locked_free_object,
        .map = locked_map,
        .unmap = locked_unmap,
        .take_pages = locked_take_pages,
        .page_frame = locked_page_frame,
        .give_pages = locked_give_pages,
        .make_objects = locked_make_objects,
        .free_objects = locked_free_objects,
    };
}

sk_err sk_manager_paddr(struct sk_manager *m, sk_slot object, uint64_t *ret_paddr)
{
    SK_AUTO(sk_mutex_guard) guard = sk_mutex_guard_take(&m->mutex);
    sk_piece piece = piece_at(m, object);

    if (piece.id == 0) {
        return SK_ERR_INVALID_ARGUMENT;
    }
    *ret_paddr =
        sk_piece_paddr(piece) + (place_in(m, piece, object) << half_of(piece)->object_bits);
    return SK_OK;
}

sk_node sk_manager_node(struct sk_manager *m, sk_slot slot)
{
    SK_AUTO(sk_mutex_guard) guard = sk_mutex_guard_take(&m->mutex);

    return sk_slot_pool_node(&m->slots, slot);
}

sk_err sk_manager_add_untyped(struct sk_manager *m, sk_slot untyped, uint64_t paddr,
                              unsigned bits, bool is_device)
{
    SK_AUTO(sk_mutex_guard) guard = sk_mutex_guard_take(&m->mutex);

    sk_manager_prepare(m, 0, 1);
    SK_TRY(sk_untyped_pool_add(&m->untypeds, untyped, paddr, bits, is_device));
    sk_manager_set_reserves(m);
    return SK_OK;
}

void sk_manager_stats(struct sk_manager *m, struct sk_manager_stats *ret_stats)
{
    SK_AUTO(sk_mutex_guard) guard = sk_mutex_guard_take(&m->mutex);

    sk_manager_settle(m);
    *ret_stats = (struct sk_manager_stats){
        .free_bytes = m->untypeds.free_bytes,
        .total_bytes = m->untypeds.total_bytes,
        .free_slots = m->slots.free_count + sk_untyped_pool_idle_slots(&m->untypeds),
        .total_slots = m->slots.count,
        .bookkeeping = m->records.chunk_count * SK_RECORD_CHUNK + m->grown_bytes,
    };
}

bool sk_manager_check(struct sk_manager *m)
{
    SK_AUTO(sk_mutex_guard) guard = sk_mutex_guard_take(&m->mutex);

    return sk_slot_pool_check(&m->slots) && sk_untyped_pool_check(&m->untypeds) &&
           sk_address_space_check(&m->space);
}
