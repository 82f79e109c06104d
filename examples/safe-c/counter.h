/*
 * A number that several threads count up.
 *
 * Only who holds the lock can reach it: only counter_lock_take() makes a counter_lock, and it
 * unlocks when its scope ends, also when a panic ends it.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <selkie/cap/mutex.h>

struct counter {
    struct sk_mutex mutex;
    unsigned long guarded; /* through a counter_lock only */
};

typedef struct counter_lock {
    sk_mutex_guard guard;
    unsigned long *number;
} counter_lock;

void counter_lock_drop(counter_lock *lock);
SK_OWNED(counter_lock, counter_lock_drop)

/* The notification is the counter's alone. */
void counter_init(struct counter *counter, sk_notification notification);

/* Wait until nobody else has it. */
counter_lock counter_lock_take(struct counter *counter);

/* Both want the lock. */
void counter_add(const counter_lock *lock, unsigned long count);
unsigned long counter_get(const counter_lock *lock);
