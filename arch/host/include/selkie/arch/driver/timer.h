/*
 * A generic timer that a test plays: each access to a register is a call.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdint.h>

enum sk_arch_timer_control {
    SK_ARCH_TIMER_ENABLE = 1,
    SK_ARCH_TIMER_MASK = 2,
    SK_ARCH_TIMER_DUE = 4, /* is only read */
};

/* Defined by the test, which says what time it is. */
uint64_t sk_arch_timer_frequency(void);
uint64_t sk_arch_timer_count(void);
void sk_arch_timer_compare(uint64_t ticks);
uint64_t sk_arch_timer_control(void);
void sk_arch_timer_set_control(uint64_t control);
