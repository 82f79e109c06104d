/*
 * Which known name did somebody mean?
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include "memory.h"

struct nearest {
    const char *word; /* what was typed */
    const char *best; /* the nearest name so far, or NULL: none was close enough to be meant */
    size_t distance;
};

/* Consider name, which stays; it becomes best if it is near word and nearer than the last. */
void nearest_consider(struct nearest *n, const char *name);

/* The name closest to wrong, or NULL when none is close enough to be meant. */
const char *nearest(const char *wrong, const char *const *names, size_t name_count);

/* "did you mean 'x'?" for the nearest of names, or otherwise. */
const char *suggest(struct arena *a, const char *wrong, const char *const *names,
                    size_t name_count, const char *otherwise);
