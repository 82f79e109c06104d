/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/rt/heap.h>
#include <selkie/rt/main.h>
#include <selkie/rt/print.h>

#include "../heap/misuse.h"

SK_ROOT_TASK(bi)
{
    char *before = malloc(40);
    char *p = malloc(40);

    free(before);
    free(p);
    free(hidden(p));
    sk_puts("not found");
    return 0;
}
