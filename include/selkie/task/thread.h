/*
 * What is done to threads that run: cancelling them, and changing how they run.
 *
 * Threads are started by sk_thread_start() (selkie/rt/thread.h), or with an argument of their
 * own type by a closure (selkie/task/closure.h). Variables that are _Thread_local are each
 * thread's own.
 *
 * Cancelling asks a thread to end. It sees that when it looks, or when it waits by
 * sk_thread_wait(), and then returns from its function as it would otherwise: what it owns is
 * dropped, what it has locked is unlocked. Whoever cancelled it joins it.
 *
 * Any number of threads may wait at one notification. Cancelling does not signal it: nobody is
 * woken but the thread that is cancelled, and each signal still wakes one of the others.
 *
 *     while (sk_thread_wait(work, NULL)) {     // false: cancelled
 *         serve_one();
 *     }
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdbool.h>

#include <selkie/base/attr.h>
#include <selkie/cap/kinds.h>
#include <selkie/rt/thread.h>

/*
 * Ask t to end, and let it go on if it waits by sk_thread_wait(), for which it is suspended and
 * resumed. It has not been joined yet. May be repeated, also by several threads.
 *
 * MCS: a thread without a scheduling context of its own (a passive one) ends when it is given
 * one: nobody can go on without time.
 */
void sk_thread_cancel(struct sk_thread *t);

/* Has somebody asked the calling thread to end? */
bool sk_thread_is_cancelled(void);

/*
 * Wait until n is signalled, true; or until the calling thread is cancelled, false. Cancelling
 * takes no signal away: false means that this call took none, and a thread that was woken by
 * one and cancelled before it could go on is told so by its next call. ret_badges, unless it is
 * NULL, gets the notification's word, or 0. The capability needs the right to read only.
 */
SK_MUST_USE bool sk_thread_wait(sk_notification n, seL4_Word *ret_badges);

/*
 * Change the priority of a thread.
 *
 * SK_ERR_RANGE: it is higher than the first thread's highest.
 */
sk_err sk_thread_set_priority(struct sk_thread *t, seL4_Word priority);

/*
 * Change the time that a thread has to run, on kernels with MCS; nothing happens on others.
 *
 * SK_ERR_INVALID_ARGUMENT: the period is shorter than the budget.
 * SK_ERR_RANGE: the kernel cannot count so long, or so short.
 * SK_ERR_INVALID_CAPABILITY: the environment gives no control over time.
 */
sk_err sk_thread_set_time(struct sk_thread *t, seL4_Word budget_us, seL4_Word period_us);
