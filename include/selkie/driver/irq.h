/*
 * Interrupts, for programs with drivers: a handler, and the badge by which it is told.
 *
 *     SK_TRY(sk_irq_open(source, irq_control, 33, notification, UART_BADGE, &irq));
 *     ...
 *     badges = sk_notification_wait(notification);
 *     if ((badges & UART_BADGE) != 0) {
 *         sk_pl011_interrupt(&port);
 *         SK_TRY(sk_irq_ack(&irq));
 *     }
 *
 * Several interrupts can signal one notification, each by its badge, and the notification can
 * be bound to the thread, which then receives it beside messages. An interrupt that came is
 * masked until it is acknowledged.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <selkie/base/own.h>
#include <selkie/cap/irq_handler.h>
#include <selkie/cap/source.h>

/* An interrupt's handler. Dropping it ends its signals. */
typedef struct sk_irq {
    sk_slots slots; /* the handler, and the notification with the badge */
    struct sk_source *source;
} sk_irq;

void sk_irq_drop(sk_irq *irq);
SK_OWNED(sk_irq, sk_irq_drop)

/*
 * Let the interrupt of that number signal notification, through a copy with badge. One that is
 * pending already comes at once. Two slots are taken from source.
 *
 * SK_ERR_REVOKE_FIRST: somebody handles this interrupt, the kernel itself perhaps.
 * SK_ERR_RANGE: the machine has no such interrupt.
 * SK_ERR_NO_SLOT: the source has none.
 * SK_ERR_INVALID_CAPABILITY, SK_ERR_FAILED_LOOKUP, SK_ERR_ILLEGAL_OPERATION: control or
 * notification are not what they should be.
 */
sk_err sk_irq_open(struct sk_source *source, sk_irq_control control, seL4_Word number,
                   sk_notification notification, seL4_Word badge, sk_irq *ret_irq);

/* The handler, for what acknowledges by itself, as the event loop does. It stays the irq's. */
static SK_ALWAYS_INLINE sk_irq_handler sk_irq_handler_of(const sk_irq *irq)
{
    sk_own_check(irq);
    return (sk_irq_handler){sk_slot_cptr(irq->slots.first)};
}

/* The device was served: let its interrupt come again. Fails only on a handler that is gone. */
static SK_ALWAYS_INLINE sk_err sk_irq_ack(const sk_irq *irq)
{
    return sk_irq_handler_ack(sk_irq_handler_of(irq));
}
