/*
 * The invariants of the kernel's state, as a function: what every entrance may rely on and must
 * leave behind. Tests call it after each step; nothing in the kernel does.
 *
 * It looks at everything there is, wherever it is reachable from: all capabilities are in one
 * derivation list (derive.h), which starts in the kernel instance.
 *
 * - The list is linked both ways, depths and fences make sense, and its slots are exactly the
 *   full slots of CNodes, threads and interrupts that exist.
 * - Objects lie below the watermark of the untyped they are derived from, and do not overlap.
 * - Queues hold the threads that say so, in order; bitmaps and summaries tell the truth.
 * - Whatever points to an object is pointed back at, and that object still has a capability.
 * - Refills of a scheduling context add up to its budget, and come in order of time.
 * - Stacks of replies have a top, which their scheduling context knows.
 * - What is mapped in a VSpace was mapped by a capability that remembers it.
 *
 * It holds between entrances (system calls, faults, interrupts), also while a long operation is
 * interrupted. It changes nothing, allocates nothing, and takes time in proportion to the slots
 * there are, and to capabilities times mappings.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include "core/kernel.h"

struct check_finding {
    const char *what;  /* a sentence without a full stop; null: everything is sound */
    const void *where; /* the slot or object it is about */
};

struct check_finding sk_kernel_check(const struct kernel *k);
