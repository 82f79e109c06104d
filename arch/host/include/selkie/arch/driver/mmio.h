/*
 * Registers of devices that a test plays: each access is a call.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdint.h>

/* Defined by the test, which says what the device does. */
uint32_t sk_arch_mmio_read32(const volatile uint32_t *at);
void sk_arch_mmio_write32(volatile uint32_t *at, uint32_t value);
