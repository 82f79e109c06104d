/*
 * A passive server.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <microkit.h>
#include <selkie/arch/driver/timer.h>

#include <compose-donated/server.h>

#include "../plot.h"

static unsigned count;

void init(void)
{
}

void notified(microkit_channel ch)
{
    (void)ch;
}

static void waste(void)
{
    seL4_Word end = sk_arch_timer_count() + sk_arch_timer_frequency() / 500;

    while (sk_arch_timer_count() < end) {
    }
}

microkit_msginfo protected(microkit_channel ch, microkit_msginfo msginfo)
{
    (void)ch;
    count++;
    if (microkit_msginfo_get_label(msginfo) == HOLD) {
        microkit_notify(server_channel_parent);
    } else if (microkit_msginfo_get_label(msginfo) == WASTE) {
        waste();
    }
    microkit_mr_set(0, count);
    return microkit_msginfo_new(0, 1);
}
