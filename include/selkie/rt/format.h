/*
 * The formatter behind sk_printf, for text that goes elsewhere than to the sink.
 * The conversions are those of selkie/rt/print.h.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdarg.h>
#include <stddef.h>

#include <selkie/base/attr.h>

/* Takes one piece of the text. Pieces come in order and may be of any size above 0. */
typedef void sk_format_put(void *arg, const char *text, size_t size);

/* Format args, handing each piece and arg to put. */
SK_PRINTF(3, 0)
void sk_vformat(sk_format_put *put, void *arg, const char *format, va_list args);

/*
 * Format into buffer, which has room for size bytes and gets a NUL in any case (when
 * size is not 0). Returns the length of the whole text: it was cut if that is not
 * less than size.
 */
SK_PRINTF(3, 4) size_t sk_format(char *buffer, size_t size, const char *format, ...);

SK_PRINTF(3, 0)
size_t sk_vformat_buffer(char *buffer, size_t size, const char *format, va_list args);
