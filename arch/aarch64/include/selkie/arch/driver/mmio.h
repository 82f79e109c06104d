/*
 * Registers of devices in memory: one access, of that size, in program order with others to the
 * same device.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdint.h>

/* A plain load, which a hypervisor that plays the device can decode. */
static inline uint32_t sk_arch_mmio_read32(const volatile uint32_t *at)
{
    uint32_t value;

    __asm__ volatile("ldr %w0, %1" : "=r"(value) : "Q"(*at) : "memory");
    return value;
}

/* A plain store, likewise. */
static inline void sk_arch_mmio_write32(volatile uint32_t *at, uint32_t value)
{
    __asm__ volatile("str %w1, %0" : "=Q"(*at) : "r"(value) : "memory");
}
