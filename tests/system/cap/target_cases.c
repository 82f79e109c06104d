/*
 * What a thread can do only on the target: fetch instructions from anywhere, trap, and
 * interrupt the core.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/cap/irq_control.h>
#include <selkie/cap/irq_handler.h>
#include <selkie/cap/notification.h>

#include "../../cap/victim.h"
#include "stage.h"

static void jump(seL4_Word address)
{
    ((void (*)(void))address)();
    scene_stop();
}

static const char *a_vm_fault_says_that_it_was_a_fetch(struct scene *s)
{
    struct victim v;
    struct sk_fault f;

    WANT(start_victim(s, &v, jump, SCENE_UNMAPPED));
    WANT(next_fault(&v, &f) == SK_OK);
    WANT(f.kind == SK_FAULT_VM);
    WANT(f.vm.is_fetch && !f.vm.is_write);
    WANT(f.vm.address == SCENE_UNMAPPED && f.vm.pc == SCENE_UNMAPPED);
    WANT(fault_prints(&f, "VM fault: fetch from 0x7ffe0000 at pc 0x7ffe0000, status 0x"));
    return NULL;
}

static void trap(seL4_Word argument)
{
    (void)argument;
    __builtin_trap();
}

static const char *an_exception_says_where_it_was(struct scene *s)
{
    struct victim v;
    struct sk_fault f;

    WANT(start_victim(s, &v, trap, 0));
    WANT(next_fault(&v, &f) == SK_OK);
    WANT(f.kind == (SK_CFG_HARDWARE_DEBUG_API ? SK_FAULT_DEBUG : SK_FAULT_EXCEPTION));
    WANT(f.exception.pc >= (seL4_Word)trap && f.exception.pc < (seL4_Word)trap + 64);
    WANT(f.exception.sp != 0);
    WANT(f.exception.number >> 26 == 0x3c); /* the exception class of a BRK, in ESR */
    WANT(fault_prints(&f, "exception 0x"));
    return NULL;
}

static const char *a_software_interrupt_arrives_as_a_badge(struct scene *s)
{
    const seL4_Word irq = 5;
    const sk_irq_control control = {seL4_CapIRQControl};
    sk_notification line = {scene_make(s, SK_BLUEPRINT(Notification))};
    sk_slot badged = scene_slot(s);
    sk_slot handler = scene_slot(s);
    sk_slot raiser = scene_slot(s);
    sk_sgi_signal sgi = {sk_slot_cptr(raiser)};

    WANT(seL4_CNode_Mint(s->cnode, badged.index, seL4_WordBits, s->cnode, line.cptr,
                         seL4_WordBits, seL4_AllRights, 12) == seL4_NoError);
    WANT(sk_irq_control_get(control, irq, handler) == SK_OK);
    WANT(sk_irq_handler_set_notification((sk_irq_handler){handler.index},
                                         (sk_notification){badged.index}) == SK_OK);
    WANT(sk_irq_control_issue_sgi_signal(control, irq, 0, raiser) == SK_OK);
    WANT(sk_notification_poll(line) == 0);
    sk_sgi_signal_raise(sgi);
    WANT(sk_notification_wait(line) == 12);
    WANT(sk_irq_handler_ack((sk_irq_handler){handler.index}) == SK_OK);
    WANT(sk_notification_poll(line) == 0);
    return NULL;
}

const struct scene_case stage_cases[] = {
    {"a_software_interrupt_arrives_as_a_badge", a_software_interrupt_arrives_as_a_badge},
    {"a_vm_fault_says_that_it_was_a_fetch", a_vm_fault_says_that_it_was_a_fetch},
    {"an_exception_says_where_it_was", an_exception_says_where_it_was},
};
const unsigned stage_case_count = sizeof(stage_cases) / sizeof(stage_cases[0]);
