/*
 * A barrier: a fixed number of threads wait for each other, again and again.
 *
 *     static struct sk_barrier step;
 *
 *     for (;;) {
 *         compute(my_part);
 *         if (sk_barrier_wait(&step)) {
 *             exchange(all_parts);         // one of them, while the others go on
 *         }
 *         sk_barrier_wait(&step);
 *     }
 *
 * What each thread did before is seen by all of them after. The last one makes one system call,
 * each of the others one to wait and one to let the next go on; a barrier of one thread makes
 * none. Only as many threads as it is for may use it, always the same: a thread that ends, or
 * panics, leaves the others waiting.
 *
 * Traps: more threads than it is for, where that shows; a barrier for nobody; the end of one at
 * which threads wait.
 *
 * Priorities: all wait for the slowest, so all of them run as if they had its priority, or its
 * budget. Who is let go first is the kernel's choice: with MCS the highest priority, at classic
 * seL4 the first that came. Threads of high priority are kept waiting, by those that go on to
 * the next round, for no longer than these take to get there.
 *
 * Between address spaces it does not work: capabilities would be read from memory that others
 * write.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdbool.h>

#include <sel4/sel4.h>
#include <selkie/base/assert.h>
#include <selkie/base/attr.h>
#include <selkie/cap/kinds.h>
#include <selkie/sync/gate.h>

#define SK_BARRIER_NOTIFICATIONS 2

struct sk_barrier {
    unsigned threads; /* how many it is for */
    unsigned arrived; /* how many have come in this round */
    unsigned round;
    struct sk_gate gates[SK_BARRIER_NOTIFICATIONS]; /* of even and odd rounds */
};

/*
 * For so many threads: traps if there are none. The notifications are the barrier's alone, each
 * with the rights to signal it and to wait.
 */
static SK_ALWAYS_INLINE void
sk_barrier_init(struct sk_barrier *b, unsigned threads,
                const sk_notification notifications[SK_BARRIER_NOTIFICATIONS])
{
    sk_require(threads != 0);
    *b = (struct sk_barrier){.threads = threads};
    sk_gate_init(&b->gates[0], notifications[0]);
    sk_gate_init(&b->gates[1], notifications[1]);
}

/*
 * The end of the barrier, when no call of it is under way. The notifications are the caller's
 * again, and may be signalled (selkie/sync/gate.h).
 */
static SK_ALWAYS_INLINE void sk_barrier_fini(struct sk_barrier *b)
{
    sk_require(__atomic_load_n(&b->arrived, __ATOMIC_RELAXED) == 0);
    sk_require(__atomic_load_n(&b->gates[0].passes, __ATOMIC_RELAXED) == 0);
    sk_require(__atomic_load_n(&b->gates[1].passes, __ATOMIC_RELAXED) == 0);
    *b = (struct sk_barrier){0};
}

/* Wait until all have come. True for one of them: the last. */
bool sk_barrier_wait(struct sk_barrier *b);
