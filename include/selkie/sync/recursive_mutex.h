/*
 * A recursive mutex: a mutex that its holder may lock again.
 *
 *     SK_AUTO(sk_recursive_mutex_guard) guard = sk_recursive_mutex_guard_take(&m);
 *
 *     visit(tree);             // may lock it again, and unlocks it as often
 *
 * It is for code that calls back into itself; elsewhere <selkie/cap/mutex.h> is smaller.
 * Locking a mutex that is free or ours, and unlocking one for which nobody waits, makes no
 * system call. It knows its holder, by the address of the thread's IPC buffer: every thread
 * that uses it needs one, and no thread may end while it holds it. A domain of Microkit has one
 * thread, and so is always the holder.
 *
 * Traps: unlocking by who does not hold it; more than SK_RECURSIVE_MUTEX_DEPTH locks at a time;
 * its end while it is held or waited for.
 *
 * Priorities: as of <selkie/cap/mutex.h>. The one that waits at the head of the kernel's queue
 * is next, which with MCS is the one of the highest priority and at classic seL4 the first; the
 * mutex is handed over, so that nobody who comes later is faster. Priorities are not inherited:
 * the holder keeps a waiter of higher priority waiting as long as it is kept from running
 * itself, by threads in between or, with MCS, by an empty budget. Who cannot have that gives
 * all threads that lock it the same priority, or raises the holder's to the highest of them.
 *
 * Between address spaces it does not work: the holder is known by an address of its own.
 * selkie/sync/semaphore.h has what does. A condition (selkie/sync/condition.h) takes a plain
 * mutex, since waiting must unlock it whole.
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
#include <selkie/cap/mutex.h>

#define SK_RECURSIVE_MUTEX_DEPTH 0xffffu

struct sk_recursive_mutex {
    struct sk_mutex mutex;
    const void *holder; /* the IPC buffer of the thread that holds it; null: nobody */
    unsigned depth;     /* how often it has locked */
};

/*
 * The notification is the mutex's alone, with the rights to signal it and to wait; it is
 * neither bound to a thread nor signalled yet.
 */
static SK_ALWAYS_INLINE void sk_recursive_mutex_init(struct sk_recursive_mutex *m,
                                                     sk_notification notification)
{
    *m = (struct sk_recursive_mutex){0};
    sk_mutex_init(&m->mutex, notification);
}

/* The end of the mutex; the notification is the caller's again. */
static SK_ALWAYS_INLINE void sk_recursive_mutex_fini(struct sk_recursive_mutex *m)
{
    sk_mutex_fini(&m->mutex);
    *m = (struct sk_recursive_mutex){0};
}

/* Does the calling thread hold it? */
static SK_ALWAYS_INLINE bool sk_recursive_mutex_is_mine(const struct sk_recursive_mutex *m)
{
    const void *self = seL4_GetIPCBuffer();

    sk_require(self != NULL);
    /* Relaxed: it is our address only if we wrote it. */
    return __atomic_load_n(&m->holder, __ATOMIC_RELAXED) == self;
}

/* The part of locking that follows when the mutex was free, or was waited for. */
static SK_ALWAYS_INLINE void sk_recursive_mutex_hold(struct sk_recursive_mutex *m)
{
    __atomic_store_n(&m->holder, (const void *)seL4_GetIPCBuffer(), __ATOMIC_RELAXED);
    m->depth = 1;
}

/* The part that follows when it is ours. */
static SK_ALWAYS_INLINE void sk_recursive_mutex_again(struct sk_recursive_mutex *m)
{
    sk_require(m->depth < SK_RECURSIVE_MUTEX_DEPTH);
    m->depth++;
}

/* Wait until the mutex is ours, if it is not. */
static SK_ALWAYS_INLINE void sk_recursive_mutex_lock(struct sk_recursive_mutex *m)
{
    if (sk_recursive_mutex_is_mine(m)) {
        sk_recursive_mutex_again(m);
    } else {
        sk_mutex_lock(&m->mutex);
        sk_recursive_mutex_hold(m);
    }
}

/* Take the mutex if it is free or ours; false if not. */
SK_MUST_USE static SK_ALWAYS_INLINE bool sk_recursive_mutex_try(struct sk_recursive_mutex *m)
{
    if (sk_recursive_mutex_is_mine(m)) {
        sk_recursive_mutex_again(m);
        return true;
    }
    if (!sk_mutex_try(&m->mutex)) {
        return false;
    }
    sk_recursive_mutex_hold(m);
    return true;
}

/* Undo one lock; the last one gives the mutex back. Traps if it is not ours. */
static SK_ALWAYS_INLINE void sk_recursive_mutex_unlock(struct sk_recursive_mutex *m)
{
    sk_require(sk_recursive_mutex_is_mine(m));
    if (--m->depth == 0) {
        __atomic_store_n(&m->holder, NULL, __ATOMIC_RELAXED);
        sk_mutex_unlock(&m->mutex);
    }
}

/* The duty to unlock once. */
typedef struct sk_recursive_mutex_guard {
    struct sk_recursive_mutex *mutex; /* null: there is nothing to unlock */
} sk_recursive_mutex_guard;

static SK_ALWAYS_INLINE void sk_recursive_mutex_guard_drop(sk_recursive_mutex_guard *g)
{
    if (g->mutex != NULL) {
        sk_recursive_mutex_unlock(g->mutex);
    }
    g->mutex = NULL;
}
SK_OWNED(sk_recursive_mutex_guard, sk_recursive_mutex_guard_drop)

/* Lock until the guard is dropped. */
SK_MUST_USE static SK_ALWAYS_INLINE sk_recursive_mutex_guard
sk_recursive_mutex_guard_take(struct sk_recursive_mutex *m)
{
    sk_recursive_mutex_lock(m);
    return (sk_recursive_mutex_guard){m};
}

/* The same without waiting: its mutex is null if somebody else holds it. */
SK_MUST_USE static SK_ALWAYS_INLINE sk_recursive_mutex_guard
sk_recursive_mutex_guard_try(struct sk_recursive_mutex *m)
{
    return (sk_recursive_mutex_guard){sk_recursive_mutex_try(m) ? m : NULL};
}
