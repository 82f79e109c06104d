/* SPDX-License-Identifier: BSD-2-Clause */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "compare.h"

#define LINE 256

enum { TABLE_BITS = 9, LARGE_BITS = 21, PAGE_BITS = 12, LEAF_LEVEL = 3 };

static unsigned shift_of(unsigned level)
{
    return PAGE_BITS + TABLE_BITS * (LEAF_LEVEL - level);
}

static void entry_name(uint64_t vaddr, unsigned level, char *slot)
{
    snprintf(slot, 24, "0x%" PRIx64, vaddr >> shift_of(level) & ((1u << TABLE_BITS) - 1));
}

/* What the tables of a VSpace have at an address, at a level; NULL: nothing. */
static const char *walk(const struct audit *a, const char *root, uint64_t vaddr, unsigned level)
{
    const char *table = root;
    char slot[24];

    for (unsigned l = 0; l < level && table != NULL; l++) {
        entry_name(vaddr, l, slot);
        table = found_at(&a->found, table, slot);
    }
    if (table == NULL) {
        return NULL;
    }
    entry_name(vaddr, level, slot);
    return found_at(&a->found, table, slot);
}

/* At which level of table the entry for it is. */
static unsigned level_of(const struct audit *a, const json_t *m)
{
    const json_t *object = json_object_get(a->object_of, text(m, "object"));
    unsigned level = (unsigned)number(m, "level");
    uint64_t bits = number(object, "size_bits");

    return level > 0 ? level - 1 : bits == PAGE_BITS ? 3 : bits == LARGE_BITS ? 2 : 1;
}

static void attributes_of(const struct audit *a, const json_t *m, char *line)
{
    const char *rights = text(m, "rights");
    bool is_uncached = json_is_true(json_object_get(m, "uncached"));

    snprintf(line, LINE, "(%s%s%s%s)", strchr(rights, 'r') != NULL ? "R" : "",
             strchr(rights, 'w') != NULL ? "W" : "",
             json_is_true(json_object_get(m, "execute")) ? "X" : "",
             a->found.is_probed ? ""
             : is_uncached      ? ", uncached"
                                : ", cached");
}

/* Probes tell of pages by their addresses. */
static const char *find_page(const struct audit *a, const char *root, uint64_t vaddr,
                             unsigned level)
{
    char slot[24];

    if (!a->found.is_probed) {
        return walk(a, root, vaddr, level);
    }
    snprintf(slot, sizeof(slot), "0x%" PRIx64, vaddr);
    return found_at(&a->found, root, slot);
}

/* Tables of upper levels are met before what is in them. Returns how many entries there are. */
static uint64_t compare_level(struct audit *a, const char *vspace, const char *root,
                              unsigned level, bool is_table)
{
    char where[LINE], attributes[LINE];
    uint64_t count = 0;
    size_t n;
    json_t *m;

    json_array_foreach(json_object_get(a->model, "mappings"), n, m)
    {
        if (strcmp(text(m, "vspace"), vspace) != 0 || level_of(a, m) != level ||
            (number(m, "level") > 0) != is_table) {
            continue;
        }
        attributes_of(a, m, attributes);
        for (uint64_t i = 0; i < number(m, "count"); i++, count++) {
            uint64_t vaddr = number(m, "vaddr") + (i << shift_of(level));
            const char *found = find_page(a, root, vaddr, level);

            snprintf(where, sizeof(where), "%s, 0x%" PRIx64, vspace, vaddr);
            if (found == NULL) {
                differs(a, where, "is not mapped, and should be %s", text(m, "object"));
                continue;
            }
            meet(a, where, found, text(m, "object"), number(m, "first") + i,
                 is_table || strstr(found, " (device)") != NULL ? NULL : attributes);
        }
    }
    return count;
}

/* All entries of a found table and of those below it. */
static uint64_t count_entries(const struct audit *a, const char *table)
{
    const json_t *entries = json_object_get(a->found.contents, table);
    uint64_t count = json_object_size(entries);
    const char *slot;
    json_t *found;

    json_object_foreach((json_t *)entries, slot, found)
    {
        if (strncmp(json_string_value(found), "pt_", 3) == 0) {
            count += count_entries(a, json_string_value(found));
        }
    }
    return count;
}

void compare_space(struct audit *a, const char *vspace)
{
    const char *root = met_name(a, vspace, 0), *slot;
    uint64_t count = 0;
    json_t *found;

    if (root == NULL) {
        differs(a, vspace, "no thread has it");
        return;
    }
    for (unsigned level = 0; level <= LEAF_LEVEL; level++) {
        count += a->found.is_probed ? 0 : compare_level(a, vspace, root, level, true);
        count += compare_level(a, vspace, root, level, false);
    }
    json_object_foreach(json_object_get(a->found.contents, root), slot, found)
    {
        if (strcmp(json_string_value(found), "another") == 0) {
            differs(a, vspace, "something is mapped at %s, and should not be", slot);
        }
    }
    if (count_entries(a, root) != count) {
        differs(a, vspace, "%" PRIu64 " things are mapped, and %" PRIu64 " should be",
                count_entries(a, root), count);
    }
}
