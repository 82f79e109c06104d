/* SPDX-License-Identifier: BSD-2-Clause */
#include "suggest.h"

#include <string.h>

enum { LENGTH_MAX = 32 };

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Letters to insert, delete or replace to get from a to b; LENGTH_MAX for long words. */
static size_t edit_distance(const char *a, const char *b)
{
    size_t row[LENGTH_MAX + 1];
    size_t a_length = strlen(a), b_length = strlen(b);

    if (a_length > LENGTH_MAX || b_length > LENGTH_MAX) {
        return LENGTH_MAX;
    }
    for (size_t j = 0; j <= b_length; j++) {
        row[j] = j;
    }
    for (size_t i = 1; i <= a_length; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= b_length; j++) {
            size_t replaced = diagonal + (a[i - 1] != b[j - 1]);
            diagonal = row[j];
            row[j] = least(replaced, least(row[j], row[j - 1]) + 1);
        }
    }
    return row[b_length];
}

void sk_suggestion_consider(struct sk_suggestion *s, const char *name)
{
    size_t distance = edit_distance(s->word, name);

    /* Near: a third of the letters wrong at most, but one is always forgiven. */
    if (distance <= 1 + strlen(name) / 3 && (s->best == NULL || distance < s->distance)) {
        s->best = name;
        s->distance = distance;
    }
}
