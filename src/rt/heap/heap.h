/*
 * What the heaps share: the header of a block, and what malloc.c asks of a heap.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <selkie/base/attr.h>

/* Memory is counted in units, which is also how it is aligned. */
#define UNIT_SIZE 16

struct block {
    uint32_t size;  /* in units, with this header; the highest bit is IS_FREE */
    uint32_t prev;  /* of the block before, in units; 0 for the first */
    uint32_t site;  /* the lower half of the pc that allocated it, or freed it */
    uint32_t check; /* of both sizes and the address; the lowest bits are the pad's length */
};
_Static_assert(sizeof(struct block) == UNIT_SIZE, "a header is one unit");

#define IS_FREE   ((uint32_t)1 << 31)
#define MAX_UNITS ((uint32_t)1 << 30)

/*
 * What a block has behind the bytes that were asked for, because sizes are rounded up. It is
 * filled, so that a write past the end is found though it reaches no header.
 */
#define PAD     0xc5c5c5c5c5c5c5c5
#define MAX_PAD 31u /* one unit is too small to be a block of its own */

/*
 * What freed memory holds, as far as it is filled: nothing that a program takes for a pointer,
 * or for a number it likes.
 */
#define FILL 0xdfdfdfdfdfdfdfdf

static inline uint32_t block_check_of(uintptr_t address, uint32_t size, uint32_t prev,
                                      uint32_t pad)
{
    uint64_t mixed = address ^ ((uint64_t)(size & ~IS_FREE) << 32 | prev);
    uint32_t check = (uint32_t)(((mixed ^ (mixed >> 29)) * 0x9e3779b97f4a7c15) >> 32);

    return (check & ~MAX_PAD) | pad;
}

static inline uint32_t block_pad(const struct block *b)
{
    return b->check & MAX_PAD;
}

/* Write the check, after any change of size, prev or pad. */
static inline void block_seal(struct block *b, uint32_t pad)
{
    uint32_t check = block_check_of((uintptr_t)b, b->size, b->prev, pad);

    __atomic_store_n(&b->check, check, __ATOMIC_RELAXED); /* pairs with block_is_sound() */
}

static inline bool block_is_sound(const struct block *b)
{
    uint32_t check = __atomic_load_n(&b->check, __ATOMIC_RELAXED);

    return (check ^ block_check_of((uintptr_t)b, b->size, b->prev, 0)) <= MAX_PAD;
}

static inline uint32_t block_units(const struct block *b)
{
    return b->size & ~IS_FREE;
}

static inline bool block_is_free(const struct block *b)
{
    return (b->size & IS_FREE) != 0;
}

static inline struct block *block_of(void *p)
{
    return (struct block *)p - 1;
}

static inline void *block_payload(struct block *b)
{
    return b + 1;
}

/* Bytes that were asked for: the payload without the pad. */
static inline size_t block_payload_size(const struct block *b)
{
    return (size_t)(block_units(b) - 1) * UNIT_SIZE - block_pad(b);
}

/* The pad of a block of so many units of which size bytes were asked for. */
static inline uint32_t block_pad_for(uint32_t units, size_t size)
{
    size_t rest = (size_t)(units - 1) * UNIT_SIZE - size;

    return rest < MAX_PAD ? (uint32_t)rest : MAX_PAD;
}

/* The bits of a word that are in a pad of which left bytes are in it or before it. */
static inline uint64_t block_pad_mask(uint32_t left)
{
    return left < 8 ? ~(~(uint64_t)0 >> 8 * left) : ~(uint64_t)0;
}

/* Fill the pad of a block that ends at end. */
static inline void block_fill_pad_before(struct block *end, uint32_t pad)
{
    uint64_t *word = (uint64_t *)end;

    for (uint32_t left = pad; left != 0; left -= left < 8 ? left : 8) {
        uint64_t mask = block_pad_mask(left);

        word--;
        *word = (*word & ~mask) | (PAD & mask);
    }
}

static inline void block_fill_pad(struct block *b)
{
    block_fill_pad_before(b + block_units(b), block_pad(b));
}

static inline bool block_pad_is_whole(const struct block *b)
{
    const uint64_t *word = (const uint64_t *)(b + block_units(b));

    for (uint32_t left = block_pad(b); left != 0; left -= left < 8 ? left : 8) {
        word--;
        if (((*word ^ PAD) & block_pad_mask(left)) != 0) {
            return false;
        }
    }
    return true;
}

/* Units of a block whose payload has size bytes; 0 if there is no such block. */
static inline uint32_t block_units_for(size_t size)
{
    if (size > (size_t)(MAX_UNITS - 2) * UNIT_SIZE) {
        return 0;
    }
    return size == 0 ? 2 : (uint32_t)((size + UNIT_SIZE - 1) / UNIT_SIZE) + 1;
}

/* --- what a heap does. site is the caller's, to be kept in headers and said in panics. */

/* A block for size bytes, aligned to align, a power of two; NULL if there is none. */
void *sk_heap_take(size_t size, size_t align, uint32_t site);

/* Free p. Panics unless it is a block that was taken. */
void sk_heap_give(void *p, uint32_t site);

/*
 * Make p's block hold size bytes where it is. False if it cannot; then ret_size is what it
 * holds. Panics unless p is a block that was taken.
 */
bool sk_heap_resize(void *p, size_t size, uint32_t site, size_t *ret_size);

/* The blocks in use: how many there are; the first ones, room at most, are in ret_blocks. */
size_t sk_heap_list(struct block **ret_blocks, size_t room);

/* --- the audit, where the program is linked with it. With it all of a free block is filled. */

__attribute__((weak)) void sk_heap_fill(struct block *from, uint32_t units);
__attribute__((weak)) bool sk_heap_is_filled(const struct block *from, uint32_t units);

/* --- panics; none is called with a lock held. */

/* What is known of an address that is not a block in use. */
enum heap_damage {
    DAMAGE_FOREIGN, /* not in the heap */
    DAMAGE_FREED,   /* block is free */
    DAMAGE_INSIDE,  /* in block's payload */
    DAMAGE_HEADER,  /* where a block's header should be, and is not */
    DAMAGE_END,     /* block was written past its end */
    DAMAGE_REUSED,  /* block is free, and was written to */
};

struct heap_finding {
    enum heap_damage damage;
    uintptr_t block;
    uint32_t site; /* the block's */
};

/*
 * Judge p, an address of the memory from first to end (the header that ends it), which is not
 * a sound block in use.
 */
struct heap_finding sk_heap_judge(const struct block *first, const struct block *end, void *p);

/* The whole of a pc whose lower half is known; programs are smaller than 4 GiB. */
uintptr_t sk_heap_pc_of(uint32_t site);

SK_NORETURN void sk_heap_panic(struct heap_finding finding, void *p, uint32_t site);
