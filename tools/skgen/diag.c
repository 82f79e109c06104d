/* SPDX-License-Identifier: BSD-2-Clause */
#include "base.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LONGEST_NAME = 96, LONGEST_EXCERPT = 160 };

/* The line a place is on, shortened, and a caret below its column. */
static void print_excerpt(struct place at)
{
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
    fputs("    ", stderr);
    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)line[i];
        fputc(c == '\t' || c < 0x20 || c == 0x7f ? ' ' : c, stderr);
    }
    fputc('\n', stderr);
    if (at.col >= 1 && (size_t)at.col <= length + 1) {
        fprintf(stderr, "    %*s^\n", at.col - 1, "");
    }
}

void refuse(struct place at, const char *help, const char *format, ...)
{
    fflush(stdout);
    if (at.source == NULL) {
        fputs("skgen: error: ", stderr);
    } else if (at.line == 0) {
        fprintf(stderr, "%s:1:1: error: ", at.source->path);
    } else {
        fprintf(stderr, "%s:%d:%d: error: ", at.source->path, at.line, at.col);
    }
    va_list args;
    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
    fputc('\n', stderr);
    if (at.source != NULL && at.line != 0) {
        print_excerpt(at);
    }
    if (help != NULL) {
        fprintf(stderr, "help: %s\n", help);
    }
    exit(SKGEN_EXIT_BAD_INPUT);
}

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Levenshtein's distance: single letters added, dropped or changed. */
static size_t distance(const char *a, const char *b)
{
    size_t b_length = strlen(b);
    size_t row[LONGEST_NAME + 1];
    for (size_t j = 0; j <= b_length; j++) {
        row[j] = j;
    }
    for (size_t i = 0; a[i] != '\0'; i++) {
        size_t diagonal = row[0];
        row[0] = i + 1;
        for (size_t j = 0; j < b_length; j++) {
            size_t change = diagonal + (a[i] == b[j] ? 0 : 1);
            diagonal = row[j + 1];
            row[j + 1] = smaller(change, smaller(diagonal, row[j]) + 1);
        }
    }
    return row[b_length];
}

const char *nearest(const char *wrong, const char *const *names, size_t name_count)
{
    const char *best = NULL;
    size_t wrong_length = strlen(wrong);
    size_t best_distance = wrong_length / 3 + 1;
    if (wrong_length > LONGEST_NAME) {
        return NULL;
    }
    for (size_t i = 0; i < name_count; i++) {
        if (names[i] == NULL || strlen(names[i]) > LONGEST_NAME) {
            continue;
        }
        size_t d = distance(wrong, names[i]);
        if (d <= best_distance && (best == NULL || d < best_distance)) {
            best = names[i];
            best_distance = d;
        }
    }
    return best;
}

const char *suggest(struct arena *a, const char *wrong, const char *const *names,
                    size_t name_count, const char *otherwise)
{
    const char *near = nearest(wrong, names, name_count);
    return near == NULL ? otherwise : arena_printf(a, "did you mean '%s'?", near);
}
