/*
 * A semaphore: so many permits; who wants one more than there are waits until one is given.
 *
 *     static struct sk_semaphore free_buffers;
 *
 *     sk_semaphore_init(&free_buffers, 8, notification);
 *     {
 *         SK_AUTO(sk_semaphore_permit) permit = sk_semaphore_permit_take(&free_buffers);
 *
 *         use_buffer();        // the scope's end gives the permit back, panics included
 *     }
 *
 * A permit has no owner: one thread may take it and another give it, as producers and consumers
 * do. Taking a permit that is free, and giving one for which nobody waits, makes no system
 * call. Giving never waits, so a thread that handles interrupts may do it.
 *
 * Priorities: a permit that is given while threads wait goes to one of them, and not to who
 * comes later: with MCS to the waiter of the highest priority, of equal ones to the first; at
 * classic seL4 to the first. (Only between the moment at which a waiter is woken and the one at
 * which it runs can another thread that came to wait be faster; it leaves the next permit.)
 * Priorities are not inherited, because nobody knows who will give: a thread that waits waits
 * as long as the one that is to give is kept from running, be it by others of a priority in
 * between or, with MCS, because its budget is used up.
 *
 * Between address spaces: struct sk_semaphore_shared is a semaphore in shared memory, which
 * holds numbers and no capability. Each side has a capability to the same notification and its
 * own address of the memory. This is the one of selkie/sync that works so; one with one permit
 * serves as a mutex. A side that writes nonsense there can make the other go on too early, or
 * wait for ever, and nothing else: such sides should have a selkie/proto ring between them.
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
#include <selkie/sync/gate.h>

/* The most permits a semaphore has. */
#define SK_SEMAPHORE_MAX 0x3fffffff

struct sk_semaphore_shared {
    int count; /* permits; if negative, the threads that wait */
    unsigned passes;
};

struct sk_semaphore {
    sk_notification notification;
    struct sk_semaphore_shared state;
};

/* --- in shared memory: every side does the same with its own capability ---------------- */

/* One side does this, before the others begin. Traps if there are more than the most. */
static SK_ALWAYS_INLINE void sk_semaphore_shared_init(struct sk_semaphore_shared *s,
                                                      int permits)
{
    sk_require(permits >= 0 && permits <= SK_SEMAPHORE_MAX);
    *s = (struct sk_semaphore_shared){.count = permits};
}

static SK_ALWAYS_INLINE void sk_semaphore_shared_take(struct sk_semaphore_shared *s,
                                                      sk_notification notification)
{
    /* Acquire: pairs with the release in sk_semaphore_shared_give(). */
    if (__atomic_fetch_sub(&s->count, 1, __ATOMIC_ACQUIRE) <= 0) {
        sk_gate_wait_at(notification, &s->passes);
    }
}

SK_MUST_USE static SK_ALWAYS_INLINE bool sk_semaphore_shared_try(struct sk_semaphore_shared *s)
{
    int count = __atomic_load_n(&s->count, __ATOMIC_RELAXED);

    /* Acquire: as in sk_semaphore_shared_take(). */
    while (count > 0 && !__atomic_compare_exchange_n(&s->count, &count, count - 1, false,
                                                     __ATOMIC_ACQUIRE, __ATOMIC_RELAXED)) {
    }
    return count > 0;
}

/* Returns how many permits there were before, as far as the memory can be believed. */
static SK_ALWAYS_INLINE int sk_semaphore_shared_give(struct sk_semaphore_shared *s,
                                                     sk_notification notification)
{
    /* Release: pairs with the acquire of whoever takes the permit. */
    int before = __atomic_fetch_add(&s->count, 1, __ATOMIC_RELEASE);

    if (before < 0) {
        sk_gate_open_at(notification, &s->passes, 1);
    }
    return before;
}

/* --- in one address space -------------------------------------------------------------- */

/*
 * The notification is the semaphore's alone, with the rights to signal it and to wait. Traps if
 * permits is negative or more than SK_SEMAPHORE_MAX.
 */
static SK_ALWAYS_INLINE void sk_semaphore_init(struct sk_semaphore *s, int permits,
                                               sk_notification notification)
{
    *s = (struct sk_semaphore){.notification = notification};
    sk_semaphore_shared_init(&s->state, permits);
}

/*
 * The end of the semaphore, when no call of it is under way. Traps if a thread waits. The
 * notification is the caller's again, and may be signalled (selkie/sync/gate.h).
 */
static SK_ALWAYS_INLINE void sk_semaphore_fini(struct sk_semaphore *s)
{
    sk_require(__atomic_load_n(&s->state.count, __ATOMIC_RELAXED) >= 0);
    sk_require(__atomic_load_n(&s->state.passes, __ATOMIC_RELAXED) == 0);
    *s = (struct sk_semaphore){0};
}

/* Take a permit; wait until there is one. */
static SK_ALWAYS_INLINE void sk_semaphore_take(struct sk_semaphore *s)
{
    sk_semaphore_shared_take(&s->state, s->notification);
}

/* Take a permit if there is one; false if not. */
SK_MUST_USE static SK_ALWAYS_INLINE bool sk_semaphore_try(struct sk_semaphore *s)
{
    return sk_semaphore_shared_try(&s->state);
}

/* Give a permit. Traps if there are SK_SEMAPHORE_MAX already. */
static SK_ALWAYS_INLINE void sk_semaphore_give(struct sk_semaphore *s)
{
    int before = sk_semaphore_shared_give(&s->state, s->notification);

    sk_require(before < SK_SEMAPHORE_MAX);
}

/* The duty to give a permit back. */
typedef struct sk_semaphore_permit {
    struct sk_semaphore *semaphore; /* null: there is none to give */
} sk_semaphore_permit;

static SK_ALWAYS_INLINE void sk_semaphore_permit_drop(sk_semaphore_permit *p)
{
    if (p->semaphore != NULL) {
        sk_semaphore_give(p->semaphore);
    }
    p->semaphore = NULL;
}
SK_OWNED(sk_semaphore_permit, sk_semaphore_permit_drop)

/* Take a permit until the guard is dropped. */
SK_MUST_USE static SK_ALWAYS_INLINE sk_semaphore_permit
sk_semaphore_permit_take(struct sk_semaphore *s)
{
    sk_semaphore_take(s);
    return (sk_semaphore_permit){s};
}

/* The same without waiting: its semaphore is null if there was no permit. */
SK_MUST_USE static SK_ALWAYS_INLINE sk_semaphore_permit
sk_semaphore_permit_try(struct sk_semaphore *s)
{
    return (sk_semaphore_permit){sk_semaphore_try(s) ? s : NULL};
}
