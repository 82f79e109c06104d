/* SPDX-License-Identifier: BSD-2-Clause */
#include "platform/pl011.h"

enum { DATA = 0x00 / 4, FLAGS = 0x18 / 4 };

#define FLAG_FULL (1u << 5)

void sk_kpl011_putc(volatile uint32_t *uart, char c)
{
    while ((uart[FLAGS] & FLAG_FULL) != 0) {
    }
    uart[DATA] = (unsigned char)c;
}
