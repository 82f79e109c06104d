/*
 * Alarms: any number of times, one-shot and periodic, over one clock that can wait for one.
 *
 *     static struct sk_alarms alarms;
 *     static struct sk_alarm blink = {.fn = toggle};
 *
 *     sk_alarms_init(&alarms, &timer.clock);
 *     sk_alarms_set(&alarms, &blink, sk_alarms_now(&alarms) + 500000000, 500000000);
 *     ...
 *     // the clock's signal has come
 *     sk_arm_timer_interrupt(&timer);
 *     sk_alarms_run(&alarms);
 *     SK_TRY(sk_irq_ack(&irq));
 *
 * An alarm is the caller's memory, linked where it is; there are as many as there is memory.
 * Setting one takes constant time, ending one the logarithm of how many there are, on the
 * whole. Alarms of one time are called in the order in which they were set.
 *
 * A periodic alarm does not drift: its times are multiples of its period from the first one
 * on, however late it is called. Times that have gone by altogether are not made up for, but
 * counted. Time is in nanoseconds of the clock. One thread at a time uses the alarms.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include <selkie/proto/clock.h>

/* Zeroed, but for fn, it is not set. */
struct sk_alarm {
    /* The time when has come. The alarm may be set anew, and others be set or cancelled. */
    void (*fn)(struct sk_alarm *self, uint64_t when);
    uint64_t when;   /* the next time */
    uint64_t period; /* 0: once */
    uint64_t missed; /* times that had gone by before it was called for them */
    uint64_t number; /* when it was set, counted in settings */
    struct sk_alarm *child;
    struct sk_alarm *sibling;
    struct sk_alarm **place; /* what points to it; null if it is not set */
};

/* Its fields are private to src/driver/alarms.c. */
struct sk_alarms {
    struct sk_clock *clock;
    struct sk_alarm *first; /* a heap: no alarm is earlier than the one above it */
    struct sk_alarm *due;   /* a list, of those that this run will call */
    uint64_t told;          /* the time that the clock was told */
    uint64_t last_number;
    bool is_running;
};

/* No alarms. The clock is theirs from now on. */
void sk_alarms_init(struct sk_alarms *a, struct sk_clock *clock);

/* What time it is. */
uint64_t sk_alarms_now(const struct sk_alarms *a);

/*
 * Call alarm->fn at the time when, or as soon as possible, and then after each period unless
 * that is 0. In place of what it was set to before. A time of SK_CLOCK_NEVER does not come.
 */
void sk_alarms_set(struct sk_alarms *a, struct sk_alarm *alarm, uint64_t when, uint64_t period);

/* Do not. One that is not set stays so. */
void sk_alarms_cancel(struct sk_alarms *a, struct sk_alarm *alarm);

static inline bool sk_alarm_is_set(const struct sk_alarm *alarm)
{
    return alarm->place != 0;
}

/*
 * The clock has signalled: call what is due, and tell the clock the next time. May be called at
 * any time; by an alarm it does nothing. All whose time had come at its beginning are called,
 * unless one of them cancels or sets others. What an alarm sets to a time that has come is
 * called by the next signal, at once, and not within this call: so the call ends. Returns how
 * many were called.
 */
unsigned sk_alarms_run(struct sk_alarms *a);
