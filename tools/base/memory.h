/*
 * Memory and growing text for tools that run once and leave.
 *
 * What a tool reads it keeps in an arena until it ends, so nothing is freed piece by piece.
 * Out of memory ends the process with status 125 and a diagnostic: no tool goes on from there.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/* Memory that lives until arena_fini(). {0} is an empty arena. */
struct arena {
    struct arena_block *blocks;
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

bool str_equal(const char *a, const char *b);
bool str_starts(const char *s, const char *prefix);
