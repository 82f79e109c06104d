/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/sync/barrier.h>

/*
 * A round ends only when all have come, so the round that a thread sees when it comes is its
 * own. Who comes to the next round waits at the other gate, and takes nobody's pass; who comes
 * to the one after that has seen everybody leave the first.
 */
bool sk_barrier_wait(struct sk_barrier *b)
{
    unsigned round = __atomic_load_n(&b->round, __ATOMIC_RELAXED);
    struct sk_gate *gate = &b->gates[round % SK_BARRIER_NOTIFICATIONS];
    /* Acquire and release: the last one has seen what all did, and passes it on by the gate. */
    unsigned arrived = __atomic_add_fetch(&b->arrived, 1, __ATOMIC_ACQ_REL);

    sk_require(arrived <= b->threads);
    sk_require(arrived > 1 || __atomic_load_n(&gate->passes, __ATOMIC_RELAXED) == 0);
    if (arrived < b->threads) {
        sk_gate_wait(gate);
        return false;
    }
    __atomic_store_n(&b->arrived, 0, __ATOMIC_RELAXED);
    __atomic_store_n(&b->round, round + 1, __ATOMIC_RELAXED);
    if (b->threads > 1) {
        /* Release inside: who is let through sees the new round. */
        sk_gate_open(gate, b->threads - 1);
    }
    return true;
}
