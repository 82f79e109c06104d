/*
 * Printing on the program's sink (selkie/rt/sink.h).
 *
 * sk_printf knows these conversions, and the compiler checks the arguments:
 *
 *   %s %c         text and characters; %.5s and %.*s print at most that many bytes
 *   %d %i %u      decimal
 *   %x %X         hexadecimal
 *   %f %e %g %a   a double, to the last digit as it is; large letters too
 *   %p            a pointer, as 0x and hexadecimal digits
 *   %%            a percent sign
 *
 * with a field width (%8x, %*d), zero padding (%08x), left alignment (%-8s), signs
 * (%+d, % d) and the lengths l, ll and z; of a double also precision and # (%#.3g). At any
 * other conversion the rest of the format is printed as it stands, because the
 * arguments cannot be trusted from there on. A NULL for %s prints "(null)".
 *
 * Doubles are printed by programs that are linked with selkie-float ("uses := selkie-float"
 * and "ldflags := -Wl,-u,sk_format_float"); it rounds correctly, what is halfway to even, and
 * takes 1.6 KiB of stack. Without it "(%f: link selkie-float)" is printed in place of each.
 *
 * Nothing here allocates. A program that only uses sk_puts carries no formatter.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdarg.h>

#include <selkie/base/attr.h>

/* Print text and a new line. */
void sk_puts(const char *text);

/* Print a formatted text, with no new line of its own. */
SK_PRINTF(1, 2) void sk_printf(const char *format, ...);

SK_PRINTF(1, 0) void sk_vprintf(const char *format, va_list args);
