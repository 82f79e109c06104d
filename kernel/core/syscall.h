/*
 * The kernel's entrances. Each one finds the running thread's registers in its context, and
 * returns the thread to go on with (its registers may be anybody's), or null when none can run:
 * then the platform waits for an interrupt, and calls sk_kernel_interrupt().
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include "core/kernel.h"

struct tcb *sk_kernel_syscall(struct kernel *k);

/* The running thread did what the processor cannot do for it. */
struct tcb *sk_kernel_fault(struct kernel *k, struct fault f);

/* It used the floating-point registers, which are another's now; f: the fault if it may not. */
struct tcb *sk_kernel_fpu(struct kernel *k, struct fault f);

struct tcb *sk_kernel_interrupt(struct kernel *k);
