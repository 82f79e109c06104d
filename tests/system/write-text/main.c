/*
 * Code and constants can be read, and a write to them is a fault.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <stdint.h>

#include <selkie/rt/main.h>
#include <selkie/rt/print.h>

SK_ROOT_TASK(bi)
{
    volatile uint32_t *code = (volatile uint32_t *)(uintptr_t)&sk_root_task;

    sk_printf("the first instruction is there: %d\n", *code != 0);
    *code = *code;
    return 0;
}
