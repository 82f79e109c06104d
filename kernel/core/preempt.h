/*
 * Interrupting long operations.
 *
 * Deleting and clearing take time in proportion to what there is. They count their work in
 * units, and look for pending interrupts every so many; if there is one, the operation stops
 * where it is, in a state that can be seen, and says so with preempt_restart(). The interrupt
 * is then served, and the thread makes its system call again when it runs: it starts from the
 * beginning, and finds less to do. If it was itself a victim of the operation, that ends there.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include "core/kernel.h"

/* A unit of work is done. Whether the operation is to stop, because an interrupt is pending. */
static inline bool preempt_is_due(struct kernel *k)
{
    if (++k->work_units < SK_CFG_MAX_NUM_WORK_UNITS_PER_PREEMPTION) {
        return false;
    }
    k->work_units = 0;
    return sk_arch_irq_is_pending(&k->machine);
}

/* The system call is not finished: its thread makes it again. */
static inline seL4_Error preempt_restart(struct kernel *k)
{
    k->must_restart = 1;
    return seL4_NoError;
}
