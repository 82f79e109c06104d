/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/rt/panic.h>

#include <stdarg.h>

#include <selkie/rt/exit.h>
#include <selkie/rt/print.h>

SK_NORETURN void sk_panic_at(const char *file, int line, const char *format, ...)
{
    va_list args;

    sk_printf("panic: %s:%d: ", file, line);
    va_start(args, format);
    sk_vprintf(format, args);
    va_end(args);
    sk_puts("");
    sk_exit(SK_EXIT_PANIC);
}
