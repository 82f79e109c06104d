/*
 * A reader-writer lock: many that read, or one that writes.
 *
 *     {
 *         SK_AUTO(sk_rwlock_reader) guard = sk_rwlock_reader_take(&table->lock);
 *
 *         look_up(table);      // others may look up at the same time
 *     }
 *     {
 *         SK_AUTO(sk_rwlock_writer) guard = sk_rwlock_writer_take(&table->lock);
 *
 *         change(table);       // nobody else is here
 *     }
 *
 * Neither side starves: from when a writer waits, readers that come wait too; and when it is
 * done, all of these read before the next writer writes. So a thread that reads must not begin
 * to read again: a writer may have come in between, and each waits for the other for ever.
 *
 * Locking and unlocking makes no system call where nobody waits: for readers while there is no
 * writer, for a writer while there is nobody.
 *
 * Traps: an end of reading where nobody reads; an end of writing where nobody writes; the end
 * of a lock that is held or waited for. Threads have no identity here: unlocking for another
 * thread that holds it is not noticed, which is why the guards exist.
 *
 * Priorities: among writers that wait, with MCS the one of the highest priority is next, at
 * classic seL4 the first. Readers that wait are all let in together. Priorities are not
 * inherited, and two inversions are in its nature: a writer waits for every reader that is
 * inside, however low, and a reader for a writer that waits for one. With MCS a reader whose
 * budget is used up holds up the writer until its next period, and the writer everybody. Where
 * that matters, a mutex and short sections are better.
 *
 * Between address spaces it does not work: capabilities would be read from memory that others
 * write.
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
#include <selkie/sync/gate.h>

#define SK_RWLOCK_NOTIFICATIONS 3

/* What the readers' count is less by while there is a writer: more than there are threads. */
#define SK_RWLOCK_WRITER (1 << 30)

struct sk_rwlock {
    struct sk_mutex writers; /* a writer holds it from when it begins to wait for readers */
    struct sk_gate readers;  /* where readers wait for the writer's end */
    struct sk_gate drained;  /* where the writer waits for the readers' end */
    int count;               /* readers; less by SK_RWLOCK_WRITER while there is a writer */
    int leaving;             /* readers that the writer has yet to wait for */
};

/* The notifications are the lock's alone, each with the rights to signal it and to wait. */
static SK_ALWAYS_INLINE void
sk_rwlock_init(struct sk_rwlock *l,
               const sk_notification notifications[SK_RWLOCK_NOTIFICATIONS])
{
    *l = (struct sk_rwlock){0};
    sk_mutex_init(&l->writers, notifications[0]);
    sk_gate_init(&l->readers, notifications[1]);
    sk_gate_init(&l->drained, notifications[2]);
}

/*
 * The end of the lock, when no call of it is under way. The notifications are the caller's
 * again, and may be signalled (selkie/sync/gate.h).
 */
static SK_ALWAYS_INLINE void sk_rwlock_fini(struct sk_rwlock *l)
{
    sk_require(__atomic_load_n(&l->count, __ATOMIC_RELAXED) == 0);
    sk_mutex_fini(&l->writers);
    *l = (struct sk_rwlock){0};
}

/* The parts that make system calls. */
void sk_rwlock_reader_left(struct sk_rwlock *l);
void sk_rwlock_wait_for_readers(struct sk_rwlock *l, int readers);

/* Wait until nobody writes. */
static SK_ALWAYS_INLINE void sk_rwlock_read_lock(struct sk_rwlock *l)
{
    /* Acquire: pairs with the release in sk_rwlock_write_unlock(). */
    if (__atomic_fetch_add(&l->count, 1, __ATOMIC_ACQUIRE) < 0) {
        sk_gate_wait(&l->readers);
    }
}

/* Begin to read if there is no writer, nor one that waits; false if there is. */
SK_MUST_USE static SK_ALWAYS_INLINE bool sk_rwlock_read_try(struct sk_rwlock *l)
{
    int count = __atomic_load_n(&l->count, __ATOMIC_RELAXED);

    /* Acquire: as in sk_rwlock_read_lock(). */
    while (count >= 0 && !__atomic_compare_exchange_n(&l->count, &count, count + 1, false,
                                                      __ATOMIC_ACQUIRE, __ATOMIC_RELAXED)) {
    }
    return count >= 0;
}

/* The end of reading. Traps if there is no reader. */
static SK_ALWAYS_INLINE void sk_rwlock_read_unlock(struct sk_rwlock *l)
{
    /* Release: pairs with the acquire in sk_rwlock_write_lock(). */
    int before = __atomic_fetch_sub(&l->count, 1, __ATOMIC_RELEASE);

    sk_require(before != 0 && before != -SK_RWLOCK_WRITER);
    if (before < 0) {
        sk_rwlock_reader_left(l);
    }
}

/* Wait until nobody reads or writes. */
static SK_ALWAYS_INLINE void sk_rwlock_write_lock(struct sk_rwlock *l)
{
    sk_mutex_lock(&l->writers);
    /* Acquire: pairs with the release in sk_rwlock_read_unlock(). */
    int readers = __atomic_fetch_sub(&l->count, SK_RWLOCK_WRITER, __ATOMIC_ACQUIRE);

    if (readers != 0) {
        sk_rwlock_wait_for_readers(l, readers);
    }
}

/* Begin to write if nobody reads or writes; false if somebody does. */
SK_MUST_USE static SK_ALWAYS_INLINE bool sk_rwlock_write_try(struct sk_rwlock *l)
{
    int nobody = 0;

    if (!sk_mutex_try(&l->writers)) {
        return false;
    }
    /* Acquire: as in sk_rwlock_write_lock(). */
    if (__atomic_compare_exchange_n(&l->count, &nobody, -SK_RWLOCK_WRITER, false,
                                    __ATOMIC_ACQUIRE, __ATOMIC_RELAXED)) {
        return true;
    }
    sk_mutex_unlock(&l->writers);
    return false;
}

/* The end of writing. Traps if there is no writer. */
static SK_ALWAYS_INLINE void sk_rwlock_write_unlock(struct sk_rwlock *l)
{
    /* Release: pairs with the acquire of readers, and by the mutex of the next writer. */
    int before = __atomic_fetch_add(&l->count, SK_RWLOCK_WRITER, __ATOMIC_RELEASE);

    sk_require(before < 0);
    if (before != -SK_RWLOCK_WRITER) {
        sk_gate_open(&l->readers, (unsigned)(before + SK_RWLOCK_WRITER));
    }
    sk_mutex_unlock(&l->writers);
}

/* The duty to end reading. */
typedef struct sk_rwlock_reader {
    struct sk_rwlock *lock; /* null: there is nothing to end */
} sk_rwlock_reader;

static SK_ALWAYS_INLINE void sk_rwlock_reader_drop(sk_rwlock_reader *r)
{
    if (r->lock != NULL) {
        sk_rwlock_read_unlock(r->lock);
    }
    r->lock = NULL;
}
SK_OWNED(sk_rwlock_reader, sk_rwlock_reader_drop)

/* Read until the guard is dropped. */
SK_MUST_USE static SK_ALWAYS_INLINE sk_rwlock_reader sk_rwlock_reader_take(struct sk_rwlock *l)
{
    sk_rwlock_read_lock(l);
    return (sk_rwlock_reader){l};
}

/* The same without waiting: its lock is null if there is a writer. */
SK_MUST_USE static SK_ALWAYS_INLINE sk_rwlock_reader sk_rwlock_reader_try(struct sk_rwlock *l)
{
    return (sk_rwlock_reader){sk_rwlock_read_try(l) ? l : NULL};
}

/* The duty to end writing. */
typedef struct sk_rwlock_writer {
    struct sk_rwlock *lock; /* null: there is nothing to end */
} sk_rwlock_writer;

static SK_ALWAYS_INLINE void sk_rwlock_writer_drop(sk_rwlock_writer *w)
{
    if (w->lock != NULL) {
        sk_rwlock_write_unlock(w->lock);
    }
    w->lock = NULL;
}
SK_OWNED(sk_rwlock_writer, sk_rwlock_writer_drop)

/* Write until the guard is dropped. */
SK_MUST_USE static SK_ALWAYS_INLINE sk_rwlock_writer sk_rwlock_writer_take(struct sk_rwlock *l)
{
    sk_rwlock_write_lock(l);
    return (sk_rwlock_writer){l};
}

/* The same without waiting: its lock is null if there is a reader or a writer. */
SK_MUST_USE static SK_ALWAYS_INLINE sk_rwlock_writer sk_rwlock_writer_try(struct sk_rwlock *l)
{
    return (sk_rwlock_writer){sk_rwlock_write_try(l) ? l : NULL};
}
