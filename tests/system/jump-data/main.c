/*
 * Memory that can be written holds no code: a jump there is a fault.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <stdint.h>

#include <selkie/rt/main.h>
#include <selkie/rt/print.h>

static volatile uint32_t code[2];

SK_ROOT_TASK(bi)
{
    code[0] = 0xd65f03c0; /* ret */
    sk_puts("jumping");
    ((void (*)(void))(uintptr_t)code)();
    return 0;
}
