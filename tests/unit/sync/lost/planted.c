/* SPDX-License-Identifier: BSD-2-Clause */
#include "planted.h"

#include <selkie/cap/notification.h>

void merged_wait(struct planted *p)
{
    p->waiters++;
    sk_mutex_unlock(p->mutex);
    (void)sk_notification_wait(p->gate.notification);
    sk_mutex_lock(p->mutex);
}

void merged_wake(struct planted *p)
{
    for (; p->waiters > 0; p->waiters--) {
        sk_notification_signal(p->gate.notification);
    }
}

void late_wait(struct planted *p)
{
    sk_mutex_unlock(p->mutex);
    (void)__atomic_fetch_add(&p->waiters, 1, __ATOMIC_RELAXED);
    sk_gate_wait(&p->gate);
    sk_mutex_lock(p->mutex);
}

void late_wake(struct planted *p)
{
    unsigned waiters = __atomic_exchange_n(&p->waiters, 0, __ATOMIC_RELAXED);

    if (waiters > 0) {
        sk_gate_open(&p->gate, waiters);
    }
}

void stolen_wait(struct planted *p)
{
    p->waiters++;
    sk_mutex_unlock(p->mutex);
    sk_gate_wait(&p->gate);
    sk_mutex_lock(p->mutex);
}

void stolen_wake(struct planted *p)
{
    if (p->waiters > 0) {
        sk_gate_open(&p->gate, p->waiters);
        p->waiters = 0;
    }
}
