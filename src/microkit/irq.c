/* SPDX-License-Identifier: BSD-2-Clause */
#include "microkit.h"

void microkit_irq_ack(microkit_channel ch)
{
    if (ch < MICROKIT_MAX_CHANNELS && (microkit_irqs >> ch & 1) != 0) {
        sk_microkit_check("microkit_irq_ack", seL4_IRQHandler_Ack(BASE_IRQ_CAP + ch));
    } else {
        sk_microkit_refuse("microkit_irq_ack", ch);
    }
}
