/*
 * A write that runs up from a local array over all that is mapped there: stack, TLS, what rt
 * keeps in static variables, IPC buffer. The fault at the end is reported nevertheless.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/rt/main.h>

__attribute__((noinline)) static void overrun(volatile char *to)
{
    for (;;) {
        *to++ = 'x';
    }
}

SK_ROOT_TASK(bi)
{
    char text[16];

    overrun(text);
    return 0;
}
