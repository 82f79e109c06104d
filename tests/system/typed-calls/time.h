/*
 * What the typed calls of MCS and classic kernels do not share: how a thread gets to run.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <selkie/base/err.h>
#include <selkie/cap/slot.h>

/*
 * Let a thread run at the priority of the first thread. Where that takes a scheduling context,
 * one is made of memory, in the first slot of slots.
 */
sk_err time_give(sk_tcb thread, const seL4_BootInfo *bi, sk_untyped memory, sk_slots slots);

/* That slot of the first thread's CNode as a place to make one object in. */
static inline sk_window root_window(sk_slot slot)
{
    return (sk_window){.root = slot.root, .offset = slot.index, .count = 1};
}

/* Configure a thread with the argument that this kernel has no use for. */
sk_err time_give_the_other_way(sk_tcb thread);
