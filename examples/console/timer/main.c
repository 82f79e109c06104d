/*
 * Arm's generic timer as a domain: who has a channel to it has an alarm.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <microkit.h>
#include <selkie/driver/alarms.h>
#include <selkie/driver/arm_timer.h>
#include <selkie/rt/panic.h>

#include <console/timer.h>

#include "../timer.h"

static struct sk_arm_timer timer;
static struct sk_alarms alarms;

/* Of each channel. */
static struct client {
    struct sk_alarm alarm; /* the first member */
    microkit_channel channel;
} clients[MICROKIT_MAX_CHANNELS];

static void ring(struct sk_alarm *self, uint64_t when)
{
    struct client *client = (struct client *)self;

    (void)when;
    microkit_notify(client->channel);
}

void init(void)
{
    if (sk_arm_timer_init(&timer, 0) != SK_OK) {
        sk_panic("nobody says how fast the timer is");
    }
    sk_alarms_init(&alarms, &timer.clock);
    for (microkit_channel ch = 0; ch < MICROKIT_MAX_CHANNELS; ch++) {
        clients[ch] = (struct client){.alarm.fn = ring, .channel = ch};
    }
}

void notified(microkit_channel ch)
{
    if (ch == timer_irq_30) {
        sk_arm_timer_interrupt(&timer);
        sk_alarms_run(&alarms);
        microkit_deferred_irq_ack(ch);
    }
}

microkit_msginfo protected(microkit_channel ch, microkit_msginfo msginfo)
{
    uint64_t now = sk_alarms_now(&alarms);
    uint64_t after = microkit_mr_get(0);
    seL4_Word label = microkit_msginfo_get_label(msginfo);
    seL4_Word count = microkit_msginfo_get_count(msginfo);

    if (label == TIMER_NOW && count == 0) {
        microkit_mr_set(0, now);
        return microkit_msginfo_new(TIMER_DONE, 1);
    }
    if (label == TIMER_AFTER && count == 1) {
        uint64_t when = after < SK_CLOCK_NEVER - now ? now + after : SK_CLOCK_NEVER;
        sk_alarms_set(&alarms, &clients[ch].alarm, when, 0);
        return microkit_msginfo_new(TIMER_DONE, 0);
    }
    return microkit_msginfo_new(TIMER_UNKNOWN, 0);
}
