/*
 * Scheduling contexts as objects: who has them.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include "core/kernel.h"

/* t, which has none, gets sc; whoever had it loses it. Does not wake t. */
void sk_ksched_context_donate(struct kernel *k, struct sched_context *sc, struct tcb *t);

/* The thread that has sc, if any, loses it. */
void sk_ksched_context_release(struct kernel *k, struct sched_context *sc);

/* Whether t may be bound to sc, both being free; fills in the error. */
seL4_Error sk_ksched_context_may_bind(struct kernel *k, const struct sched_context *sc,
                                      const struct tcb *t);

/* Bind a thread that passed sk_ksched_context_may_bind(), and let it run. */
void sk_ksched_context_bind(struct kernel *k, struct sched_context *sc, struct tcb *t);

/* t, which made way for another with YieldTo, runs again: it learns what that one has used. */
void sk_ksched_context_yielded(struct tcb *t);

/* t will not ask any more what the one it made way for has used. */
void sk_ksched_context_forget_yield(struct tcb *t);

/* The last capability to sc is being deleted. */
void sk_ksched_context_destroy(struct kernel *k, struct sched_context *sc);
