/* SPDX-License-Identifier: BSD-2-Clause */
#include "panic.h"

#include <stddef.h>

#include <selkie/rt/backtrace.h>
#include <selkie/rt/print.h>

void sk_panic_print(const char *file, int line, const char *format, va_list args,
                    const void *stack)
{
    if (file != NULL) {
        sk_printf("panic: %s:%d: ", file, line);
    } else {
        sk_printf("panic: fault: ");
    }
    sk_vprintf(format, args);
    sk_puts("");
    sk_backtrace_print((uintptr_t)stack, UINTPTR_MAX);
}
