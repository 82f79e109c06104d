/* SPDX-License-Identifier: BSD-2-Clause */
#include "lists.h"

#define LIST_TRIES 4 /* blocks of the request's own list that are looked at */

#define FILL_WORDS 4 /* of a free block, behind its link */

struct place {
    unsigned row;
    unsigned column;
};

static unsigned highest_bit(uint32_t value)
{
    return 31 - (unsigned)__builtin_clz(value);
}

static struct place place_of(uint32_t units)
{
    if (units < COLUMNS) {
        return (struct place){0, units};
    }
    unsigned power = highest_bit(units);

    return (struct place){
        power - COLUMN_BITS + 1,
        units >> (power - COLUMN_BITS) & (COLUMNS - 1),
    };
}

static struct link *link_of(struct block *b)
{
    return (struct link *)(b + 1);
}

static struct block *block_at(struct link *l)
{
    return (struct block *)l - 1;
}

/* The filled words of a block, which has room for its link and perhaps a few of them. */
static unsigned filled_words(const struct block *b)
{
    unsigned words = (block_units(b) - 2) * (UNIT_SIZE / sizeof(uint64_t));

    return words < FILL_WORDS ? words : FILL_WORDS;
}

void sk_lists_put(struct lists *l, struct block *b)
{
    struct place place = place_of(block_units(b));
    struct link **first = &l->first[place.row][place.column];
    struct link *link = link_of(b);
    uint64_t *words = (uint64_t *)(link + 1);
    unsigned count = filled_words(b);

    for (unsigned i = 0; i < count; i++) {
        words[i] = FILL;
    }
    if (*first == NULL) {
        *first = link->next = link->prev = link;
        l->columns[place.row] |= (uint16_t)(1 << place.column);
        l->rows |= (uint32_t)1 << place.row;
        return;
    }
    link->next = *first;
    link->prev = (*first)->prev;
    link->prev->next = link;
    link->next->prev = link;
}

static bool is_untouched(const struct block *b)
{
    const uint64_t *words = (const uint64_t *)((const struct link *)(b + 1) + 1);
    unsigned count = filled_words(b);

    for (unsigned i = 0; i < count; i++) {
        if (words[i] != FILL) {
            return false;
        }
    }
    return true;
}

/* A pointer to a link that can be followed. */
static bool is_sound(struct link *l)
{
    return (uintptr_t)l % UNIT_SIZE == 0 && l != NULL;
}

bool sk_lists_take(struct lists *l, struct block *b)
{
    struct place place = place_of(block_units(b));
    struct link **first = &l->first[place.row][place.column];
    struct link *link = link_of(b);

    if (!is_sound(link->next) || !is_sound(link->prev) || !is_untouched(b) ||
        link->next->prev != link || link->prev->next != link) {
        return false;
    }
    link->next->prev = link->prev;
    link->prev->next = link->next;
    if (*first == link) {
        *first = link->next != link ? link->next : NULL;
    }
    if (*first == NULL) {
        l->columns[place.row] &= (uint16_t) ~(1 << place.column);
        if (l->columns[place.row] == 0) {
            l->rows &= ~((uint32_t)1 << place.row);
        }
    }
    return true;
}

/* In the list of the request's own size some blocks are large enough and some are not. */
static struct block *find_near(const struct lists *l, struct place place, uint32_t units)
{
    struct link *first = l->first[place.row][place.column];
    struct link *link = first;

    for (unsigned i = 0; link != NULL && i < LIST_TRIES; i++) {
        if (block_units(block_at(link)) >= units) {
            return block_at(link);
        }
        link = link->next;
        if (link == first || !is_sound(link)) {
            break;
        }
    }
    return NULL;
}

struct block *sk_lists_find(const struct lists *l, uint32_t units)
{
    struct place place = place_of(units);
    struct block *near = find_near(l, place, units);

    if (near != NULL) {
        return near;
    }
    uint32_t columns = l->columns[place.row] & ~(uint32_t)0 << (place.column + 1);
    if (columns == 0) {
        uint32_t rows = l->rows & ~(uint32_t)1 << place.row;

        if (rows == 0) {
            return NULL;
        }
        place.row = (unsigned)__builtin_ctz(rows);
        columns = l->columns[place.row];
    }
    return block_at(l->first[place.row][__builtin_ctz(columns)]);
}
