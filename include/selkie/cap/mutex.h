/*
 * A mutex: one thread at a time, the others wait at a notification.
 *
 *     static struct sk_mutex mutex;
 *
 *     sk_mutex_init(&mutex, notification);
 *     {
 *         SK_AUTO(sk_mutex_guard) guard = sk_mutex_guard_take(&mutex);
 *
 *         count++;             // the scope's end unlocks, panics included
 *     }
 *
 * Locking and unlocking a mutex for which nobody waits makes no system call. It is not
 * recursive: a thread that locks twice waits for ever. Priorities are not inherited; a thread
 * that waits waits as long as the one that holds the mutex is kept from running. Unlocking
 * hands the mutex to one that waits: with MCS to the one of the highest priority, of equal ones
 * to the first, at classic seL4 to the first.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include <sel4/sel4.h>
#include <selkie/base/assert.h>
#include <selkie/base/attr.h>
#include <selkie/base/own.h>
#include <selkie/cap/kinds.h>

struct sk_mutex {
    sk_notification notification;
    unsigned users; /* who holds it, and those that wait */
};

/*
 * The notification is the mutex's alone, with the rights to signal it and to wait; it is
 * neither bound to a thread nor signalled yet.
 */
static SK_ALWAYS_INLINE void sk_mutex_init(struct sk_mutex *m, sk_notification notification)
{
    *m = (struct sk_mutex){.notification = notification};
}

/*
 * The end of the mutex: traps if a thread holds it or waits. The notification is the caller's
 * again.
 */
static SK_ALWAYS_INLINE void sk_mutex_fini(struct sk_mutex *m)
{
    sk_require(__atomic_load_n(&m->users, __ATOMIC_RELAXED) == 0);
    *m = (struct sk_mutex){0};
}

/* The parts of sk_mutex_lock() and sk_mutex_unlock() that make system calls. */
void sk_mutex_wait(struct sk_mutex *m);
void sk_mutex_wake(struct sk_mutex *m);

/* Wait until the mutex is ours. */
static SK_ALWAYS_INLINE void sk_mutex_lock(struct sk_mutex *m)
{
    /* Acquire: pairs with the release in sk_mutex_unlock() by which users became 0. */
    if (__atomic_fetch_add(&m->users, 1, __ATOMIC_ACQUIRE) != 0) {
        sk_mutex_wait(m);
    }
}

/* Take the mutex if it is free; false if not. */
SK_MUST_USE static SK_ALWAYS_INLINE bool sk_mutex_try(struct sk_mutex *m)
{
    unsigned free = 0;

    /* Acquire: as in sk_mutex_lock(). */
    return __atomic_compare_exchange_n(&m->users, &free, 1, false, __ATOMIC_ACQUIRE,
                                       __ATOMIC_RELAXED);
}

/* Give back the mutex, which is ours; traps if it is nobody's. */
static SK_ALWAYS_INLINE void sk_mutex_unlock(struct sk_mutex *m)
{
    /* Release: pairs with the acquire of whoever is next. */
    unsigned users = __atomic_fetch_sub(&m->users, 1, __ATOMIC_RELEASE);

    sk_require(users != 0);
    if (users > 1) {
        sk_mutex_wake(m);
    }
}

/* The duty to unlock: proof, for who is handed one, that the mutex is held. */
typedef struct sk_mutex_guard {
    struct sk_mutex *mutex;
} sk_mutex_guard;

static SK_ALWAYS_INLINE void sk_mutex_guard_drop(sk_mutex_guard *g)
{
    if (g->mutex != NULL) {
        sk_mutex_unlock(g->mutex);
    }
    g->mutex = NULL;
}
SK_OWNED(sk_mutex_guard, sk_mutex_guard_drop)

/* Lock until the guard is dropped. */
SK_MUST_USE static SK_ALWAYS_INLINE sk_mutex_guard sk_mutex_guard_take(struct sk_mutex *m)
{
    sk_mutex_lock(m);
    return (sk_mutex_guard){m};
}

/* The same without waiting: its mutex is null if somebody holds it. */
SK_MUST_USE static SK_ALWAYS_INLINE sk_mutex_guard sk_mutex_guard_try(struct sk_mutex *m)
{
    return (sk_mutex_guard){sk_mutex_try(m) ? m : NULL};
}
