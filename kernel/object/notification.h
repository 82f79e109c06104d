/*
 * Notifications: a word of signals, and threads that wait for it to be set.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include "core/kernel.h"

void sk_knotification_signal(struct kernel *k, struct notification *n, uint64_t badge);

/* t waits for a signal, or takes it at once. */
void sk_knotification_wait(struct kernel *k, struct tcb *t, struct notification *n,
                           bool is_blocking);

/* t receives the signal that is set in n. */
void sk_knotification_take(struct kernel *k, struct notification *n, struct tcb *t);

/* t is about to block: a scheduling context that it has from its notification goes back. */
void sk_knotification_return_context(struct kernel *k, struct tcb *t);

/* One thread receives the signals of n also while it waits on an endpoint. Both are unbound. */
void sk_knotification_bind(struct notification *n, struct tcb *t);

/* End the binding of n, if there is one. */
void sk_knotification_unbind(struct notification *n);

/* The last capability to n is being deleted. */
void sk_knotification_destroy(struct kernel *k, struct notification *n);
