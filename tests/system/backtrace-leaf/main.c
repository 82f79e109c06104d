/*
 * The backtrace of a fault in a function that calls nothing, and so has no frame record: its
 * caller is there all the same.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/rt/main.h>
#include <selkie/rt/print.h>

__attribute__((noinline)) static void leaf(volatile int *to)
{
    *to = 1;
}

__attribute__((noinline)) static void caller(volatile int *to)
{
    leaf(to);
    sk_puts("this must not be printed");
}

SK_ROOT_TASK(bi)
{
    caller((volatile int *)0x123450);
    return 0;
}
