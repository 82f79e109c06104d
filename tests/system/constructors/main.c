/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/rt/main.h>
#include <selkie/rt/print.h>

static int order[3];
static int count;

__attribute__((constructor)) static void last(void)
{
    order[count++] = 3;
}

__attribute__((constructor(202))) static void second(void)
{
    order[count++] = 2;
}

/* Constructors may print, and call the kernel. */
__attribute__((constructor(201))) static void first(void)
{
    seL4_Yield();
    sk_puts("a constructor runs");
    order[count++] = 1;
}

SK_ROOT_TASK(bi)
{
    sk_printf("%d constructors ran: %d %d %d\n", count, order[0], order[1], order[2]);
    return 0;
}
