/* SPDX-License-Identifier: BSD-2-Clause */
#include "table.h"

#include <stdint.h>

#include "nearest.h"

enum { FIRST_CAPACITY = 16, MOST_COMPARED = 2000 };

/* FNV-1a. */
static uint64_t hash(const char *name)
{
    uint64_t h = 0xcbf29ce484222325u;

    for (const char *c = name; *c != '\0'; c++) {
        h = (h ^ (unsigned char)*c) * 0x100000001b3u;
    }
    return h ^ (h >> 32);
}

/* The entry of a name, or the free one where it belongs. */
static struct table_entry *place_of(const struct table *t, const char *name)
{
    size_t i = (size_t)hash(name) & (t->capacity - 1);

    while (t->entries[i].name != NULL && !str_equal(t->entries[i].name, name)) {
        i = (i + 1) & (t->capacity - 1);
    }
    return &t->entries[i];
}

static void grow(struct table *t)
{
    struct table old = *t;

    t->capacity = old.capacity == 0 ? (size_t)FIRST_CAPACITY : old.capacity * 4;
    t->entries = arena_take(t->arena, t->capacity * sizeof(*t->entries));
    for (size_t i = 0; i < old.capacity; i++) {
        if (old.entries[i].name != NULL) {
            *place_of(t, old.entries[i].name) = old.entries[i];
        }
    }
}

void *table_add(struct table *t, const char *name, void *value)
{
    if (t->count * 2 >= t->capacity) {
        grow(t);
    }
    struct table_entry *entry = place_of(t, name);
    if (entry->name != NULL) {
        return entry->value;
    }
    *entry = (struct table_entry){.name = name, .value = value};
    t->count++;
    return NULL;
}

void *table_find(const struct table *t, const char *name)
{
    return t->capacity == 0 ? NULL : place_of(t, name)->value;
}

const char *table_suggest(const struct table *t, const char *wrong, const char *otherwise)
{
    const char **names = arena_take(t->arena, (t->capacity + 1) * sizeof(*names));
    size_t count = 0;

    for (size_t i = 0; i < t->capacity && count < MOST_COMPARED; i++) {
        if (t->entries[i].name != NULL) {
            names[count++] = t->entries[i].name;
        }
    }
    return suggest(t->arena, wrong, names, count, otherwise);
}
