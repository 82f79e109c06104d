/*
 * The free blocks, in lists by size: the two-level segregated fit of Masmano and others. A row
 * is a power of two of units, cut into COLUMNS columns; two levels of bitmaps find the first
 * list that has a block.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include "../heap.h"

#define COLUMN_BITS 4
#define COLUMNS     (1 << COLUMN_BITS)
#define ROWS        28 /* up to MAX_UNITS */

/* The payload of a free block. Lists are rings, through the oldest block of each. */
struct link {
    struct link *next;
    struct link *prev;
};

struct lists {
    uint32_t rows;          /* which have a block */
    uint16_t columns[ROWS]; /* which have one, of each row */
    struct link *first[ROWS][COLUMNS];
};

/* Put a free block last into its list, and fill it. */
void sk_lists_put(struct lists *l, struct block *b);

/* Take a free block out. False if it was written to since it was put. */
bool sk_lists_take(struct lists *l, struct block *b);

/* A free block of at least so many units, or NULL; it stays where it is. */
struct block *sk_lists_find(const struct lists *l, uint32_t units);
