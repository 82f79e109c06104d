/*
 * Without unwinding the same code runs: sk_catch calls, and a panic ends the program before
 * any drop.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/rt/catch.h>
#include <selkie/rt/main.h>
#include <selkie/rt/panic.h>
#include <selkie/rt/print.h>

static void name_drop(const char **name)
{
    sk_printf("drop %s\n", *name);
}

static void work(void *arg)
{
    __attribute__((cleanup(name_drop), unused)) const char *owned = "at the end";

    if (*(int *)arg != 0) {
        sk_panic("not %d", *(int *)arg);
    }
}

SK_ROOT_TASK(bi)
{
    int code = 0;

    sk_outcome outcome = sk_catch(work, &code);
    sk_printf("returned: %d\n", outcome.how == SK_RETURNED);
    code = 1;
    outcome = sk_catch(work, &code);
    sk_printf("this must not be printed: %d\n", (int)outcome.how);
    return 0;
}
