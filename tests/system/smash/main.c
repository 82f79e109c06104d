/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/rt/main.h>

/* Writes size bytes into a smaller array, in a way that no compiler sees through. */
__attribute__((noinline)) static char fill(volatile int size)
{
    char text[16];
    volatile char *to = text;

    for (int i = 0; i < size; i++) {
        to[i] = 'x';
    }
    return to[0];
}

SK_ROOT_TASK(bi)
{
    (void)fill(16);
    (void)fill(40);
    return 0;
}
