/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/sync/rwlock.h>

/*
 * While a writer waits, leaving is the number of readers that it found, less those that have
 * left since. Who makes it zero, a reader that leaves or the writer that adds what it found,
 * knows that all have left. Acquire and release: what readers did is done before the writer.
 */
void sk_rwlock_reader_left(struct sk_rwlock *l)
{
    if (__atomic_sub_fetch(&l->leaving, 1, __ATOMIC_ACQ_REL) == 0) {
        sk_gate_open(&l->drained, 1);
    }
}

void sk_rwlock_wait_for_readers(struct sk_rwlock *l, int readers)
{
    if (__atomic_add_fetch(&l->leaving, readers, __ATOMIC_ACQ_REL) != 0) {
        sk_gate_wait(&l->drained);
    }
}
