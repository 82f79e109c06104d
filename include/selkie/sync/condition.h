/*
 * A condition: wait, with a mutex unlocked meanwhile, until somebody says that things changed.
 *
 *     SK_AUTO(sk_mutex_guard) guard = sk_mutex_guard_take(&queue->mutex);
 *
 *     while (queue->length == 0) {
 *         sk_condition_wait(&queue->filled, &guard, me->notification);
 *     }
 *     ...
 *     queue->length++;
 *     sk_condition_wake(&queue->filled, &guard);       // elsewhere, with the mutex locked
 *
 * A condition is memory only. Who waits brings a notification of its own to wait at: one a
 * thread is enough for all conditions, since a thread waits at one at a time. So a wake-up goes
 * to the thread it is meant for, and cannot be taken by one that came later; with one
 * notification for all it could, and would be lost for whom it was meant
 * (docs/design/009-conditions-wait-at-the-waiters-notification.md).
 *
 * Waiting and waking want the guard of the mutex, so that forgetting to lock does not compile.
 * All that meet at a condition use the same mutex. Waking where nobody waits makes no system
 * call. A thread that was woken has the mutex again when its wait returns, and others may have
 * had it before: look again, in a loop. It is not woken without a cause.
 *
 * Traps: no guard, or one that has been dropped; the guard of another mutex than those that
 * wait have; a notification at which another thread waits here; the end of a condition at which
 * threads wait. A thread that waits must not be deleted: the condition knows its stack.
 *
 * Priorities: who has waited longest is woken first, whatever its priority, on every kernel. It
 * then waits for the mutex, which goes as <selkie/cap/mutex.h> says: after
 * sk_condition_wake_all() with MCS to the highest priority first. A woken thread of higher
 * priority runs at once, finds the mutex locked, and goes on when the waker unlocks it; wake
 * last, just before. Priorities are not inherited.
 *
 * Between address spaces it does not work: it is a list of addresses.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stddef.h>

#include <sel4/sel4.h>
#include <selkie/base/assert.h>
#include <selkie/base/attr.h>
#include <selkie/cap/kinds.h>
#include <selkie/cap/mutex.h>

struct sk_condition_waiter; /* on the stack of who waits */

/* A zeroed one is ready. */
struct sk_condition {
    struct sk_condition_waiter *first; /* who waits longest; null: nobody waits */
    struct sk_condition_waiter *last;
    const struct sk_mutex *mutex; /* of those that wait */
};

static SK_ALWAYS_INLINE void sk_condition_init(struct sk_condition *c)
{
    *c = (struct sk_condition){0};
}

/* The end of the condition. Traps if a thread waits. */
static SK_ALWAYS_INLINE void sk_condition_fini(struct sk_condition *c)
{
    sk_require(c->first == NULL);
    *c = (struct sk_condition){0};
}

/*
 * Unlock the guard's mutex, wait until woken, and lock it again. mine is a notification with
 * the rights to signal it and to wait, which nobody else waits at; signals that are left in it
 * from elsewhere do no harm. While it waits the guard owns nothing: a panic unlocks only what
 * is locked.
 */
void sk_condition_wait(struct sk_condition *c, sk_mutex_guard *guard, sk_notification mine);

/* The parts of waking that make system calls. */
void sk_condition_wake_first(struct sk_condition *c, const struct sk_mutex *mutex);
void sk_condition_wake_each(struct sk_condition *c, const struct sk_mutex *mutex);

/* Wake the thread that has waited longest, if there is one. */
static SK_ALWAYS_INLINE void sk_condition_wake(struct sk_condition *c,
                                               const sk_mutex_guard *guard)
{
    sk_own_check(guard);
    if (c->first != NULL) {
        sk_condition_wake_first(c, guard->mutex);
    }
}

/* Wake all that wait now. */
static SK_ALWAYS_INLINE void sk_condition_wake_all(struct sk_condition *c,
                                                   const sk_mutex_guard *guard)
{
    sk_own_check(guard);
    if (c->first != NULL) {
        sk_condition_wake_each(c, guard->mutex);
    }
}
