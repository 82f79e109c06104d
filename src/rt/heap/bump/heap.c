/*
 * The heap that hands memory out once. It needs no lock: taking moves one number, and freeing
 * changes one header. A header without a size is one that a thread is about to write, as long
 * as there is such a thread.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "../heap.h"

#include <selkie/rt/heap.h>

static uint32_t used;   /* units of the arena */
static uint32_t takers; /* threads that have moved used, or are about to, and not filled */

static struct block *arena(void)
{
    return (struct block *)sk_heap_arena;
}

/* Units to leave before a header at place, so that what follows it is aligned. */
static size_t padding(uint32_t place, size_t align)
{
    return (-(uintptr_t)(arena() + place + 1) & (align - 1)) / UNIT_SIZE;
}

/* Units of the arena that are taken. Acquire: pairs with the release in sk_heap_take(). */
static uint32_t taken(void)
{
    return __atomic_load_n(&used, __ATOMIC_ACQUIRE);
}

/* Write a header and its pad. Another thread may look at both as soon as there is a size. */
static void fill(uint32_t place, uint32_t size, uint32_t pad, uint32_t site)
{
    struct block *b = arena() + place;

    b->site = site;
    b->check = block_check_of((uintptr_t)b, size, 0, pad);
    block_fill_pad_before(b + (size & ~IS_FREE), pad);
    __atomic_store_n(&b->size, size, __ATOMIC_RELEASE); /* pairs with has_size() */
}

/*
 * Has the header at b, which is taken, got its size? Who is still to write it counts as a
 * taker, so that where there is none, a size that is not there was overwritten. (Looked at
 * again: it may have come before the last taker went.)
 */
static bool has_size(const struct block *b)
{
    return __atomic_load_n(&b->size, __ATOMIC_ACQUIRE) != 0 ||
           __atomic_load_n(&takers, __ATOMIC_ACQUIRE) == 0;
}

static bool is_overwritten(const struct block *b)
{
    return has_size(b) && !block_is_sound(b);
}

/* Is the pad as it was filled? Its thread may resize the block meanwhile: then it is. */
static bool pad_is_whole(const struct block *b)
{
    uint32_t check;

    do {
        check = __atomic_load_n(&b->check, __ATOMIC_ACQUIRE);
        if (block_pad_is_whole(b)) {
            return true;
        }
    } while (check != __atomic_load_n(&b->check, __ATOMIC_ACQUIRE));
    return false;
}

void *sk_heap_take(size_t size, size_t align, uint32_t site)
{
    size_t all = sk_heap_arena_size / UNIT_SIZE;
    uint32_t units = block_units_for(size);
    uint32_t place = __atomic_load_n(&used, __ATOMIC_RELAXED);
    size_t before;

    if (units == 0) {
        return NULL;
    }
    /* Who sees that used has moved sees that there is a taker, or what it has written. */
    __atomic_fetch_add(&takers, 1, __ATOMIC_RELAXED);
    do {
        before = padding(place, align);
        if (before > all - place || units > all - place - before) {
            __atomic_fetch_sub(&takers, 1, __ATOMIC_RELAXED);
            return NULL;
        }
    } while (!__atomic_compare_exchange_n(&used, &place, place + (uint32_t)before + units, 1,
                                          __ATOMIC_RELEASE, __ATOMIC_RELAXED));
    if (before != 0) {
        fill(place, (uint32_t)before | IS_FREE, 0, site);
    }
    fill(place + (uint32_t)before, units, block_pad_for(units, size), site);
    __atomic_fetch_sub(&takers, 1, __ATOMIC_RELEASE); /* pairs with has_size() */
    return block_payload(arena() + place + before);
}

/* The block of p, or a panic. */
static struct block *in_use(void *p, uint32_t site)
{
    struct block *b = block_of(p);
    struct block *end = arena() + taken();

    if ((uintptr_t)b - (uintptr_t)arena() >= (uintptr_t)end - (uintptr_t)arena()) {
        sk_heap_panic((struct heap_finding){.damage = DAMAGE_FOREIGN}, p, site);
    }
    if ((uintptr_t)p % UNIT_SIZE != 0 || !block_is_sound(b) || block_is_free(b)) {
        sk_heap_panic(sk_heap_judge(arena(), end, p), p, site);
    }
    if (!block_pad_is_whole(b) ||
        (b + block_units(b) < end && is_overwritten(b + block_units(b)))) {
        sk_heap_panic((struct heap_finding){DAMAGE_END, (uintptr_t)p, b->site}, p, site);
    }
    return b;
}

void sk_heap_give(void *p, uint32_t site)
{
    struct block *b = in_use(p, site);
    uint32_t size = b->size;

    /* Of two threads that free one block, one finds it freed. */
    if (!__atomic_compare_exchange_n(&b->size, &size, size | IS_FREE, 0, __ATOMIC_RELAXED,
                                     __ATOMIC_RELAXED)) {
        sk_heap_panic((struct heap_finding){DAMAGE_FREED, (uintptr_t)p, b->site}, p, site);
    }
    b->site = site;
}

bool sk_heap_resize(void *p, size_t size, uint32_t site, size_t *ret_size)
{
    struct block *b = in_use(p, site);
    uint32_t units = block_units(b);

    *ret_size = block_payload_size(b);
    if (size > (size_t)(units - 1) * UNIT_SIZE) {
        return false;
    }
    /* Before the header says so, for who looks at it meanwhile. */
    block_fill_pad_before(b + units, block_pad_for(units, size));
    block_seal(b, block_pad_for(units, size));
    return true;
}

size_t sk_heap_list(struct block **ret_blocks, size_t room)
{
    struct block *end = arena() + taken();
    size_t count = 0;

    for (struct block *b = arena(); b < end && block_units(b) != 0; b += block_units(b)) {
        if (!block_is_free(b)) {
            if (count < room) {
                ret_blocks[count] = b;
            }
            count++;
        }
    }
    return count;
}

/* Look at a block; panics if it is damaged. */
static void check(const struct block *b)
{
    struct heap_finding finding = {DAMAGE_HEADER, (uintptr_t)(b + 1), 0};

    if (!block_is_sound(b) || block_units(b) == 0) {
        sk_heap_panic(finding, NULL, 0);
    }
    if (!block_is_free(b) && !pad_is_whole(b)) {
        finding.damage = DAMAGE_END;
        finding.site = b->site;
        sk_heap_panic(finding, NULL, 0);
    }
}

void sk_heap_check(struct sk_heap_stats *ret_stats)
{
    struct sk_heap_stats stats = {.size = sk_heap_arena_size};
    uint32_t end = taken();

    for (uint32_t place = 0; place < end; place += block_units(arena() + place)) {
        const struct block *b = arena() + place;

        /* What another thread is about to write ends what can be looked at. */
        if (block_units(b) == 0 && !has_size(b)) {
            break;
        }
        check(b);
        stats.blocks += !block_is_free(b);
    }
    stats.used = (size_t)end * UNIT_SIZE;
    stats.largest = stats.size - stats.used;
    *ret_stats = stats;
}
