/*
 * The monitor's clock.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdint.h>

#include <selkie/arch/driver/timer.h>
#include <selkie/config.h>

/* Microseconds since the machine started; without the right to look, none ever goes by. */
static inline uint64_t sk_monitor_now_us(void)
{
    if (!SK_CFG_EXPORT_PCNT_USER) {
        return 0;
    }
    uint64_t hz = sk_arch_timer_frequency();
    uint64_t ticks = sk_arch_timer_count();

    return ticks / hz * 1000000 + ticks % hz * 1000000 / hz;
}
