/*
 * Measures the general heap: how much memory a trace needs, and between marks, which the
 * counting plugin notes, the trace again and pairs of malloc and free.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/arch/rt/mark.h>
#include <selkie/rt/heap.h>
#include <selkie/rt/main.h>
#include <selkie/rt/panic.h>
#include <selkie/rt/print.h>

#include "replay.h"

#define PAIRS 1000

static void *volatile kept;

SK_ROOT_TASK(bi)
{
    struct sk_heap_stats stats;
    unsigned steps = replay_init();

    replay();
    sk_heap_check(&stats);
    sk_assert(stats.blocks == 0);
    sk_printf("steps %u\nmost %zu\nneeded %zu\n", steps, replay_most(),
              (size_t)(replay_highest() - (uintptr_t)sk_heap_arena));
    sk_arch_mark(0);
    replay();
    sk_arch_mark(1);
    for (unsigned i = 0; i < PAIRS; i++) {
        kept = malloc(64);
        free(kept);
    }
    sk_arch_mark(2);
    return 0;
}
