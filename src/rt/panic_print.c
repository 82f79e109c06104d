/* SPDX-License-Identifier: BSD-2-Clause */
#include "panic.h"

#include <stddef.h>

#include <selkie/rt/backtrace.h>
#include <selkie/rt/hooks.h>
#include <selkie/rt/print.h>

/* Only if the program has it. */
__attribute__((weak)) void sk_hook_panic(const char *file, int line);

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
    if (sk_hook_panic != NULL) {
        sk_hook_panic(file, line);
    }
}
