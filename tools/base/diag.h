/*
 * Diagnostics that are collected: a tool that goes on after an error tells them all, in the
 * order of their places.
 *
 *     hello.system:7:14: error: element 'end', attribute 'pd': there is no ... 'clinet'
 *         <end pd="clinet" id="0" />
 *                  ^
 *     help: did you mean 'client'?
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include "source.h"

struct diag {
    struct arena *arena; /* the messages are kept here */
    struct diag_message *last;
    size_t kept_count; /* after so many, more are only counted */
    size_t error_count;
    size_t warning_count;
};

/* Add an error, or a warning. help is what to type. Characters that could do harm to a
 * terminal are replaced, and what is very long is cut. */
[[gnu::format(printf, 4, 5)]] void diag_error(struct diag *d, struct place at, const char *help,
                                              const char *format, ...);
[[gnu::format(printf, 4, 5)]] void diag_warning(struct diag *d, struct place at,
                                                const char *help, const char *format, ...);

/* Print the first errors and warnings, 20 of either at most, and how many more there are. */
void diag_print(const struct diag *d, FILE *out);
