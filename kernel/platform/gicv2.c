/* SPDX-License-Identifier: BSD-2-Clause */
#include "platform/gicv2.h"

/* Word indices of registers. */
enum {
    DISTRIBUTOR_CONTROL = 0x000 / 4,
    DISTRIBUTOR_SET_ENABLE = 0x100 / 4,
    DISTRIBUTOR_CLEAR_ENABLE = 0x180 / 4,
    DISTRIBUTOR_PRIORITY = 0x400 / 4,
    DISTRIBUTOR_TARGETS = 0x800 / 4,
    DISTRIBUTOR_CONFIGURATION = 0xc00 / 4,
    DISTRIBUTOR_SOFTWARE = 0xf00 / 4,
    INTERFACE_CONTROL = 0x00 / 4,
    INTERFACE_PRIORITY_MASK = 0x04 / 4,
    INTERFACE_ACKNOWLEDGE = 0x0c / 4,
    INTERFACE_END = 0x10 / 4,
};

#define FIRST_SHARED 32u
#define IRQ_MASK     0x3ffu
#define NO_IRQ_FROM  1020u /* and above: spurious */

void sk_kgicv2_init(struct gicv2 g, uint64_t irq_count)
{
    g.distributor[DISTRIBUTOR_CONTROL] = 0;
    for (uint64_t n = 0; n < irq_count / 32; n++) {
        g.distributor[DISTRIBUTOR_CLEAR_ENABLE + n] = 0xffffffff;
    }
    for (uint64_t n = 0; n < irq_count / 4; n++) {
        g.distributor[DISTRIBUTOR_PRIORITY + n] = 0x80808080;
        if (n >= FIRST_SHARED / 4) {
            g.distributor[DISTRIBUTOR_TARGETS + n] = 0x01010101;
        }
    }
    g.distributor[DISTRIBUTOR_CONTROL] = 1;
    g.interface[INTERFACE_PRIORITY_MASK] = 0xf0;
    g.interface[INTERFACE_CONTROL] = 1;
}

void sk_kgicv2_enable(struct gicv2 g, uint64_t irq)
{
    g.distributor[DISTRIBUTOR_SET_ENABLE + irq / 32] = 1u << irq % 32;
}

void sk_kgicv2_disable(struct gicv2 g, uint64_t irq)
{
    g.distributor[DISTRIBUTOR_CLEAR_ENABLE + irq / 32] = 1u << irq % 32;
}

void sk_kgicv2_trigger(struct gicv2 g, uint64_t irq, bool is_edge)
{
    volatile uint32_t *word = &g.distributor[DISTRIBUTOR_CONFIGURATION + irq / 16];
    uint32_t bit = 2u << 2 * (irq % 16);

    *word = is_edge ? *word | bit : *word & ~bit;
}

uint64_t sk_kgicv2_take(struct gicv2 g)
{
    uint32_t irq = g.interface[INTERFACE_ACKNOWLEDGE] & IRQ_MASK;

    return irq < NO_IRQ_FROM ? irq : UINT64_MAX;
}

void sk_kgicv2_raise(struct gicv2 g, uint64_t irq, uint64_t target)
{
    g.distributor[DISTRIBUTOR_SOFTWARE] = (uint32_t)(1ull << (16 + target) | irq);
}

void sk_kgicv2_end(struct gicv2 g, uint64_t irq)
{
    g.interface[INTERFACE_END] = (uint32_t)irq;
}
