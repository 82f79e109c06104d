/*
 * Memory to take and to give back: a buddy allocator over untypeds.
 *
 * The pool is handed untypeds, of RAM or of devices. To hand out a piece of 1 << bits bytes it
 * splits one that is larger into halves, again and again, each time by one kernel call that
 * makes two untypeds, in a pair of slots. A piece becomes objects by sk_untyped_pool_make().
 * Giving it back revokes it: every capability to what was made of it, wherever copies went, is
 * deleted before the memory can be handed out again. The kernel keeps the account of children;
 * the pool relies on it alone and never on the caller's word.
 *
 * Halves that are free together are joined again when something larger is needed, as far as
 * needed, when slots are, or when sk_untyped_pool_join() says so: taking and giving pieces of
 * one size does not split and join all the time. When everything has been given back and
 * joined, the pool has the untypeds it was handed, without a child, and all its slots and
 * records.
 *
 * Two errors tell why there is no memory: SK_ERR_NO_MEMORY, too few bytes are free;
 * SK_ERR_FRAGMENTED, there are enough, but no piece is large enough.
 *
 * Sizes are in bits, log2 of bytes, from seL4_MinUntypedBits on. One thread at a time uses a
 * pool.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include <selkie/alloc/record_pool.h>
#include <selkie/alloc/slot_pool.h>
#include <selkie/base/err.h>
#include <selkie/cap/blueprint.h>

/* The bytes of a record of the pool's: what its record pool is made for, or more. */
#define SK_UNTYPED_RECORD 96

/* A piece that was taken. Zero: none. */
typedef struct sk_piece {
    uintptr_t id;
} sk_piece;

struct sk_untyped_half;
struct sk_untyped_pair;

struct sk_untyped_pool {
    struct sk_slot_pool *slots;
    struct sk_record_pool *records;
    seL4_Word free_bytes;   /* of RAM, in pieces that can be taken */
    seL4_Word total_bytes;  /* of RAM */
    seL4_Word slot_reserve; /* slots that are left to others; see sk_manager */
    seL4_Word split_count;  /* pairs of halves there are */
    seL4_Word idle_count;   /* pairs whose two halves are free */
    seL4_Word available;    /* bit n: free[n] is not NULL */
    struct sk_untyped_half *free[seL4_WordBits]; /* of RAM, by size */
    struct sk_untyped_pair *roots;               /* what was added */
};

/* A pool without memory. Halves are kept in slots of slots, and written down in records. */
void sk_untyped_pool_init(struct sk_untyped_pool *p, struct sk_slot_pool *slots,
                          struct sk_record_pool *records);

/*
 * Add an untyped of 1 << bits bytes at physical address paddr; it has no children. It stays in
 * its slot, which need not be one of the pool's. Device memory is handed out by
 * sk_untyped_pool_take_at() only, and is not counted as free.
 *
 * SK_ERR_NO_MEMORY: there is no record for it.
 */
sk_err sk_untyped_pool_add(struct sk_untyped_pool *p, sk_slot untyped, uint64_t paddr,
                           unsigned bits, bool is_device);

/*
 * How many slots sk_untyped_pool_take() would need for a piece now: two for each split. Halves
 * are joined first if the piece cannot be had otherwise.
 *
 * SK_ERR_NO_MEMORY, SK_ERR_FRAGMENTED: as of sk_untyped_pool_take().
 */
sk_err sk_untyped_pool_slots_needed(struct sk_untyped_pool *p, unsigned bits,
                                    seL4_Word *ret_count);

/*
 * Take a piece of RAM of 1 << bits bytes, aligned to its size.
 *
 * SK_ERR_NO_MEMORY: fewer bytes are free than that; or there is no record for a split.
 * SK_ERR_FRAGMENTED: so many bytes are free, but not in one piece.
 * SK_ERR_NO_SLOT: there are no slots for a split.
 */
sk_err sk_untyped_pool_take(struct sk_untyped_pool *p, unsigned bits, sk_piece *ret_piece);

/*
 * Take the piece of 1 << bits bytes at a physical address, of RAM or of a device.
 *
 * SK_ERR_ALIGNMENT: paddr is not a multiple of the size.
 * SK_ERR_RANGE: no untyped of the pool has this memory, or the size is too small.
 * SK_ERR_REVOKE_FIRST: some of it is taken.
 * SK_ERR_NO_MEMORY, SK_ERR_NO_SLOT: there is no record, or no slot, for a split.
 */
sk_err sk_untyped_pool_take_at(struct sk_untyped_pool *p, uint64_t paddr, unsigned bits,
                               sk_piece *ret_piece);

/*
 * Make objects of one blueprint out of a piece: as many as there are slots, which fill it or
 * not. The kernel makes up to seL4_UntypedRetypeMaxObjects in one call. They lie one behind the
 * other from the piece's physical address on. The slots are empty, and in one CNode like node.
 *
 * Errors are those of sk_blueprint_make(); nothing is made then.
 */
sk_err sk_untyped_pool_make(struct sk_untyped_pool *p, sk_piece piece, sk_blueprint what,
                            sk_slots into, sk_node node);

/*
 * Give a piece back. Nothing that was made of it is left: its objects, and all copies of the
 * capabilities to them, are deleted. Traps if the piece is not taken.
 */
void sk_untyped_pool_give(struct sk_untyped_pool *p, sk_piece piece);

/*
 * Join all halves that are free together. When a piece that was joined is split again the
 * kernel clears its memory, so nothing is joined without need.
 */
void sk_untyped_pool_join(struct sk_untyped_pool *p);

/* How many slots joining would give back. Takes time in proportion to the pieces there are. */
seL4_Word sk_untyped_pool_idle_slots(const struct sk_untyped_pool *p);

/* Where a piece is, how large, and the slot with its untyped. */
uint64_t sk_piece_paddr(sk_piece piece);
unsigned sk_piece_bits(sk_piece piece);
sk_slot sk_piece_untyped(const struct sk_untyped_pool *p, sk_piece piece);

/*
 * Which piece is it whose untyped is in this slot, which is one of the pool's? For tables from
 * objects to pieces, by the number of a slot.
 */
sk_piece sk_untyped_pool_piece(const struct sk_untyped_pool *p, seL4_Word number);

/* The number by which sk_untyped_pool_piece() finds it. Never 0, below 1 << 32. */
seL4_Word sk_piece_number(const struct sk_untyped_pool *p, sk_piece piece);

/* Look at all of the bookkeeping; false if it contradicts itself. For tests: slow. */
bool sk_untyped_pool_check(const struct sk_untyped_pool *p);
