/* SPDX-License-Identifier: BSD-2-Clause */
#include "microkit.h"

static void defer(seL4_CPtr cap, seL4_Word label)
{
    sk_microkit_flush();
    microkit_signal_cap = cap;
    microkit_signal_msg = seL4_MessageInfo_new(label, 0, 0, 0);
    microkit_have_signal = seL4_True;
}

/* Of two signals the second is deferred: the first says only what the second is about. */
void microkit_deferred_notify(microkit_channel ch)
{
    if (ch < MICROKIT_MAX_CHANNELS && (microkit_notifications >> ch & 1) != 0) {
        defer(BASE_OUTPUT_NOTIFICATION_CAP + ch, 0);
    } else if (!sk_microkit_has(sk_microkit_extension.notifications, ch)) {
        sk_microkit_refuse("microkit_deferred_notify", ch);
    } else if (sk_microkit_has(sk_microkit_extension.wakes, ch)) {
        sk_microkit_flush(); /* it would wake the peer for this one */
        seL4_Signal(sk_microkit_slot_notify(ch));
        defer(sk_microkit_slot_wake(ch), 0);
    } else {
        defer(sk_microkit_slot_notify(ch), 0);
    }
}

void microkit_deferred_irq_ack(microkit_channel ch)
{
    if (ch < MICROKIT_MAX_CHANNELS && (microkit_irqs >> ch & 1) != 0) {
        defer(BASE_IRQ_CAP + ch, IRQAckIRQ);
    } else {
        sk_microkit_refuse("microkit_deferred_irq_ack", ch);
    }
}
