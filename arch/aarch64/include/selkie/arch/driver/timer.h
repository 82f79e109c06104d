/*
 * Arm's generic timer, as far as user mode sees it: the physical counter, and the comparator of
 * the physical timer (CNTP).
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdint.h>

/* Ticks a second, as the firmware wrote it down. */
static inline uint64_t sk_arch_timer_frequency(void)
{
    uint64_t hz;

    __asm__("mrs %0, cntfrq_el0" : "=r"(hz));
    return hz;
}

/* Ticks since the machine started. The barrier keeps the read from being done early. */
static inline uint64_t sk_arch_timer_count(void)
{
    uint64_t ticks;

    __asm__ volatile("isb\n\tmrs %0, cntpct_el0" : "=r"(ticks) : : "memory");
    return ticks;
}

/* Interrupt as long as the count is at least ticks. */
static inline void sk_arch_timer_compare(uint64_t ticks)
{
    __asm__ volatile("msr cntp_cval_el0, %0" : : "r"(ticks) : "memory");
}

/* Bits of the control register. */
enum sk_arch_timer_control {
    SK_ARCH_TIMER_ENABLE = 1,
    SK_ARCH_TIMER_MASK = 2,
    SK_ARCH_TIMER_DUE = 4, /* is only read */
};

static inline uint64_t sk_arch_timer_control(void)
{
    uint64_t control;

    __asm__ volatile("mrs %0, cntp_ctl_el0" : "=r"(control) : : "memory");
    return control;
}

/* The barrier lets the interrupt line follow before the next instruction. */
static inline void sk_arch_timer_set_control(uint64_t control)
{
    __asm__ volatile("msr cntp_ctl_el0, %0\n\tisb" : : "r"(control) : "memory");
}
