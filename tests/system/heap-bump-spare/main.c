/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/rt/heap.h>
#include <selkie/rt/main.h>
#include <selkie/rt/print.h>

#include "../heap/misuse.h"

SK_ROOT_TASK(bi)
{
    char *p = realloc(malloc(50), 45);
    char *same = hidden(p);

    /* A block of 48 bytes has them, and no header of another behind it. */
    same[45] = 0;
    free(p);
    sk_puts("not found");
    return 0;
}
