/*
 * The registers of the machine's timer that user level may use, where the kernel exports
 * them: CNTPCT_EL0 counts, and the timer CNTP interrupts when the count reaches a value.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdint.h>

/* Ticks per microsecond: 62.5, as a fraction. */
#define TICKS_PER_2_US 125

/* The interrupt of CNTP. */
#define CNTP_IRQ 30

#define CNTP_ENABLE  1u
#define CNTP_MASK    2u
#define CNTP_PENDING 4u

static inline uint64_t counter_read(void)
{
    uint64_t value;

    __asm__ volatile("isb\n\tmrs %0, cntpct_el0" : "=r"(value) : : "memory");
    return value;
}

static inline uint64_t counter_frequency(void)
{
    uint64_t value;

    __asm__ volatile("mrs %0, cntfrq_el0" : "=r"(value));
    return value;
}

static inline uint64_t virtual_counter_read(void)
{
    uint64_t value;

    __asm__ volatile("isb\n\tmrs %0, cntvct_el0" : "=r"(value) : : "memory");
    return value;
}

static inline void cntp_control_write(uint64_t control)
{
    __asm__ volatile("msr cntp_ctl_el0, %0\n\tisb" : : "r"(control) : "memory");
}

static inline uint64_t cntp_control_read(void)
{
    uint64_t value;

    __asm__ volatile("isb\n\tmrs %0, cntp_ctl_el0" : "=r"(value) : : "memory");
    return value;
}

static inline void cntp_compare_write(uint64_t ticks)
{
    __asm__ volatile("msr cntp_cval_el0, %0\n\tisb" : : "r"(ticks) : "memory");
}

static inline uint64_t cntp_compare_read(void)
{
    uint64_t value;

    __asm__ volatile("mrs %0, cntp_cval_el0" : "=r"(value));
    return value;
}

static inline void cntp_timer_write(uint64_t ticks)
{
    __asm__ volatile("msr cntp_tval_el0, %0\n\tisb" : : "r"(ticks) : "memory");
}

static inline uint64_t us_to_ticks(uint64_t us)
{
    return us * TICKS_PER_2_US / 2;
}

/* The timer of the virtual counter, which the kernel keeps for itself. */
static inline uint64_t cntv_control_read(void)
{
    uint64_t value;

    __asm__ volatile("mrs %0, cntv_ctl_el0" : "=r"(value));
    return value;
}

/* A system call by its number, with one argument: it returns what comes back in its place. */
static inline uint64_t raw_system_call(int64_t number, uint64_t argument)
{
    register uint64_t x0 __asm__("x0") = argument;
    register int64_t x7 __asm__("x7") = number;

    /* x1 to x6 are those that a kernel may return a message in. */
    __asm__ volatile("svc #0"
                     : "+r"(x0), "+r"(x7)
                     :
                     : "x1", "x2", "x3", "x4", "x5", "x6", "memory");
    return x0;
}
