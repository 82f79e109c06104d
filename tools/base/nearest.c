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

void nearest_consider(struct nearest *n, const char *name)
{
    size_t length = strlen(n->word);

    if (length > LONGEST_NAME || strlen(name) > LONGEST_NAME) {
        return;
    }
    size_t d = distance(n->word, name);
    /* A third of the letters may be wrong, and one always; if all are, nothing was meant. */
    bool is_near = d <= length / 3 + 1 && d < length;
    if (is_near && (n->best == NULL || d < n->distance)) {
        n->best = name;
        n->distance = d;
    }
}

const char *nearest(const char *wrong, const char *const *names, size_t name_count)
{
    struct nearest n = {.word = wrong};

    for (size_t i = 0; i < name_count; i++) {
        if (names[i] != NULL) {
            nearest_consider(&n, names[i]);
        }
    }
    return n.best;
}

const char *suggest(struct arena *a, const char *wrong, const char *const *names,
                    size_t name_count, const char *otherwise)
{
    const char *near = nearest(wrong, names, name_count);
    return near == NULL ? otherwise : arena_printf(a, "did you mean '%s'?", near);
}
