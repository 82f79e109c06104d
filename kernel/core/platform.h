/*
 * What the core asks of a platform: a console and an interrupt controller.
 *
 * The target's are in kernel/platform/, the host's in arch/host/kernel/.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

struct kernel;

void sk_kplatform_putc(struct kernel *k, char c);

/* The interrupt that is pending and not masked, taken; UINT64_MAX if there is none. */
uint64_t sk_kplatform_irq_take(struct kernel *k);

/* The interrupt that was taken has been dealt with; if it is not masked it may come again. */
void sk_kplatform_irq_end(struct kernel *k, uint64_t irq);

void sk_kplatform_irq_mask(struct kernel *k, uint64_t irq);
void sk_kplatform_irq_unmask(struct kernel *k, uint64_t irq);
void sk_kplatform_irq_trigger(struct kernel *k, uint64_t irq, bool is_edge);

/* Raise software generated interrupt irq at a processor; both are what the hardware has. */
void sk_kplatform_sgi_raise(struct kernel *k, uint64_t irq, uint64_t target);

/* The interrupt of the timer that sk_arch_timer_set() sets. */
uint64_t sk_kplatform_timer_irq(const struct kernel *k);
