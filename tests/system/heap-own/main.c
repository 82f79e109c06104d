/*
 * A program brings its own malloc and free, and no heap of rt's is linked.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/rt/heap.h>
#include <selkie/rt/main.h>
#include <selkie/rt/print.h>

static _Alignas(16) char only[64];
static unsigned calls;

void *malloc(size_t size)
{
    calls++;
    return size <= sizeof(only) ? only : NULL;
}

void free(void *block)
{
    calls += block == only;
}

SK_ROOT_TASK(bi)
{
    void *volatile p = malloc(10);
    void *volatile none = malloc(100);

    free(p);
    sk_printf("own heap: %u calls\n", calls);
    return p == only && none == NULL ? 0 : 1;
}
