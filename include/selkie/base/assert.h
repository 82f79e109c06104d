/*
 * Assertions: for our bugs, not for the world's errors.
 *
 * The layer above decides what a panic is: rt prints and ends the program with status 2, the
 * host's unit tests fail.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <selkie/base/attr.h>

/* Reports file, line and the message, and does not return. Defined by rt. */
SK_NORETURN SK_PRINTF(3, 4) void sk_panic_at(const char *file, int line, const char *format,
                                             ...);

/* Panics unless cond holds. Evaluated in every configuration. */
#define sk_assert(cond) \
    ((cond) ? (void)0 : sk_panic_at(__FILE__, __LINE__, "assertion failed: %s", #cond))

/*
 * Stops the thread by a trap unless cond holds: sk_assert() for code below rt, where there is
 * nobody to tell.
 */
#define sk_require(cond) ((cond) ? (void)0 : __builtin_trap())
