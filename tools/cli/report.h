/*
 * Diagnostics: one line that says what is wrong, one that says what to type. A reader of stderr
 * that takes nothing for a second loses what follows: nothing here blocks for ever.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdbool.h>

#include <selkie/base/attr.h>

/* What the tool is called; its main.c says it. */
extern const char sk_report_name[];

/* "selkie: error: ..." on stderr. Always returns false. */
bool sk_report_error(const char *format, ...) SK_PRINTF(1, 2);

/* "help: ..." on stderr. Always returns false. */
bool sk_report_help(const char *format, ...) SK_PRINTF(1, 2);

/* "selkie: note: ..." on stderr. */
void sk_report_note(const char *format, ...) SK_PRINTF(1, 2);

/* A line of another program, as it is, on stderr. */
void sk_report_line(const char *text);
