/*
 * What the tests reach: how often each invocation is made, and how often a check looked at
 * each of its results. A result that no check looks at is not counted.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <sel4/types.h>

/* An invocation starts, and has come back. counted.h and invoke() say so. */
void coverage_started(seL4_Word label);
void coverage_ended(seL4_Word label);

/* A check looks at the result of the last invocation that came back. */
void coverage_checked(seL4_Error result);

/* Print the table, a line an invocation: "cover NAME made result0 ... result10". */
void coverage_print(void);
