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

/* The length in bytes of the UTF-8 character at s, of at most size bytes; 0: there is none. */
size_t utf8_length(const char *s, size_t size);

/* The place of a byte of a source. Columns count characters. */
struct place source_place(const struct source *source, size_t offset);

/* Print the line that a place is on, shortened, and a caret below its column, if it has one. */
void place_excerpt(struct place at, FILE *out);
