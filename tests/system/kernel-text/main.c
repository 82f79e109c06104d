/*
 * The kernel's code is mapped in every address space, but not for us to execute.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <stdint.h>

#include <selkie/rt/main.h>
#include <selkie/rt/print.h>

SK_ROOT_TASK(bi)
{
    uintptr_t text = 0xffffffffc0001000u; /* early in the kernel's image, real or ours */

    sk_puts("jumping into the kernel");
    ((void (*)(void))text)();
    sk_puts("and back");
    return 0;
}
