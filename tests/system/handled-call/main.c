/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/rt/main.h>

SK_ROOT_TASK(bi)
{
    /* Registers that are not the number do not matter: it is a fault. */
    __asm__ volatile("mov x7, #1234\n svc #0" : : : "x7", "memory");
    return 0;
}
