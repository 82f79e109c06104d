/* SPDX-License-Identifier: BSD-2-Clause */
#include "nearest.h"

#include <string.h>

enum { LONGEST_NAME = 96 };

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Levenshtein's distance: single letters added, dropped or changed. */
static size_t distance(const char *a, const char *b)
{
    size_t b_length = strlen(b);
    size_t row[LONGEST_NAME + 1];
    for (size_t j = 0; j <= b_length; j++) {
        row[j] = j;
    }
    for (size_t i = 0; a[i] != '\0'; i++) {
        size_t diagonal = row[0];
        row[0] = i + 1;
        for (size_t j = 0; j < b_length; j++) {
            size_t change = diagonal + (a[i] == b[j] ? 0 : 1);
            diagonal = row[j + 1];
            row[j + 1] = smaller(change, smaller(diagonal, row[j]) + 1);
        }
    }
    return row[b_length];
}

const char *nearest(const char *wrong, const char *const *names, size_t name_count)
{
    const char *best = NULL;
    size_t wrong_length = strlen(wrong);
    size_t best_distance = wrong_length / 3 + 1;
    if (wrong_length > LONGEST_NAME) {
        return NULL;
    }
    for (size_t i = 0; i < name_count; i++) {
        if (names[i] == NULL || strlen(names[i]) > LONGEST_NAME) {
            continue;
        }
        size_t d = distance(wrong, names[i]);
        /* Where every letter is wrong, nothing was meant. */
        bool is_near = d <= best_distance && d < wrong_length;
        if (is_near && (best == NULL || d < best_distance)) {
            best = names[i];
            best_distance = d;
        }
    }
    return best;
}

const char *suggest(struct arena *a, const char *wrong, const char *const *names,
                    size_t name_count, const char *otherwise)
{
    const char *near = nearest(wrong, names, name_count);
    return near == NULL ? otherwise : arena_printf(a, "did you mean '%s'?", near);
}
