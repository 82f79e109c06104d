/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/rt/heap.h>
#include <selkie/rt/main.h>
#include <selkie/rt/print.h>

#include "../heap/misuse.h"

SK_ROOT_TASK(bi)
{
    char *p = malloc(40);

    free(hidden(p + 5));
    sk_puts("not found");
    return 0;
}
