/*
 * Threads as objects.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include "core/kernel.h"

/* Make a thread in cleared memory. */
void sk_ktcb_init(struct kernel *k, struct tcb *t);

/* t stops whatever it does, and does not run until resumed. */
void sk_ktcb_suspend(struct kernel *k, struct tcb *t);

/* t runs (again) from where it is; a system call that it was blocked in starts anew. */
void sk_ktcb_resume(struct kernel *k, struct tcb *t);

/* The last capability to t is being deleted: nothing refers to it any more but its slots. */
void sk_ktcb_destroy(struct kernel *k, struct tcb *t);
