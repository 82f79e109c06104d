/* SPDX-License-Identifier: BSD-2-Clause */
#include "source.h"

#include <errno.h>
#include <stdint.h>
#include <string.h>

enum { LONGEST_EXCERPT = 160 };

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

size_t utf8_length(const char *s, size_t size)
{
    static const struct {
        unsigned char mask, mark;
        uint32_t least;
    } kinds[] = {
        {0x80, 0x00, 0}, {0xe0, 0xc0, 0x80}, {0xf0, 0xe0, 0x800}, {0xf8, 0xf0, 0x10000}};
    unsigned char first = size == 0 ? 0xff : (unsigned char)*s;

    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        if ((first & kinds[i].mask) != kinds[i].mark) {
            continue;
        }
        uint32_t value = first & (unsigned char)~kinds[i].mask;
        for (size_t k = 1; k <= i; k++) {
            if (k >= size || ((unsigned char)s[k] & 0xc0) != 0x80) {
                return 0;
            }
            value = value << 6 | ((unsigned char)s[k] & 0x3f);
        }
        bool is_surrogate = value >= 0xd800 && value < 0xe000;
        return value < kinds[i].least || value > 0x10ffff || is_surrogate ? 0 : i + 1;
    }
    return 0;
}

struct place source_place(const struct source *source, size_t offset)
{
    struct place at = {source, 1, 1};

    for (size_t i = 0; i < offset && i < source->size; i++) {
        if (source->text[i] == '\n') {
            at.line++;
            at.col = 1;
        } else if (((unsigned char)source->text[i] & 0xc0) != 0x80) {
            at.col++;
        }
    }
    return at;
}

/* Characters that do something to a terminal become blanks, bytes that are none '?'. */
static void print_line(const char *line, size_t length, FILE *out)
{
    for (size_t i = 0; i < length;) {
        size_t size = utf8_length(line + i, length - i);
        unsigned char c = (unsigned char)line[i];
        bool is_control = size == 1 && (c < 0x20 || c == 0x7f);
        bool is_high_control = size == 2 && c == 0xc2 && (unsigned char)line[i + 1] < 0xa0;
        if (size == 0) {
            fputc('?', out);
        } else if (is_control || is_high_control) {
            fputc(' ', out);
        } else {
            fwrite(line + i, 1, size, out);
        }
        i += size == 0 ? 1 : size;
    }
}

void place_excerpt(struct place at, FILE *out)
{
    if (at.source == NULL || at.line == 0) {
        return;
    }
    const char *line = at.source->text;
    for (int i = 1; i < at.line && line != NULL; i++) {
        line = strchr(line, '\n');
        line = line == NULL ? NULL : line + 1;
    }
    if (line == NULL || *line == '\0') {
        return;
    }
    size_t length = strcspn(line, "\r\n");
    if (length > LONGEST_EXCERPT) {
        length = LONGEST_EXCERPT;
    }
    fputs("    ", out);
    print_line(line, length, out);
    fputc('\n', out);
    if (at.col >= 1 && (size_t)at.col <= length + 1) {
        fprintf(out, "    %*s^\n", at.col - 1, "");
    }
}
