/*
 * lint: small checks of the source text, one job each.
 *
 * Each check reads one file and reports through finding(); main counts. Rules are those of
 * STYLE.md, and a finding quotes the part of it that it rests on.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/* A file, split at its newlines; the lines hold no newline. */
struct text {
    const char *path;
    char **lines;
    size_t line_count;
};

/* Reports a finding at line (from 1; 0 for the whole file). what ends without a full stop. */
void finding(const struct text *text, size_t line, const char *what);

/* Lengths, characters, comments, `#if`, goto, SPDX. */
void lint_text(const struct text *text);

/* Include order: no layer may include one above it. layers is the text of mk/layers. */
void lint_layers(const struct text *text, const char *layers);

bool has_suffix(const char *string, const char *suffix);
bool has_prefix(const char *string, const char *prefix);
