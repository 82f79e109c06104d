/*
 * A panic that nobody catches runs the drops all the same, and then ends the program.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/rt/main.h>
#include <selkie/rt/panic.h>
#include <selkie/rt/print.h>

static void name_drop(const char **name)
{
    sk_printf("drop %s\n", *name);
}

__attribute__((noinline)) static void fail(int code)
{
    __attribute__((cleanup(name_drop), unused)) const char *inner = "inner";

    if (code == 3) {
        sk_panic("code %d", code);
    }
}

SK_ROOT_TASK(bi)
{
    __attribute__((cleanup(name_drop), unused)) const char *outer = "outer";
    volatile int code = 3;

    fail(code);
    sk_puts("this must not be printed");
    return 0;
}
