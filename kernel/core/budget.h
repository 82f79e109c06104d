/*
 * Time: the refills of scheduling contexts.
 *
 * Each context has a ring of refills, in order of time. The first is being used up. What is
 * used comes back one period after it began to be used. Where budget and period are equal there
 * is nothing to bring back: the context is a time slice (round robin), and always ready.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include "core/kernel.h"

/* The least budget, in microseconds: twice what the kernel itself may take. */
#define BUDGET_MINIMUM_US (20ull * SK_CFG_KERNEL_WCET_SCALE)

static inline uint64_t budget_ticks(uint64_t us)
{
    return us * (SK_CFG_TIMER_FREQUENCY / 1000) / 1000;
}

static inline uint64_t budget_us(uint64_t ticks)
{
    return ticks / (SK_CFG_TIMER_FREQUENCY / 1000) * 1000 +
           ticks % (SK_CFG_TIMER_FREQUENCY / 1000) * 1000 / (SK_CFG_TIMER_FREQUENCY / 1000);
}

static inline bool budget_is_round_robin(const struct sched_context *sc)
{
    return sc->budget == sc->period;
}

static inline struct refill *budget_head(struct sched_context *sc)
{
    return &sc->refills[sc->refill_head];
}

/* How many refills fit into a context of this size. */
uint64_t sk_kbudget_capacity(uint64_t size_bits);

/* Configure sc anew, full from now on. Times in ticks. */
void sk_kbudget_configure(struct sched_context *sc, uint64_t now, uint64_t budget,
                          uint64_t period, uint32_t refill_max);

/*
 * Change the parameters of sc while a thread runs on it: what its first refill has left may be
 * used when it could be, up to the new budget, and the rest of that comes a period later.
 */
void sk_kbudget_change(struct sched_context *sc, uint64_t now, uint64_t budget, uint64_t period,
                       uint32_t refill_max);

/*
 * sc was used for so long, which may be more than there was: the next refill pays for that.
 * Whether its current budget is used up.
 */
bool sk_kbudget_charge(struct sched_context *sc, uint64_t now, uint64_t ticks);

/* sc was used for so long, and the rest of its first refill is given up. */
void sk_kbudget_forfeit(struct sched_context *sc, uint64_t now, uint64_t ticks);

/* sc is used after a pause: its first refill begins now, and takes in those it meets. */
void sk_kbudget_resume(struct sched_context *sc, uint64_t now);
