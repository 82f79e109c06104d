/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/rt/heap.h>
#include <selkie/rt/main.h>
#include <selkie/rt/print.h>

#include "../heap/misuse.h"

SK_ROOT_TASK(bi)
{
    char *p = malloc(100);

    free(p);
    ((char *)hidden(p))[40] = 1;
    for (int i = 0; i < 1000; i++) {
        p = malloc(100);
    }
    sk_puts("not found");
    return 0;
}
