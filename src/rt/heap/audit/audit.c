/*
 * The audit of a heap: what costs too much to be done in every program.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "../heap.h"

#include <selkie/rt/heap.h>
#include <selkie/rt/panic.h>
#include <selkie/rt/print.h>

#define NAMED 8 /* blocks that are named one by one */

void sk_heap_fill(struct block *from, uint32_t units)
{
    uint64_t *word = (uint64_t *)from;

    for (const uint64_t *end = (const uint64_t *)(from + units); word < end; word++) {
        *word = FILL;
    }
}

bool sk_heap_is_filled(const struct block *from, uint32_t units)
{
    const uint64_t *word = (const uint64_t *)from;

    for (const uint64_t *end = (const uint64_t *)(from + units); word < end; word++) {
        if (*word != FILL) {
            return false;
        }
    }
    return true;
}

void sk_heap_audit(void)
{
    struct block *used[NAMED];
    struct sk_heap_stats stats;

    sk_heap_check(&stats);
    size_t count = sk_heap_list(used, NAMED);
    for (size_t i = 0; i < count && i < NAMED; i++) {
        sk_printf("heap: %lu bytes at 0x%lx, allocated at pc 0x%lx, were not freed\n",
                  (unsigned long)block_payload_size(used[i]),
                  (unsigned long)(uintptr_t)block_payload(used[i]),
                  (unsigned long)sk_heap_pc_of(used[i]->site));
    }
    if (count != 0) {
        sk_panic("heap: a leak of %lu blocks", (unsigned long)count);
    }
}

/* The last destructor: what programs have may still free. */
__attribute__((destructor(101))) static void audit_at_end(void)
{
    sk_heap_audit();
}
