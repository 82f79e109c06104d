/*
 * The guard page is also hit from below, by what runs past the end of static variables. That is
 * no stack overflow, and is not called so.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/rt/main.h>

static char initialised[16] = "below the stack";

SK_ROOT_TASK(bi)
{
    volatile char *to = initialised;

    __asm__("" : "+r"(to));
    for (;;) {
        *to++ = 'x';
    }
}
