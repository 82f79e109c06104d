/*
 * From addresses to functions, files and lines, by a program's debug information (libdw).
 *
 * sk_symbols_explain() knows the lines of a console log that have addresses of code:
 *
 *     backtrace: 0x4002f4 (0x4002b4) 0x400988      from rt
 *     in thread 0x... at address 0x400244          from a debug kernel
 *
 * and says for each address where it is; the functions that are inlined there come first.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

struct sk_symbols;

/* Read the program at path. False: a complaint was printed. */
bool sk_symbols_open(const char *path, struct sk_symbols **ret_symbols);

/* Print what is known of the addresses in line, a text without a new line; mostly nothing. */
void sk_symbols_explain(struct sk_symbols *symbols, const char *line, FILE *out);

/* Free it. NULL is allowed. */
void sk_symbols_close(struct sk_symbols *symbols);

/* A log that is explained while it is read; it begins as {.symbols = ...}. */
struct sk_log {
    struct sk_symbols *symbols;
    char line[1024]; /* so far; what is longer is not looked at */
    size_t length;
};

/* Copy a piece of the log to out, each line followed by its explanation. */
void sk_log_feed(struct sk_log *log, const char *data, size_t size, FILE *out);

/* The log has ended; its last line may lack a new line. */
void sk_log_end(struct sk_log *log, FILE *out);
