/* SPDX-License-Identifier: BSD-2-Clause */
#include "source.h"

#include <errno.h>
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
    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)line[i];
        fputc(c == '\t' || c < 0x20 || c == 0x7f ? ' ' : c, out);
    }
    fputc('\n', out);
    if (at.col >= 1 && (size_t)at.col <= length + 1) {
        fprintf(out, "    %*s^\n", at.col - 1, "");
    }
}
