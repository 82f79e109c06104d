/* SPDX-License-Identifier: BSD-2-Clause */
#include "microkit.h"

/* The monitor, or the parent, is then told the address. */
SK_NORETURN void microkit_internal_crash(seL4_Error err)
{
    volatile int *address = (volatile int *)(uintptr_t)err;

    /* The compiler must not see where it is: it knows that nothing is there. */
    __asm__("" : "+r"(address));
    *address = 0;
    __builtin_trap();
}
