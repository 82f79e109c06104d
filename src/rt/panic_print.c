/* SPDX-License-Identifier: BSD-2-Clause */
#include "panic.h"

#include <selkie/rt/backtrace.h>
#include <selkie/rt/print.h>

void sk_panic_print(const char *file, int line, const char *format, va_list args,
                    const void *stack)
{
    sk_printf("panic: %s:%d: ", file, line);
    sk_vprintf(format, args);
    sk_puts("");
    sk_backtrace_print((uintptr_t)stack, UINTPTR_MAX);
}
