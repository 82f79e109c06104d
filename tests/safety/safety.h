/*
 * A case of the corpus: a small program with one mistake, and the same without it.
 *
 *     BAD
 *     {
 *         ... what somebody wrote ...
 *     }
 *
 * and then GOOD, the fixed twin. Where a mistake depends on a value that a program gets from
 * elsewhere, the case gets it from given(), which no compiler sees through. README.md has the
 * rest of the format.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <selkie/base/attr.h>

#include "library.h"

struct safety_case {
    const char *file;
    const char *which; /* "bad" or "good" */
    void (*run)(void);
};

/* Each becomes a function and an entry of the section that runners walk. */
#define SAFETY_ENTRY __attribute__((used, aligned(8), section("safety_cases")))
#define SAFETY_FUNCTION(name)                                                            \
    static void name(void);                                                              \
    static const struct safety_case name##_entry SAFETY_ENTRY = {__FILE__, #name, name}; \
    static void name(void)
#define BAD  SAFETY_FUNCTION(bad)
#define GOOD SAFETY_FUNCTION(good)

/* Run the case that arguments ("bad NAME") names, or every twin ("good"). The exit status. */
int safety_main(const char *arguments);

/* --- what stands for the rest of a program. Compilers see declarations only. */

/* A value from outside: value. */
long given(long value);
/* The same for a text. */
char *given_text(char *text);
/* Look at size bytes. */
void use(const void *bytes, size_t size);
/* Keep a pointer for later, and have it again. */
void keep(void *pointer);
void *kept(void);
/* Run fn(arg) in two threads at once, until both have ended. */
void in_two_threads(void (*fn)(void *arg), void *arg);
/* Print; the compiler checks the arguments. */
SK_PRINTF(1, 2) void show(const char *format, ...);
/* As snprintf and vsnprintf. */
SK_PRINTF(3, 4) int text_format(char *buffer, size_t size, const char *format, ...);
SK_PRINTF(3, 0)
int text_vformat(char *buffer, size_t size, const char *format, va_list args);
