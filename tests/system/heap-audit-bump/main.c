/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/rt/heap.h>
#include <selkie/rt/main.h>
#include <selkie/rt/print.h>

#include "../heap/misuse.h"

SK_ROOT_TASK(bi)
{
    char *kept = hidden(malloc(40));
    char *freed = malloc(100);

    free(freed);
    kept[0] = 1;
    sk_puts("the end");
    return 0;
}
