/*
 * Ground floor of skgen: memory, growing text, places in files, and diagnostics.
 *
 * skgen runs once and leaves. All that it reads is kept in one arena until main()
 * ends, so nothing here is freed piece by piece. Bad input ends the process: refuse()
 * prints one diagnostic and exits with status 125, the status of every Selkie tool
 * that was given something it cannot use.
 *
 *     idl/sel4/generic/errors.xml:12:5: error: unknown element 'enmu'
 *         <enmu name="seL4_Error">
 *         ^
 *     help: did you mean 'enum'?
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

enum { SKGEN_EXIT_BAD_INPUT = 125 };

/* Memory that lives until arena_fini(). {0} is an empty arena. */
struct arena {
    struct arena_block *blocks;
};

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

/* Growing text. {0} is empty; data is NUL-terminated once something was added. */
struct text {
    char *data;
    size_t length;
    size_t capacity;
};

/* Zeroed memory of size bytes, aligned for any type. Never NULL. */
void *arena_take(struct arena *a, size_t size);

/* A copy of length bytes of s, NUL-terminated. */
char *arena_copy(struct arena *a, const char *s, size_t length);

/* printf into the arena. */
[[gnu::format(printf, 2, 3)]] char *arena_printf(struct arena *a, const char *format, ...);

void arena_fini(struct arena *a);

/* Append bytes, a string, or printf's result. */
void text_add(struct text *t, const char *s, size_t length);
void text_adds(struct text *t, const char *s);
[[gnu::format(printf, 2, 3)]] void text_addf(struct text *t, const char *format, ...);

void text_fini(struct text *t);

/* The whole of a file, or NULL with errno set. Both names are copied into the arena. */
struct source *source_read(struct arena *a, const char *path, const char *label);

/* Print "place: error: ...", the line if there is one, "help: ..." if help is given; exit. */
[[gnu::noreturn, gnu::format(printf, 3, 4)]] void refuse(struct place at, const char *help,
                                                         const char *format, ...);

/* The name closest to wrong, or NULL when none is close enough to be meant. */
const char *nearest(const char *wrong, const char *const *names, size_t name_count);

/* "did you mean 'x'?" for the nearest of names, or otherwise. */
const char *suggest(struct arena *a, const char *wrong, const char *const *names,
                    size_t name_count, const char *otherwise);

/* "set_mc_priority" for "SetMCPriority". */
const char *snake_case(struct arena *a, const char *name);

bool str_equal(const char *a, const char *b);
bool str_starts(const char *s, const char *prefix);
