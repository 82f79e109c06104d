/*
 * A clock, as those who need one see it: who makes one is a driver's business, or a test's.
 *
 * An implementation embeds the struct as its first member.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdint.h>

/* Later than any time. */
#define SK_CLOCK_NEVER UINT64_MAX

struct sk_clock {
    /* Nanoseconds since a start of the clock's choice. It never goes back. */
    uint64_t (*now)(struct sk_clock *self);

    /*
     * Signal the user's notification once, as soon as now() is at least when; at once if it is
     * so already. In place of the time that was set before; SK_CLOCK_NEVER: of none.
     */
    void (*set_timeout)(struct sk_clock *self, uint64_t when);
};
