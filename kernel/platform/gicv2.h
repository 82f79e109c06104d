/*
 * Arm's generic interrupt controller, version 2, for one processor.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

struct gicv2 {
    volatile uint32_t *distributor;
    volatile uint32_t *interface;
};

/* All interrupts disabled, level triggered, of one priority, and sent to this processor. */
void sk_kgicv2_init(struct gicv2 g, uint64_t irq_count);

void sk_kgicv2_enable(struct gicv2 g, uint64_t irq);
void sk_kgicv2_disable(struct gicv2 g, uint64_t irq);
void sk_kgicv2_trigger(struct gicv2 g, uint64_t irq, bool is_edge);

/* Take the pending interrupt, which becomes active; UINT64_MAX: there is none. */
uint64_t sk_kgicv2_take(struct gicv2 g);

/* Send software generated interrupt irq, 0 to 15, to processor target, 0 to 7. */
void sk_kgicv2_raise(struct gicv2 g, uint64_t irq, uint64_t target);

/* An active interrupt is done with. */
void sk_kgicv2_end(struct gicv2 g, uint64_t irq);
