/* SPDX-License-Identifier: BSD-2-Clause */
#include <microkit.h>

/* What assert() of C libraries calls; the program may have its own. */
void __assert_fail(const char *what, const char *file, int line, const char *function);

__attribute__((weak)) void __assert_fail(const char *what, const char *file, int line,
                                         const char *function)
{
    microkit_dbg_puts(microkit_name);
    microkit_dbg_puts(": assertion failed: ");
    microkit_dbg_puts(what);
    microkit_dbg_puts(" in ");
    microkit_dbg_puts(function);
    microkit_dbg_puts(" at ");
    microkit_dbg_puts(file);
    microkit_dbg_puts(":");
    microkit_dbg_put32((seL4_Uint32)line);
    microkit_dbg_puts("\n");
    __builtin_trap();
}
