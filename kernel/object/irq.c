/* SPDX-License-Identifier: BSD-2-Clause */
#include "object/irq.h"

#include "core/cspace.h"
#include "core/delete.h"
#include "core/derive.h"
#include "core/platform.h"
#include "object/cnode.h"
#include "object/invocation.h"
#include "object/notification.h"

#define SGI_COUNT   16u /* of the interrupt controller's architecture */
#define SGI_TARGETS 8u

void sk_kirq_deliver(struct kernel *k, uint64_t irq)
{
    kcap c = k->irq_slots[irq].cap;

    sk_kplatform_irq_mask(k, irq);
    if (cap_type(c) == CAP_NOTIFICATION && (cap_rights(c) & RIGHT_WRITE) != 0) {
        sk_knotification_signal(k, cap_object(c), cap_badge(c));
    }
}

void sk_kirq_destroy(struct kernel *k, uint64_t irq)
{
    sk_kplatform_irq_mask(k, irq);
    sk_kdelete_plain(k, &k->irq_slots[irq]);
    k->irq_states[irq] = IRQ_INACTIVE;
}

/* The empty slot for a new capability: words n, n + 1, in root CNode 0. */
static seL4_Error find_empty(struct kernel *k, struct invocation *i, unsigned n,
                             struct slot **ret_slot)
{
    seL4_Error e = sk_kcspace_target(k, invocation_cap(i, 0), sk_kinvocation_word(i, n),
                                     sk_kinvocation_word(i, n + 1), 0, ret_slot);

    if (e == seL4_NoError && !cap_is_null((*ret_slot)->cap)) {
        e = sk_kerror(k, seL4_DeleteFirst);
    }
    return e;
}

/* Words: interrupt, target, index, depth. Capability: root CNode. */
static seL4_Error issue_sgi(struct kernel *k, struct invocation *i)
{
    uint64_t irq = sk_kinvocation_word(i, 0);
    uint64_t target = sk_kinvocation_word(i, 1);
    struct slot *s;
    seL4_Error e;

    if (i->length < 4 || i->extra_count < 1) {
        return sk_kerror(k, seL4_TruncatedMessage);
    }
    if (irq >= SGI_COUNT) {
        return sk_kerror_range(k, 0, SGI_COUNT - 1);
    }
    if (target >= SGI_TARGETS) {
        return sk_kerror_argument(k, 1);
    }
    e = find_empty(k, i, 2, &s);
    if (e == seL4_NoError) {
        sk_kderive_insert(i->slot, s, cap_sgi(irq, target), true);
    }
    return e;
}

/* Words: interrupt, [trigger,] index, depth. Capability: root CNode. */
seL4_Error sk_kirq_control_invoke(struct kernel *k, struct invocation *i)
{
    bool has_trigger = i->label == ARMIRQIssueIRQHandlerTrigger;
    uint64_t irq;
    struct slot *s;
    seL4_Error e;

    if (i->label == ARMIRQIssueSGISignal) {
        return issue_sgi(k, i);
    }
    if (i->label != IRQIssueIRQHandler && !has_trigger) {
        return sk_kerror(k, seL4_IllegalOperation);
    }
    if (i->length < 3u + has_trigger || i->extra_count < 1) {
        return sk_kerror(k, seL4_TruncatedMessage);
    }
    irq = sk_kinvocation_word(i, 0);
    if (irq >= KERNEL_IRQ_COUNT) {
        return sk_kerror_range(k, 0, KERNEL_IRQ_COUNT - 1);
    }
    if (k->irq_states[irq] != IRQ_INACTIVE) {
        return sk_kerror(k, seL4_RevokeFirst);
    }
    e = find_empty(k, i, 1u + has_trigger, &s);
    if (e != seL4_NoError) {
        return e;
    }
    if (has_trigger) {
        sk_kplatform_irq_trigger(k, irq, sk_kinvocation_word(i, 1) != 0);
    }
    k->irq_states[irq] = IRQ_HANDLED;
    sk_kplatform_irq_unmask(k, irq);
    sk_kderive_insert(i->slot, s, cap_make(CAP_IRQ_HANDLER, 0, 0, irq), true);
    return seL4_NoError;
}

static seL4_Error set_notification(struct kernel *k, struct invocation *i, uint64_t irq)
{
    kcap c = invocation_cap(i, 0);

    if (i->extra_count == 0) {
        return sk_kerror(k, seL4_TruncatedMessage);
    }
    if (cap_type(c) != CAP_NOTIFICATION || (cap_rights(c) & RIGHT_WRITE) == 0) {
        return sk_kerror_capability(k, 0);
    }
    sk_kdelete_plain(k, &k->irq_slots[irq]);
    sk_kcnode_insert(i->extra[0], &k->irq_slots[irq], c);
    return seL4_NoError;
}

seL4_Error sk_kirq_handler_invoke(struct kernel *k, struct invocation *i)
{
    uint64_t irq = cap_irq(i->cap);

    switch (i->label) {
    case IRQAckIRQ:
        sk_kplatform_irq_unmask(k, irq);
        return seL4_NoError;
    case IRQSetIRQHandler:
        return set_notification(k, i, irq);
    case IRQClearIRQHandler:
        sk_kdelete_plain(k, &k->irq_slots[irq]);
        return seL4_NoError;
    default:
        return sk_kerror(k, seL4_IllegalOperation);
    }
}
