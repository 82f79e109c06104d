/*
 * A panic does not unwind functions of another language: it ends the program before anything
 * was dropped, and says whose function it was.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/rt/catch.h>
#include <selkie/rt/main.h>
#include <selkie/rt/panic.h>
#include <selkie/rt/print.h>

void call_through(void (*fn)(void));

static void name_drop(const char **name)
{
    sk_printf("drop %s: this must not be printed\n", *name);
}

static void fail(void)
{
    __attribute__((cleanup(name_drop), unused)) const char *owned = "inner";

    sk_panic("through another language");
}

static void work(void *arg)
{
    call_through((void (*)(void))arg);
}

SK_ROOT_TASK(bi)
{
    sk_outcome outcome = sk_catch(work, (void *)fail);

    sk_printf("this must not be printed: %d\n", (int)outcome.how);
    return 0;
}
