/*
 * Tables: what is known by which name. Looking up takes the same time however many there are.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include "memory.h"

struct table_entry {
    const char *name; /* NULL: free */
    void *value;
};

/* {.arena = a} is an empty table; what it needs, and nothing else, comes from the arena. */
struct table {
    struct arena *arena;
    struct table_entry *entries;
    size_t capacity; /* 0 or a power of two */
    size_t count;
};

/*
 * Enter value, not NULL, under name, which the table does not copy. NULL; or what the name has
 * already, which stays.
 */
void *table_add(struct table *t, const char *name, void *value);

/* What name has, or NULL. */
void *table_find(const struct table *t, const char *name);

/* The nearest of the names as "did you mean 'x'?", or otherwise. */
const char *table_suggest(const struct table *t, const char *wrong, const char *otherwise);
