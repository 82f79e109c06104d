/*
 * The files that every program starts with: standard input, output and error.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdbool.h>

/*
 * To be called first. What was closed is opened: otherwise the next files and pipes would take
 * its number. Input and error become /dev/null; output becomes /dev/full, so that what is
 * printed, or written to /dev/stdout, is not lost unnoticed.
 */
void sk_standard_open(void);

/* To be called last. False: standard output did not take all of it, and that was printed. */
bool sk_standard_close(void);
