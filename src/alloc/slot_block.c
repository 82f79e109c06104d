/* SPDX-License-Identifier: BSD-2-Clause */
#include "slot_block.h"

#include <selkie/base/assert.h>
#include <selkie/rt/string.h>

/* start[] is of bytes: the words of the largest block's bitmaps are fewer. */
_Static_assert((2u << SK_SLOT_BLOCK_BITS) / 64 + SK_SLOT_BLOCK_ORDERS < 256,
               "words are counted");
_Static_assert(sizeof(struct sk_slot_block) + 8 * SK_SLOT_BLOCK_ORDERS <= 512,
               "SK_SLOT_BLOCK_SIZE() has room for it");

static bool is_set(const struct sk_slot_block *b, unsigned order, seL4_Word row)
{
    return b->bits[b->start[order] + row / 64] >> (row % 64) & 1;
}

static void set(struct sk_slot_block *b, unsigned order, seL4_Word row)
{
    b->bits[b->start[order] + row / 64] |= (uint64_t)1 << (row % 64);
    b->summary[order] |= (uint64_t)1 << (row / 64);
    b->orders |= 1u << order;
}

static void clear(struct sk_slot_block *b, unsigned order, seL4_Word row)
{
    uint64_t *word = &b->bits[b->start[order] + row / 64];

    *word &= ~((uint64_t)1 << (row % 64));
    if (*word == 0) {
        b->summary[order] &= ~((uint64_t)1 << (row / 64));
        if (b->summary[order] == 0) {
            b->orders &= ~(1u << order);
        }
    }
}

void sk_slot_block_init(struct sk_slot_block *b, unsigned radix_bits)
{
    unsigned words = 0;

    sk_require(radix_bits <= SK_SLOT_BLOCK_BITS);
    memset(b, 0, SK_SLOT_BLOCK_SIZE(radix_bits));
    b->radix_bits = (uint8_t)radix_bits;
    b->fit = SK_SLOT_BLOCK_NO_FIT;
    for (unsigned order = 0; order <= radix_bits; order++) {
        b->start[order] = (uint8_t)words;
        words += radix_bits - order > 6 ? 1u << (radix_bits - order - 6) : 1;
    }
    b->words = (uint16_t)words;
}

/* Is one of count rows free, a power of two of them, from a multiple of count on? */
static bool is_one_set(const struct sk_slot_block *b, unsigned order, seL4_Word row,
                       seL4_Word count)
{
    const uint64_t *word = &b->bits[b->start[order] + row / 64];
    uint64_t found = 0;

    if (count < 64) {
        return (*word >> (row % 64) & (((uint64_t)1 << count) - 1)) != 0;
    }
    for (; count != 0; count -= 64) {
        found |= *word++;
    }
    return found != 0;
}

/* Is any slot of the aligned row free, as a part of it or of a larger one? */
static bool is_any_free(const struct sk_slot_block *b, unsigned order, seL4_Word row)
{
    for (unsigned n = order; n <= b->radix_bits; n++) {
        if (is_set(b, n, row >> (n - order))) {
            return true;
        }
    }
    for (unsigned n = 0; n < order; n++) {
        if (is_one_set(b, n, row << (order - n), (seL4_Word)1 << (order - n))) {
            return true;
        }
    }
    return false;
}

/* A row becomes free, and is joined with its other half as often as that is free. */
static void give_row(struct sk_slot_block *b, unsigned order, seL4_Word row)
{
    while (order < b->radix_bits && is_set(b, order, row ^ 1)) {
        clear(b, order, row ^ 1);
        row >>= 1;
        order++;
    }
    set(b, order, row);
}

/* The order of the longest row that starts at place and has at most count slots. */
static unsigned order_at(const struct sk_slot_block *b, seL4_Word place, seL4_Word count)
{
    unsigned length = seL4_WordBits - 1 - (unsigned)__builtin_clzl(count);
    unsigned align = place == 0 ? b->radix_bits : (unsigned)__builtin_ctzl(place);

    return length < align ? length : align;
}

static void give_rows(struct sk_slot_block *b, seL4_Word place, seL4_Word count)
{
    while (count != 0) {
        unsigned order = order_at(b, place, count);

        sk_require(!is_any_free(b, order, place >> order));
        give_row(b, order, place >> order);
        place += (seL4_Word)1 << order;
        count -= (seL4_Word)1 << order;
    }
}

seL4_Word sk_slot_block_take(struct sk_slot_block *b, unsigned order, seL4_Word count)
{
    unsigned found = order + (unsigned)__builtin_ctz(b->orders >> order);
    unsigned word = (unsigned)__builtin_ctzl(b->summary[found]);
    seL4_Word row =
        word * (seL4_Word)64 + (unsigned)__builtin_ctzl(b->bits[b->start[found] + word]);
    seL4_Word place = row << found;

    clear(b, found, row);
    /* Of each half that is too long, the upper half stays. */
    while (found > order) {
        found--;
        row <<= 1;
        set(b, found, row + 1);
    }
    b->free_count -= (uint16_t)count;
    give_rows(b, place + count, ((seL4_Word)1 << order) - count);
    return place;
}

void sk_slot_block_give(struct sk_slot_block *b, seL4_Word place, seL4_Word count)
{
    give_rows(b, place, count);
    b->free_count += (uint16_t)count;
    memset(sk_slot_block_tags(b) + place, 0, count * sizeof(uint32_t));
}

bool sk_slot_block_is_free(const struct sk_slot_block *b, seL4_Word place)
{
    return is_any_free(b, 0, place);
}

/* Is no row said to be free twice, and are the summaries right? Counts what is free. */
static bool check_order(const struct sk_slot_block *b, unsigned order, seL4_Word *free_count)
{
    seL4_Word rows = (seL4_Word)1 << (b->radix_bits - order);
    uint64_t summary = 0;

    for (seL4_Word row = 0; row < rows; row++) {
        if (!is_set(b, order, row)) {
            continue;
        }
        summary |= (uint64_t)1 << (row / 64);
        *free_count += (seL4_Word)1 << order;
        if (order < b->radix_bits && is_set(b, order, row ^ 1)) {
            return false;
        }
        for (unsigned n = order + 1; n <= b->radix_bits; n++) {
            if (is_set(b, n, row >> (n - order))) {
                return false;
            }
        }
    }
    return summary == b->summary[order] && (summary != 0) == (b->orders >> order & 1);
}

bool sk_slot_block_check(const struct sk_slot_block *b)
{
    seL4_Word free_count = 0;

    for (unsigned order = 0; order <= b->radix_bits; order++) {
        if (!check_order(b, order, &free_count)) {
            return false;
        }
    }
    return free_count == b->free_count && free_count <= b->count;
}
