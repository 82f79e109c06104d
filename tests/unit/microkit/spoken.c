/*
 * What the monitor prints is kept; registers are of the machine, and left out.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <selkie/rt/print.h>

#include "sample.h"

static char kept[8192];
static size_t length;

SK_PRINTF(1, 0) static void keep(const char *format, va_list args)
{
    int more = vsnprintf(kept + length, sizeof(kept) - length, format, args);

    if (more > 0) {
        length += (size_t)more;
    }
}

void sk_printf(const char *format, ...)
{
    va_list args;

    va_start(args, format);
    keep(format, args);
    va_end(args);
}

void sk_puts(const char *text)
{
    sk_printf("%s\n", text);
}

void sk_monitor_registers(const seL4_UserContext *registers)
{
    (void)registers;
}

const char *spoken(void)
{
    static char said[sizeof(kept)];

    memcpy(said, kept, length + 1);
    length = 0;
    kept[0] = '\0';
    return said;
}
