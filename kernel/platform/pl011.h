/*
 * Arm's PL011 serial port, output only. QEMU's needs no setting up.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdint.h>

void sk_kpl011_putc(volatile uint32_t *uart, char c);
