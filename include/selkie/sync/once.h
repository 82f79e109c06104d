/*
 * Once: something is set up by the thread that needs it first; the others wait for it.
 *
 *     static sk_err open_console(void *arg);
 *
 *     SK_TRY(sk_once_do(&console->opened, open_console, console));
 *     ...                      // it is open, whoever opened it
 *
 * When it is done, asking makes no system call and costs a load. What was done before the
 * function returned SK_OK is seen by everybody after. If it fails, its error goes to the thread
 * that called it, and the next that asks, or one that waits, tries again; a panic in it is a
 * failure too.
 *
 * Traps: asking for it inside the function, which would wait for itself; the end of one that is
 * being done.
 *
 * Priorities: those that wait wait at a mutex (<selkie/cap/mutex.h>): the first thread keeps
 * its priority, and a higher one waits as long as it is kept from running. Where that matters,
 * do it before the threads start.
 *
 * Between address spaces it does not work: it knows the thread by an address.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdbool.h>

#include <sel4/sel4.h>
#include <selkie/base/attr.h>
#include <selkie/base/err.h>
#include <selkie/cap/kinds.h>
#include <selkie/sync/recursive_mutex.h>

struct sk_once {
    struct sk_recursive_mutex mutex; /* of who does it */
    bool is_done;
};

/* The notification is its alone, with the rights to signal it and to wait. */
static SK_ALWAYS_INLINE void sk_once_init(struct sk_once *o, sk_notification notification)
{
    *o = (struct sk_once){0};
    sk_recursive_mutex_init(&o->mutex, notification);
}

/* The end; the notification is the caller's again. */
static SK_ALWAYS_INLINE void sk_once_fini(struct sk_once *o)
{
    sk_recursive_mutex_fini(&o->mutex);
    *o = (struct sk_once){0};
}

/* The part of sk_once_do() that is done once. */
sk_err sk_once_try(struct sk_once *o, sk_err (*fn)(void *arg), void *arg);

/*
 * Call fn(arg), unless a call of it has succeeded already.
 *
 * The errors are those of fn.
 */
static SK_ALWAYS_INLINE sk_err sk_once_do(struct sk_once *o, sk_err (*fn)(void *arg), void *arg)
{
    /* Acquire: pairs with the release in sk_once_try(). */
    return __atomic_load_n(&o->is_done, __ATOMIC_ACQUIRE) ? SK_OK : sk_once_try(o, fn, arg);
}
