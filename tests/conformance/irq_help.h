/*
 * What the tests of interrupts share: an interrupt that user level can make, of the timer
 * CNTP.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include "machine_help.h"
#include "sched_help.h"

/* An interrupt handler for CNTP, and a notification with a badge that it signals. */
struct alarm {
    seL4_CPtr handler;
    seL4_CPtr notification;
};

#define ALARM_BADGE 0x11

/* The triggers of seL4_IRQControl_GetTrigger. */
#define EDGE  1
#define LEVEL 0

/*
 * Without the timer the test is skipped. The timer is off. alarm_init() makes the handler
 * with seL4_IRQControl_Get, which leaves the trigger as it is: here, the level.
 */
void alarm_init(struct alarm *alarm);
void alarm_init_trigger(struct alarm *alarm, seL4_Word trigger);

/*
 * Let the timer interrupt now, and be pending until it is silenced. A test need not end in
 * silence: nobody hears the alarm any more, and the next one begins with it.
 */
void alarm_ring(void);
void alarm_silence(void);

/* Ring, and hear it. */
void alarm_ring_once(const struct alarm *alarm);

/* The badge that alarm's notification was signalled with since the last time, or 0. */
seL4_Word alarm_heard(const struct alarm *alarm);

/* Make a handler for an interrupt, in slot to. */
seL4_Error handler_get(seL4_Word irq, seL4_SlotPos to);
