/*
 * The smallest program that prints: its size is compared with the budget.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/rt/main.h>
#include <selkie/rt/print.h>

SK_ROOT_TASK(bi)
{
    sk_puts("hello, seL4");
    return 0;
}
