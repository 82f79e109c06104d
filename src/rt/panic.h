/*
 * What the two ways to panic share: saying so.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdarg.h>

#include <selkie/base/attr.h>

/*
 * Print the line of a panic (of a fault, if file is NULL), and the backtrace from the frame
 * record at stack.
 */
SK_PRINTF(3, 0)
void sk_panic_print(const char *file, int line, const char *format, va_list args,
                    const void *stack);
