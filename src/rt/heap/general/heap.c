/*
 * The heap that uses memory again. Its pools are cut into blocks without gaps; two free blocks
 * are never neighbours. All of it is under one lock, which no panic happens under.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "../heap.h"

#include <selkie/rt/heap.h>

#include "../../lock.h"
#include "lists.h"
#include "pool.h"

#define SITE ((uint32_t)(uintptr_t)__builtin_return_address(0))

/* A piece of memory: this, its blocks, and a header of no payload that ends them. */
struct pool {
    struct pool *next;
    struct block *end;
};
_Static_assert(sizeof(struct pool) == UNIT_SIZE, "blocks stay aligned");

static struct lock lock;
static struct lists lists;
static struct pool *pools;
static size_t all_sizes; /* of the pools, in bytes */

static struct block *first_of(struct pool *pool)
{
    return (struct block *)(pool + 1);
}

static struct block *after(struct block *b)
{
    return b + block_units(b);
}

/* Give b a new size, and tell its neighbour. */
static void set_size(struct block *b, uint32_t units, uint32_t is_free)
{
    struct block *next = b + units;

    b->size = units | is_free;
    block_seal(b, block_pad(b));
    next->prev = units;
    block_seal(next, block_pad(next));
}

/* The header of a new block, behind one of prev units; its neighbour knows nothing of it. */
static void begin(struct block *b, uint32_t prev, uint32_t site)
{
    *b = (struct block){.prev = prev, .site = site};
}

/*
 * With the audit all of a free block is filled behind its header and link (two units), before
 * it is in a list. These are about the units from b on.
 */
static void fill(struct block *b, uint32_t units)
{
    if (sk_heap_fill != NULL) {
        sk_heap_fill(b, units);
    }
}

/* Is the free block b, of all units, untouched as far as one of units and the next need it? */
static bool is_filled(const struct block *b, uint32_t units, uint32_t all)
{
    uint32_t end = units + 2 < all ? units + 2 : all;

    return sk_heap_is_filled == NULL || sk_heap_is_filled(b + 2, end - 2);
}

static void add_pool(void *memory, size_t size)
{
    struct pool *pool = memory;
    size_t units = size / UNIT_SIZE;
    struct block *first = first_of(pool);

    if (units < 4) {
        return;
    }
    if (units > MAX_UNITS) {
        units = MAX_UNITS;
    }
    *pool = (struct pool){.next = pools, .end = (struct block *)memory + units - 1};
    begin(first, 0, 0);
    begin(pool->end, 0, 0);
    pool->end->size = 1;
    fill(first + 1, (uint32_t)(pool->end - first) - 1);
    set_size(first, (uint32_t)(pool->end - first), IS_FREE);
    sk_lists_put(&lists, first);
    pools = pool;
    all_sizes += units * UNIT_SIZE;
}

static struct heap_finding finding_of(enum heap_damage damage, struct block *b)
{
    return (struct heap_finding){damage, (uintptr_t)(b + 1), b->site};
}

/* Under the lock: the block of p. False, and what is wrong, if there is none in use. */
static bool find_block(void *p, struct block **ret_block, struct heap_finding *ret_finding)
{
    struct block *b = block_of(p);

    for (struct pool *pool = pools; pool != NULL; pool = pool->next) {
        struct block *first = first_of(pool);

        if ((uintptr_t)b - (uintptr_t)first < (uintptr_t)pool->end - (uintptr_t)first) {
            if ((uintptr_t)p % UNIT_SIZE != 0 || !block_is_sound(b) || block_is_free(b)) {
                *ret_finding = sk_heap_judge(first, pool->end, p);
                return false;
            }
            if (!block_pad_is_whole(b) || !block_is_sound(after(b))) {
                *ret_finding = finding_of(DAMAGE_END, b);
                return false;
            }
            *ret_block = b;
            return true;
        }
    }
    *ret_finding = (struct heap_finding){.damage = DAMAGE_FOREIGN};
    return false;
}

/* Cut b, which is in use, to size bytes; what is left over becomes a free block. */
static void cut(struct block *b, size_t size, uint32_t site)
{
    uint32_t units = block_units_for(size);
    uint32_t left = block_units(b) - units;

    if (left >= 2) {
        struct block *rest = b + units;

        begin(rest, units, site);
        set_size(rest, left, IS_FREE);
        b->size = units;
        sk_lists_put(&lists, rest);
    }
    block_seal(b, block_pad_for(b->size, size));
    block_fill_pad(b);
    b->site = site;
}

/* Leave so many units of b, which is in no list, as a free block in front of the result. */
static struct block *skip(struct block *b, uint32_t units, uint32_t site)
{
    if (units == 0) {
        return b;
    }
    struct block *second = b + units;
    uint32_t second_units = block_units(b) - units;

    begin(second, units, site);
    set_size(second, second_units, 0);
    set_size(b, units, IS_FREE);
    sk_lists_put(&lists, b);
    return second;
}

/* Units to leave in front of b so that its payload is aligned: none, or a whole block. */
static uint32_t front_of(struct block *b, size_t align)
{
    size_t front = (-(uintptr_t)(b + 1) & (align - 1)) / UNIT_SIZE;

    return (uint32_t)(front == 1 ? front + align / UNIT_SIZE : front);
}

/* Under the lock. NULL with a finding of no damage (its block is 0) if there is no memory. */
static struct block *take(size_t size, size_t align, uint32_t site,
                          struct heap_finding *ret_finding)
{
    uint32_t units = block_units_for(size);
    size_t extra = align > UNIT_SIZE ? align / UNIT_SIZE + 1 : 0;
    struct block *b =
        extra < MAX_UNITS - units ? sk_lists_find(&lists, units + (uint32_t)extra) : NULL;

    if (b == NULL) {
        return NULL;
    }
    uint32_t front = front_of(b, align);
    if (!block_is_sound(b) || !block_is_free(b) ||
        !is_filled(b, front + units, block_units(b)) || !sk_lists_take(&lists, b)) {
        *ret_finding = finding_of(DAMAGE_REUSED, b);
        return NULL;
    }
    b = skip(b, front, site);
    b->size &= ~IS_FREE;
    cut(b, size, site);
    return b;
}

/* Under the lock: more memory, for a block of units. */
static bool grow(uint32_t units, size_t align)
{
    size_t need = ((size_t)units + 4) * UNIT_SIZE + align;
    size_t size;

    if (pools == NULL) {
        add_pool(sk_heap_arena, sk_heap_arena_size);
        return pools != NULL;
    }
    /* Half of what is there: the number of pools stays small. */
    void *memory = sk_heap_more(need > all_sizes / 2 ? need : all_sizes / 2, &size);
    if (size == 0) {
        memory = sk_heap_more(need, &size);
    }
    add_pool(memory, size);
    return size != 0;
}

void *sk_heap_take(size_t size, size_t align, uint32_t site)
{
    uint32_t units = block_units_for(size);
    struct heap_finding finding = {0};
    struct block *b;

    if (units == 0) {
        return NULL;
    }
    lock_take(&lock);
    do {
        b = take(size, align, site, &finding);
    } while (b == NULL && finding.block == 0 && grow(units, align));
    lock_release(&lock);
    if (finding.block != 0) {
        sk_heap_panic(finding, NULL, site);
    }
    return b != NULL ? block_payload(b) : NULL;
}

/*
 * Take the free block behind b out of its list, if there is one: its units, which are b's to
 * have, or 0. False if that was written to; so many units of it will be used.
 */
static bool take_next(struct block *b, uint32_t use, uint32_t *ret_units,
                      struct heap_finding *ret_finding)
{
    struct block *next = after(b);

    *ret_units = 0;
    if (!block_is_free(next)) {
        return true;
    }
    if (!is_filled(next, use, block_units(next)) || !sk_lists_take(&lists, next)) {
        *ret_finding = finding_of(DAMAGE_REUSED, next);
        return false;
    }
    *ret_units = block_units(next);
    return true;
}

/* Under the lock: b is in use, and is not from now on. */
static bool release(struct block *b, uint32_t site, struct heap_finding *ret_finding)
{
    uint32_t more;

    if (!take_next(b, 0, &more, ret_finding)) {
        return false;
    }
    fill(b + 1, block_units(b) - 1 + (more != 0 ? 2 : 0));
    uint32_t units = block_units(b) + more;
    if (b->prev != 0 && block_is_free(b - b->prev)) {
        struct block *before = b - b->prev;

        if (!block_is_sound(before) || !sk_lists_take(&lists, before)) {
            *ret_finding = finding_of(DAMAGE_REUSED, before);
            return false;
        }
        /* The header stays as that of a freed block, for whoever frees it again. */
        b->size |= IS_FREE;
        b->site = site;
        fill(b, 1);
        units += block_units(before);
        b = before;
    }
    b->site = site;
    set_size(b, units, IS_FREE);
    sk_lists_put(&lists, b);
    return true;
}

void sk_heap_give(void *p, uint32_t site)
{
    struct heap_finding finding;
    struct block *b;

    lock_take(&lock);
    bool is_well = find_block(p, &b, &finding) && release(b, site, &finding);
    lock_release(&lock);
    if (!is_well) {
        sk_heap_panic(finding, p, site);
    }
}

bool sk_heap_resize(void *p, size_t size, uint32_t site, size_t *ret_size)
{
    uint32_t units = block_units_for(size);
    struct heap_finding finding;
    struct block *b;
    bool fits = false;

    lock_take(&lock);
    bool is_well = find_block(p, &b, &finding);
    if (is_well) {
        *ret_size = block_payload_size(b);
        struct block *next = after(b);
        uint32_t room = block_units(b) + (block_is_free(next) ? block_units(next) : 0);

        uint32_t now = block_units(b);
        uint32_t more;

        fits = units != 0 && units <= room;
        is_well = !fits || take_next(b, units > now ? units - now : 0, &more, &finding);
        if (fits && is_well) {
            set_size(b, now + more, 0);
            if (units < now) {
                fill(b + units, now - units + (more != 0 ? 2 : 0));
            }
            cut(b, size, site);
        }
    }
    lock_release(&lock);
    if (!is_well) {
        sk_heap_panic(finding, p, site);
    }
    return fits;
}

/* Count a pool's blocks. False, and what is wrong, if one is damaged. */
static bool survey(struct pool *pool, struct sk_heap_stats *stats,
                   struct heap_finding *ret_finding)
{
    for (struct block *b = first_of(pool); b < pool->end; b = after(b)) {
        size_t size = (size_t)block_units(b) * UNIT_SIZE;

        if (!block_is_sound(b) || size == 0) {
            *ret_finding = (struct heap_finding){DAMAGE_HEADER, (uintptr_t)(b + 1), 0};
            return false;
        }
        if (!block_is_free(b)) {
            if (!block_pad_is_whole(b)) {
                *ret_finding = finding_of(DAMAGE_END, b);
                return false;
            }
            stats->used += size;
            stats->blocks++;
        } else if (!is_filled(b, block_units(b), block_units(b))) {
            *ret_finding = finding_of(DAMAGE_REUSED, b);
            return false;
        } else if (size > stats->largest) {
            stats->largest = size;
        }
    }
    return true;
}

size_t sk_heap_list(struct block **ret_blocks, size_t room)
{
    size_t count = 0;

    lock_take(&lock);
    for (struct pool *pool = pools; pool != NULL; pool = pool->next) {
        for (struct block *b = first_of(pool); b < pool->end; b = after(b)) {
            if (!block_is_free(b)) {
                if (count < room) {
                    ret_blocks[count] = b;
                }
                count++;
            }
        }
    }
    lock_release(&lock);
    return count;
}

void sk_heap_check(struct sk_heap_stats *ret_stats)
{
    struct sk_heap_stats stats = {0};
    struct heap_finding finding;
    bool is_well = true;

    lock_take(&lock);
    if (pools == NULL) {
        add_pool(sk_heap_arena, sk_heap_arena_size);
    }
    for (struct pool *pool = pools; pool != NULL && is_well; pool = pool->next) {
        is_well = survey(pool, &stats, &finding);
    }
    stats.size = all_sizes;
    lock_release(&lock);
    if (!is_well) {
        sk_heap_panic(finding, NULL, SITE);
    }
    *ret_stats = stats;
}
