/*
 * Coverage: which invocations ended with which results, and with what types of capabilities.
 * It looks at each system call as the kernel sees it, so an invocation counts as one only if
 * the capability is not an endpoint's, a notification's or a reply's.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include "core/kernel.h"

/* The running thread is about to make a system call; it has made it. */
void coverage_before(struct kernel *k);
void coverage_after(void);

/*
 * Print the tables, a line each:
 *
 *   cover INVOCATION RESULT0 ... RESULT10            how many calls ended with each result
 *   type CAPABILITY TARGET-GOOD TARGET-BAD ARGUMENT-GOOD ARGUMENT-BAD MESSAGE
 *                                                    bad: the invocation failed; MESSAGE: how
 *                                                    many were sent along to an endpoint
 *   calls SYSCALL MADE AT-ONCE                       AT-ONCE: the caller could go on
 */
void coverage_print(void);
