/*
 * A program with a main(): constructors run before it, functions of atexit and then destructors
 * behind it, the last one first.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <stddef.h>

#include <selkie/base/assert.h>
#include <selkie/rt/exit.h>
#include <selkie/rt/print.h>

int main(int argc, char **argv, char **envp);

static int calls;

__attribute__((constructor)) static void begin(void)
{
    sk_puts("constructor");
}

__attribute__((destructor(201))) static void last(void)
{
    sk_printf("last destructor, %d calls\n", calls);
}

__attribute__((destructor(202))) static void first(void)
{
    sk_puts("first destructor");
}

static void late(void)
{
    sk_puts("registered while others ran");
}

static void registered_first(void)
{
    sk_puts("registered first");
}

static void registered_last(void)
{
    sk_puts("registered last");
    sk_assert(atexit(late) == 0);
}

static void count(void)
{
    calls++;
}

int main(int argc, char **argv, char **envp)
{
    sk_printf("main: %d %s %s\n", argc, argv[0], envp[0]);
    sk_assert(argv[argc] == NULL && envp[1] == NULL);
    sk_assert(atexit(registered_first) == 0);
    for (int i = 0; i < 30; i++) {
        sk_assert(atexit(count) == 0);
    }
    sk_assert(atexit(registered_last) == 0);
    sk_assert(atexit(count) == -1);
    exit(7);
}
