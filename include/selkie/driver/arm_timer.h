/*
 * Arm's generic timer: what time it is, and one interrupt at a time of the caller's choice.
 *
 *     static struct sk_arm_timer timer;
 *
 *     SK_TRY(sk_arm_timer_init(&timer, 0));
 *     SK_TRY(sk_irq_open(source, irq_control, SK_ARM_TIMER_IRQ, notification, 1, &irq));
 *     sk_arm_timer_set(&timer, sk_arm_timer_now_ns(&timer) + 5000000);
 *     (void)sk_notification_wait(notification);
 *     sk_arm_timer_interrupt(&timer);
 *     SK_TRY(sk_irq_ack(&irq));
 *
 * It is the physical counter and the physical timer (CNTP). seL4 keeps the virtual timer
 * (interrupt 27) for itself where it runs without a hypervisor, and leaves this one to programs
 * if its configuration has EXPORT_PTMR_USER, and EXPORT_PCNT_USER for the counter; without them
 * each use is a fault. There is one per core, and whoever may use it may change it: a system
 * has one driver, and alarms (selkie/driver/alarms.h) for all who want one.
 *
 * Time is counted in ticks of 64 bits since the machine started. Nanoseconds are exact to the
 * tick, and last for 584 years; a time behind that is SK_CLOCK_NEVER. &t->clock is the same for
 * those who know clocks only (selkie/proto/clock.h).
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include <selkie/base/err.h>
#include <selkie/proto/clock.h>

/* Of the physical timer, private to each core (PPI 14). It is a level. */
#define SK_ARM_TIMER_IRQ 30

struct sk_arm_timer {
    struct sk_clock clock; /* first: &t->clock is what others are handed */
    uint64_t hz;           /* ticks a second */
};

/*
 * Use the timer, which then has no time set. hz says how many ticks there are in a second; 0:
 * as the firmware wrote into CNTFRQ.
 *
 * SK_ERR_INVALID_ARGUMENT: the firmware did not say it.
 * SK_ERR_RANGE: over 2^32 ticks a second.
 */
sk_err sk_arm_timer_init(struct sk_arm_timer *t, uint64_t hz);

/* What time it is, rounded down. */
uint64_t sk_arm_timer_now_ticks(const struct sk_arm_timer *t);
uint64_t sk_arm_timer_now_ns(const struct sk_arm_timer *t);
uint64_t sk_arm_timer_now_us(const struct sk_arm_timer *t);

/* Time in other units: rounded down, and to ticks up, so that it is not early. */
uint64_t sk_arm_timer_ns(const struct sk_arm_timer *t, uint64_t ticks);
uint64_t sk_arm_timer_us(const struct sk_arm_timer *t, uint64_t ticks);
uint64_t sk_arm_timer_ticks(const struct sk_arm_timer *t, uint64_t ns);

/*
 * Raise the interrupt when sk_arm_timer_now_ns() is at least when_ns; at once if it is so
 * already. In place of the time that was set before. SK_CLOCK_NEVER: not at all.
 */
void sk_arm_timer_set(struct sk_arm_timer *t, uint64_t when_ns);

/* No time is set any more, and no interrupt is raised. */
void sk_arm_timer_cancel(struct sk_arm_timer *t);

/*
 * The interrupt has come: lower it, which is to be acknowledged then. True if the time that was
 * set has come; false if it was set anew, or cancelled, while the interrupt was on its way.
 */
bool sk_arm_timer_interrupt(struct sk_arm_timer *t);
