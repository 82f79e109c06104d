/* SPDX-License-Identifier: BSD-2-Clause */
#include "base.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct arena_block {
    struct arena_block *next;
    max_align_t data[];
};

static void *must(void *memory)
{
    if (memory == NULL) {
        refuse((struct place){0}, "free some memory and try again", "out of memory");
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

struct source *source_read(struct arena *a, const char *path, const char *label)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        return NULL;
    }
    struct text content = {0};
    char chunk[16384];
    size_t got;
    while ((got = fread(chunk, 1, sizeof(chunk), file)) > 0) {
        text_add(&content, chunk, got);
    }
    bool is_bad = ferror(file) != 0;
    int reason = errno;
    fclose(file);

    struct source *source = NULL;
    if (!is_bad) {
        source = arena_take(a, sizeof(*source));
        source->path = arena_copy(a, path, strlen(path));
        source->label = arena_copy(a, label, strlen(label));
        source->text = arena_copy(a, content.data == NULL ? "" : content.data, content.length);
        source->size = content.length;
    }
    text_fini(&content);
    errno = reason;
    return source;
}

bool str_equal(const char *a, const char *b)
{
    return strcmp(a, b) == 0;
}

bool str_starts(const char *s, const char *prefix)
{
    return strncmp(s, prefix, strlen(prefix)) == 0;
}

static bool is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool is_lower(char c)
{
    return c >= 'a' && c <= 'z';
}

const char *snake_case(struct arena *a, const char *name)
{
    struct text out = {0};
    for (const char *c = name; *c != '\0'; c++) {
        bool begins =
            is_upper(*c) && c != name && c[-1] != '_' && (!is_upper(c[-1]) || is_lower(c[1]));
        if (begins) {
            text_add(&out, "_", 1);
        }
        char low = is_upper(*c) ? (char)(*c - 'A' + 'a') : *c;
        text_add(&out, &low, 1);
    }
    const char *copy = arena_copy(a, out.data, out.length);
    text_fini(&out);
    return copy;
}
