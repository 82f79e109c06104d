/*
 * The lock of rt's own structures. A zeroed one is free: nothing is to be set up. The thread
 * that is the first to wait makes the notification to wait on, from the environment's source.
 * Where there is no source, waiting is yielding: threads of different priority must not meet
 * then.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdint.h>

enum lock_state { LOCK_FREE = 0, LOCK_TAKEN, LOCK_WAITED_FOR };

struct lock {
    unsigned state;         /* an enum lock_state */
    uintptr_t notification; /* a CPtr; zero until somebody has waited */
};

void sk_lock_wait(struct lock *l);
void sk_lock_wake(struct lock *l);

static inline void lock_take(struct lock *l)
{
    unsigned expected = LOCK_FREE;

    /* Acquire: pairs with the release in lock_release(). */
    if (!__atomic_compare_exchange_n(&l->state, &expected, LOCK_TAKEN, 0, __ATOMIC_ACQUIRE,
                                     __ATOMIC_RELAXED)) {
        sk_lock_wait(l);
    }
}

static inline void lock_release(struct lock *l)
{
    if (__atomic_exchange_n(&l->state, LOCK_FREE, __ATOMIC_SEQ_CST) == LOCK_WAITED_FOR) {
        sk_lock_wake(l);
    }
}
