/* SPDX-License-Identifier: BSD-2-Clause */
#include "memory.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct arena_block {
    struct arena_block *next;
    max_align_t data[];
};

enum { EXIT_NO_MEMORY = 125 };

static void *must(void *memory)
{
    if (memory == NULL) {
        fputs("error: out of memory\nhelp: free some memory and try again\n", stderr);
        exit(EXIT_NO_MEMORY);
    }
    return memory;
}

void *arena_take(struct arena *a, size_t size)
{
    struct arena_block *block = must(calloc(1, sizeof(*block) + size));
    block->next = a->blocks;
    a->blocks = block;
    return block->data;
}

char *arena_copy(struct arena *a, const char *s, size_t length)
{
    char *copy = arena_take(a, length + 1);
    memcpy(copy, s, length);
    return copy;
}

char *arena_printf(struct arena *a, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int length = vsnprintf(NULL, 0, format, args);
    va_end(args);

    char *out = arena_take(a, (size_t)length + 1);
    va_start(args, format);
    vsnprintf(out, (size_t)length + 1, format, args);
    va_end(args);
    return out;
}

void arena_fini(struct arena *a)
{
    while (a->blocks != NULL) {
        struct arena_block *next = a->blocks->next;
        free(a->blocks);
        a->blocks = next;
    }
}

static void reserve(struct text *t, size_t extra)
{
    if (t->length + extra + 1 <= t->capacity) {
        return;
    }
    size_t capacity = (t->length + extra + 1) * 2;
    t->data = must(realloc(t->data, capacity));
    t->capacity = capacity;
}

void text_add(struct text *t, const char *s, size_t length)
{
    reserve(t, length);
    if (length > 0) {
        memcpy(t->data + t->length, s, length);
    }
    t->length += length;
    t->data[t->length] = '\0';
}

void text_adds(struct text *t, const char *s)
{
    text_add(t, s, strlen(s));
}

void text_addf(struct text *t, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int length = vsnprintf(NULL, 0, format, args);
    va_end(args);

    reserve(t, (size_t)length);
    va_start(args, format);
    vsnprintf(t->data + t->length, (size_t)length + 1, format, args);
    va_end(args);
    t->length += (size_t)length;
}

void text_fini(struct text *t)
{
    free(t->data);
    *t = (struct text){0};
}

bool str_equal(const char *a, const char *b)
{
    return strcmp(a, b) == 0;
}

bool str_starts(const char *s, const char *prefix)
{
    return strncmp(s, prefix, strlen(prefix)) == 0;
}
