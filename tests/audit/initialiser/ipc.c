/* SPDX-License-Identifier: BSD-2-Clause */

#include <selkie/arch/driver/timer.h>

#include "probe.h"

#define REPLY_LABEL 9

static seL4_Word badge; /* that arrived */
static bool has_cap;

static bool was_signalled(struct probe *p, uint32_t object)
{
    badge = 0;
    seL4_Poll(probe_object(p, object), &badge);
    return badge != 0;
}

/* A signal without a badge wakes who waits, and leaves nothing else to be seen. */
static bool is_signalled_unbadged(struct probe *p, uint32_t object)
{
    if (helper_run(p, HELPER_WAIT, probe_object(p, object), NULL) == HELPER_DONE) {
        return true; /* by the signal before */
    }
    seL4_Signal(probe_slot(p, SLOT_TRIED));
    return helper_end(p, NULL) == HELPER_DONE;
}

static bool is_polled(struct probe *p, uint32_t object)
{
    seL4_Word answer = 0;

    if (probe_mint(p, SLOT_MADE, probe_object(p, object), 1) != seL4_NoError) {
        return false;
    }
    seL4_Signal(probe_slot(p, SLOT_MADE));
    probe_delete(p, SLOT_MADE);
    helper_run(p, HELPER_POLL, probe_slot(p, SLOT_TRIED), &answer);
    was_signalled(p, object);
    return answer == 1;
}

/* Only a call says that it was refused. */
static bool may_signal(struct probe *p)
{
    seL4_MessageInfo_t info =
        seL4_Call(probe_slot(p, SLOT_TRIED), seL4_MessageInfo_new(0, 0, 0, 0));

    return seL4_MessageInfo_get_label(info) == 0;
}

void probe_notification(struct probe *p)
{
    uint32_t object = SK_SPEC_NONE;
    bool may_write = may_signal(p);
    bool may_read = helper_run(p, HELPER_POLL, probe_slot(p, SLOT_TRIED), NULL) == HELPER_DONE;

    badge = 0;
    if (may_write) {
        may_signal(p);
        object = probe_each(p, SK_SPEC_NOTIFICATION, was_signalled);
        if (object == SK_SPEC_NONE) {
            object = probe_each(p, SK_SPEC_NOTIFICATION, is_signalled_unbadged);
            badge = 0;
        }
    } else if (may_read) {
        object = probe_each(p, SK_SPEC_NOTIFICATION, is_polled);
    }
    if (may_write) {
        probe_print(p, "notification_%d (%sW, badge: %lu)", (int)object, may_read ? "R" : "",
                    badge);
    } else {
        probe_print(p, "notification_%d (%s)", (int)object, may_read ? "R" : "");
    }
}

/* It is told again only if the capability is that interrupt's, and so can acknowledge it. */
static bool is_timers(struct probe *p)
{
    uint32_t object;

    sk_arch_timer_compare(sk_arch_timer_count());
    sk_arch_timer_set_control(SK_ARCH_TIMER_ENABLE);
    while ((sk_arch_timer_control() & SK_ARCH_TIMER_DUE) == 0) {
    }
    probe_each(p, SK_SPEC_NOTIFICATION, was_signalled);
    (void)seL4_IRQHandler_Ack(probe_slot(p, SLOT_TRIED));
    object = probe_each(p, SK_SPEC_NOTIFICATION, was_signalled);
    sk_arch_timer_set_control(0);
    (void)seL4_IRQHandler_Ack(probe_slot(p, SLOT_TRIED));
    if (object == SK_SPEC_NONE) {
        return false;
    }
    p->timer_notification = object;
    p->timer_badge = badge;
    return true;
}

void probe_interrupt(struct probe *p)
{
    if (is_timers(p)) {
        probe_print(p, "irq_%d", TIMER_IRQ);
    } else {
        probe_print(p, "irq_at_%u_%lx", p->cnode, p->slot);
    }
}

/* Does the helper's call come here? Then with what, and can it be answered? */
static bool was_called(struct probe *p, uint32_t object)
{
    seL4_MessageInfo_t info;

    badge = 0;
    seL4_SetCapReceivePath(seL4_CapInitThreadCNode, probe_slot(p, SLOT_RECEIVED),
                           seL4_WordBits);
    info = seL4_NBRecv(probe_object(p, object), &badge, probe_slot(p, SLOT_SECOND_REPLY));
    if (seL4_MessageInfo_get_label(info) != HELPER_LABEL) {
        return false;
    }
    has_cap = seL4_MessageInfo_get_extraCaps(info) != 0;
    if (has_cap) {
        probe_delete(p, SLOT_RECEIVED);
    }
    return true;
}

static bool is_received(struct probe *p, uint32_t object)
{
    seL4_NBSend(probe_object(p, object), seL4_MessageInfo_new(0, 0, 0, 0));
    return helper_end(p, NULL) == HELPER_DONE;
}

static bool is_answered(struct probe *p)
{
    seL4_Word label = 0;

    seL4_Send(probe_slot(p, SLOT_SECOND_REPLY), seL4_MessageInfo_new(REPLY_LABEL, 0, 0, 0));
    return helper_end(p, &label) == HELPER_DONE && label == REPLY_LABEL;
}

void probe_endpoint(struct probe *p)
{
    seL4_CPtr tried = probe_slot(p, SLOT_TRIED);
    bool may_read = helper_run(p, HELPER_NBRECV, tried, NULL) == HELPER_DONE;
    bool may_write = helper_run(p, HELPER_CALL, tried, NULL) == HELPER_BLOCKED;
    bool is_replied = false;
    uint32_t object = SK_SPEC_NONE;

    has_cap = false;
    if (may_write) {
        object = probe_each(p, SK_SPEC_ENDPOINT, was_called);
        is_replied = is_answered(p);
    } else if (may_read && helper_run(p, HELPER_RECV, tried, NULL) == HELPER_BLOCKED) {
        object = probe_each(p, SK_SPEC_ENDPOINT, is_received);
    }
    if (may_write) {
        probe_print(p, "ep_%d (%sW%s%s, badge: %lu)", (int)object, may_read ? "R" : "",
                    has_cap ? "G" : "", is_replied ? "P" : "", badge);
    } else {
        probe_print(p, "ep_%d (%s)", (int)object, may_read ? "R" : "");
    }
}

static bool was_told(struct probe *p, uint32_t object)
{
    seL4_MessageInfo_t info;

    badge = 0;
    info = seL4_NBRecv(probe_object(p, object), &badge, probe_slot(p, SLOT_REPLY));
    return seL4_MessageInfo_get_label(info) == seL4_Fault_VMFault;
}

/* It runs as soon as it can, and there is nothing at the address where it begins. */
static void let_fault(struct probe *p, struct thread *t)
{
    seL4_UserContext context = {.pc = p->free_vaddr};

    (void)seL4_TCB_SetPriority(t->tcb, seL4_CapInitThreadTCB, seL4_MaxPrio);
    (void)seL4_TCB_WriteRegisters(t->tcb, 1, 0, 1, &context);
    t->fault_endpoint = probe_each(p, SK_SPEC_ENDPOINT, was_told);
    t->fault_badge = badge;
    (void)seL4_TCB_Suspend(t->tcb);
    (void)seL4_TCB_SetPriority(t->tcb, seL4_CapInitThreadTCB, t->priority);
}

void probe_faults(struct probe *p)
{
    for (uint32_t n = 0; n < p->thread_count; n++) {
        p->threads[n].fault_endpoint = SK_SPEC_NONE;
        if (p->threads[n].has_handler) {
            let_fault(p, &p->threads[n]);
        }
    }
}
