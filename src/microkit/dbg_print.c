/* SPDX-License-Identifier: BSD-2-Clause */
#include <microkit.h>

void microkit_dbg_putc(int c)
{
    seL4_DebugPutChar((char)c);
}

void microkit_dbg_puts(const char *s)
{
    while (*s != '\0') {
        microkit_dbg_putc(*s++);
    }
}

void microkit_dbg_put8(seL4_Uint8 x)
{
    microkit_dbg_put32(x);
}

void microkit_dbg_put32(seL4_Uint32 x)
{
    char digits[11]; /* 2^32 - 1, and a NUL */
    char *first = &digits[10];

    *first = '\0';
    do {
        *--first = (char)('0' + x % 10);
        x /= 10;
    } while (x != 0);
    microkit_dbg_puts(first);
}
