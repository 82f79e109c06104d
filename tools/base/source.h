/*
 * Files that were read, and places in them for diagnostics.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdio.h>

#include "memory.h"

/* A file that was read: path for diagnostics, label for comments in what we write. */
struct source {
    const char *path;
    const char *label;
    const char *text; /* NUL-terminated */
    size_t size;
};

/* A position in a source; source may be NULL (the command line), line 0 (the file). */
struct place {
    const struct source *source;
    int line;
    int col;
};

/* The whole of a file, or NULL with errno set. Both names are copied into the arena. */
struct source *source_read(struct arena *a, const char *path, const char *label);

/* Print the line that a place is on, shortened, and a caret below its column, if it has one. */
void place_excerpt(struct place at, FILE *out);
