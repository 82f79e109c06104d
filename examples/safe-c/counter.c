/* SPDX-License-Identifier: BSD-2-Clause */
#include "counter.h"

void counter_init(struct counter *counter, sk_notification notification)
{
    sk_mutex_init(&counter->mutex, notification);
    counter->guarded = 0;
}

counter_lock counter_lock_take(struct counter *counter)
{
    return (counter_lock){sk_mutex_guard_take(&counter->mutex), &counter->guarded};
}

void counter_lock_drop(counter_lock *lock)
{
    sk_mutex_guard_drop(&lock->guard);
    lock->number = NULL;
}

void counter_add(const counter_lock *lock, unsigned long count)
{
    *lock->number += count;
}

unsigned long counter_get(const counter_lock *lock)
{
    return *lock->number;
}
