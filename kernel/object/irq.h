/*
 * Interrupts: handler capabilities, and the notifications that interrupts signal.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include "core/kernel.h"

/* An interrupt that a user handles has arrived: mask it until acknowledged, and signal. */
void sk_kirq_deliver(struct kernel *k, uint64_t irq);

/* The last capability to the handler of irq is being deleted. */
void sk_kirq_destroy(struct kernel *k, uint64_t irq);
