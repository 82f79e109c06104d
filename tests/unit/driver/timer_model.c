/* SPDX-License-Identifier: BSD-2-Clause */
#include "timer_model.h"

#include <selkie/arch/driver/timer.h>

struct timer_model timer_model;

static bool is_due(void)
{
    return (timer_model.control & SK_ARCH_TIMER_ENABLE) != 0 &&
           timer_model.count >= timer_model.compare;
}

bool timer_model_interrupts(void)
{
    return is_due() && (timer_model.control & SK_ARCH_TIMER_MASK) == 0;
}

bool timer_model_wait(void)
{
    if ((timer_model.control & SK_ARCH_TIMER_ENABLE) == 0) {
        return false;
    }
    if (timer_model.count < timer_model.compare) {
        timer_model.count = timer_model.compare;
    }
    return timer_model_interrupts();
}

uint64_t sk_arch_timer_frequency(void)
{
    return timer_model.hz;
}

uint64_t sk_arch_timer_count(void)
{
    return timer_model.count;
}

void sk_arch_timer_compare(uint64_t ticks)
{
    timer_model.compare = ticks;
    timer_model.compares++;
}

uint64_t sk_arch_timer_control(void)
{
    return timer_model.control | (is_due() ? SK_ARCH_TIMER_DUE : 0);
}

void sk_arch_timer_set_control(uint64_t control)
{
    timer_model.control = control & ~(uint64_t)SK_ARCH_TIMER_DUE;
}
