/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/rt/heap.h>
#include <selkie/rt/main.h>
#include <selkie/rt/print.h>

#include "../heap/misuse.h"

SK_ROOT_TASK(bi)
{
    char *p = hidden(malloc(40));

    char *behind = malloc(10);

    __builtin_memset(p, 5, 50);
    free(p);
    free(behind);
    sk_puts("not found");
    return 0;
}
