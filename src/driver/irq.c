/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/driver/irq.h>

#include <selkie/cap/irq_control.h>

enum { HANDLER, BADGED, SLOTS };

void sk_irq_drop(sk_irq *irq)
{
    if (sk_own_is_empty(irq)) {
        return;
    }
    /* Deleting fails only where there is no slot; then there is nothing in it to delete. */
    for (seL4_Word n = 0; n < SLOTS; n++) {
        sk_slot slot = sk_slots_get(irq->slots, n);

        (void)seL4_CNode_Delete(slot.root.cptr, slot.index, slot.depth);
    }
    irq->source->give_slots(irq->source, irq->slots);
    *irq = (sk_irq){0};
}

/* The notification is in the same CSpace as the slots, by an address of a whole word. */
static sk_err fill(const sk_irq *irq, sk_irq_control control, seL4_Word number,
                   sk_notification notification, seL4_Word badge)
{
    sk_slot handler = sk_slots_get(irq->slots, HANDLER);
    sk_slot badged = sk_slots_get(irq->slots, BADGED);

    SK_TRY(sk_irq_control_get(control, number, handler));
    SK_TRY((sk_err)seL4_CNode_Mint(badged.root.cptr, badged.index, badged.depth,
                                   badged.root.cptr, notification.cptr, seL4_WordBits,
                                   seL4_CanWrite, badge));
    SK_TRY(sk_irq_handler_set_notification((sk_irq_handler){sk_slot_cptr(handler)},
                                           (sk_notification){sk_slot_cptr(badged)}));
    /* One that came before is not told of, and would keep the next from coming. */
    return sk_irq_ack(irq);
}

sk_err sk_irq_open(struct sk_source *source, sk_irq_control control, seL4_Word number,
                   sk_notification notification, seL4_Word badge, sk_irq *ret_irq)
{
    SK_AUTO(sk_irq) irq = {.source = source};

    SK_TRY(source->take_slots(source, SLOTS, &irq.slots));
    SK_TRY(fill(&irq, control, number, notification, badge));
    *ret_irq = SK_MOVE(irq);
    return SK_OK;
}
