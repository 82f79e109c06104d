/*
 * Which known name did somebody mean?
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stddef.h>

struct sk_suggestion {
    const char *word; /* what was typed */
    const char *best; /* the nearest name so far, or NULL */
    size_t distance;
};

/* Consider name; it becomes best if it is near word and nearer than the last. */
void sk_suggestion_consider(struct sk_suggestion *s, const char *name);
