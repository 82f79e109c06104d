/*
 * Panics that end the program where they happen. The unwinding library has another sk_panic_at,
 * and another sk_catch.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/rt/panic.h>

#include <stdarg.h>
#include <stdbool.h>

#include <selkie/rt/exit.h>

#include "panic.h"

SK_NORETURN void sk_panic_at(const char *file, int line, const char *format, ...)
{
    static bool is_printing;
    va_list args;

    /* A panic from the program's own sink must not print again. */
    if (!__atomic_exchange_n(&is_printing, true, __ATOMIC_RELAXED)) {
        va_start(args, format);
        sk_panic_print(file, line, format, args, __builtin_frame_address(0));
        va_end(args);
    }
    sk_exit(SK_EXIT_PANIC);
}
