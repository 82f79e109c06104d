/* SPDX-License-Identifier: BSD-2-Clause */
#include "microkit.h"

#include <stddef.h>

/* The number of the lowest bit that is set, which is cleared. */
static unsigned take_bit(seL4_Word *bits)
{
    unsigned n = (unsigned)__builtin_ctzl(*bits);

    *bits &= *bits - 1;
    return n;
}

static void tell(seL4_Word bits, microkit_channel first)
{
    while (bits != 0) {
        notified(first + take_bit(&bits));
    }
}

/* Somebody has signalled a group's notification before waking us. */
static void tell_groups(void)
{
    seL4_Word groups = sk_microkit_extension.groups;

    while (groups != 0) {
        unsigned group = take_bit(&groups);
        seL4_Word bits = 0;

        seL4_Poll(SK_MICROKIT_SLOT_GROUP + group, &bits);
        tell(bits, group * 64);
    }
}

/* Interrupts that came before the domain was there are not sent again without this. */
static void acknowledge_all(void)
{
    seL4_Word irqs = microkit_irqs;

    while (irqs != 0) {
        microkit_irq_ack(take_bit(&irqs));
    }
}

/* protected.c, which is linked where the program has none, says otherwise. */
__attribute__((weak)) bool sk_microkit_has_protected(void)
{
    return true;
}

/*
 * Who waits for this domain. A caller does from before each wait on, not from after it: a
 * restart may come in between. It is taken back where something else than a call came; until
 * then a restarted domain may answer nobody, which does nothing.
 */
enum { NOBODY, CALLER, CHILD /* + its number: its fault is handled */ };

static seL4_Word who_sent(seL4_Word badge)
{
    switch (badge & SK_MICROKIT_BADGE_KIND) {
    case SK_MICROKIT_BADGE_CALL:
        return CALLER;
    case SK_MICROKIT_BADGE_FAULT:
        return CHILD + badge % 64;
    default:
        return NOBODY;
    }
}

/* The last word of the IPC buffer's page: nothing else uses it, and no start restores it. */
static volatile seL4_Word *who_waits(void)
{
    return (seL4_Word *)(sk_microkit_stack_end + 2 * ((uintptr_t)1 << seL4_PageBits)) - 1;
}

/*
 * A domain that was restarted in the middle of a call answers it. That goes with the first
 * wait: until then a passive domain runs in the caller's time, and afterwards has none.
 */
static void answer_late(void)
{
    sk_microkit_flush();
    microkit_signal_cap = REPLY_CAP;
    microkit_signal_msg = seL4_MessageInfo_new(SK_MICROKIT_RESTARTED, 0, 0, 0);
    microkit_have_signal = seL4_True;
}

/* Answer, or do what is deferred, or neither; and wait. */
static seL4_MessageInfo_t wait(const seL4_MessageInfo_t *answer, seL4_Word *ret_badge)
{
    if (answer != NULL) {
        sk_microkit_flush();
        return seL4_ReplyRecv(INPUT_CAP, *answer, ret_badge, REPLY_CAP);
    }
    if (microkit_have_signal) {
        microkit_have_signal = seL4_False;
        return seL4_NBSendRecv(microkit_signal_cap, microkit_signal_msg, INPUT_CAP, ret_badge,
                               REPLY_CAP);
    }
    return seL4_Recv(INPUT_CAP, ret_badge, REPLY_CAP);
}

static bool handle_fault(microkit_child child, seL4_MessageInfo_t message,
                         seL4_MessageInfo_t *ret_answer)
{
    sk_microkit_faulted = (struct sk_microkit_faulted){.is_handled = true, .child = child};

    bool is_answered = fault(child, message, ret_answer);
    bool is_restarted = sk_microkit_faulted.is_restarted;

    sk_microkit_faulted = (struct sk_microkit_faulted){0};
    if (is_restarted) {
        *ret_answer = seL4_MessageInfo_new(0, 0, 0, 0);
    }
    return is_answered || is_restarted;
}

/* Returns whether there is an answer. */
static bool handle(seL4_Word badge, seL4_MessageInfo_t message, seL4_MessageInfo_t *ret_answer)
{
    switch (badge & SK_MICROKIT_BADGE_KIND) {
    case SK_MICROKIT_BADGE_CALL:
        *ret_answer = protected(badge % SK_MICROKIT_CHANNELS, message);
        return true;
    case SK_MICROKIT_BADGE_FAULT:
        return handle_fault(badge % 64, message, ret_answer);
    case SK_MICROKIT_BADGE_WAKE:
        tell(badge & ~SK_MICROKIT_BADGE_KIND, 0);
        tell_groups();
        return false;
    default:
        tell(badge, 0);
        return false;
    }
}

SK_NORETURN int main(void)
{
    seL4_MessageInfo_t answer = seL4_MessageInfo_new(0, 0, 0, 0);
    bool is_answered = false;
    seL4_Word left = sk_microkit_is_restored() ? *who_waits() : NOBODY;

    if (left >= CHILD) {
        sk_microkit_forget((microkit_child)(left - CHILD));
    }
    init();
    acknowledge_all();
    if (left == CALLER) {
        answer_late();
    }
    for (;;) {
        seL4_Word badge;
        seL4_MessageInfo_t message;

        *who_waits() = sk_microkit_has_protected() ? CALLER : NOBODY;
        message = wait(is_answered ? &answer : NULL, &badge);
        *who_waits() = who_sent(badge);
        is_answered = handle(badge, message, &answer);
    }
}
