/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/rt/main.h>
#include <selkie/rt/print.h>

SK_ROOT_TASK(bi)
{
    volatile int *volatile nowhere = (int *)0x123450;

    sk_puts("about to fault");
    *nowhere = 1;
    sk_puts("this must not be printed");
    return 0;
}
