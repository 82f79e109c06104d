/*
 * What seL4_Assert of the raw headers, and assert() of C libraries, call when they fail.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/base/assert.h>

SK_NORETURN void __assert_fail(const char *what, const char *file, int line,
                               const char *function);

SK_NORETURN void __assert_fail(const char *what, const char *file, int line,
                               const char *function)
{
    sk_panic_at(file, line, "assertion failed in %s: %s", function, what);
}
