/*
 * Three interrupts of the physical timer, acknowledged in two ways.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/arch/driver/timer.h>

#include "../plot.h"
#include "../say.h"

static unsigned ticks;
static seL4_Word due;

static void next(void)
{
    due = sk_arch_timer_count() + sk_arch_timer_frequency() / 1000;
    sk_arch_timer_compare(due);
    sk_arch_timer_set_control(SK_ARCH_TIMER_ENABLE);
}

/* Interrupts come after init(). What the device takes back in it does not come. */
void init(void)
{
    sk_arch_timer_compare(0);
    sk_arch_timer_set_control(SK_ARCH_TIMER_ENABLE);
    sk_arch_timer_set_control(0);
    next();
}

void notified(microkit_channel ch)
{
    sk_arch_timer_set_control(0);
    say(ch == TICK && sk_arch_timer_count() >= due ? "tick" : "something else", ++ticks);
    if (ticks == 3) {
        return;
    }
    if (ticks == 1) {
        microkit_irq_ack(ch);
    } else {
        microkit_deferred_irq_ack(ch);
    }
    next();
}
