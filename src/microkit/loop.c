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

/* Returns whether there is an answer. */
static bool handle(seL4_Word badge, seL4_MessageInfo_t message, seL4_MessageInfo_t *ret_answer)
{
    switch (badge & SK_MICROKIT_BADGE_KIND) {
    case SK_MICROKIT_BADGE_CALL:
        *ret_answer = protected(badge % SK_MICROKIT_CHANNELS, message);
        return true;
    case SK_MICROKIT_BADGE_FAULT:
        return fault(badge % 64, message, ret_answer);
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

    init();
    acknowledge_all();
    for (;;) {
        seL4_Word badge;
        seL4_MessageInfo_t message = wait(is_answered ? &answer : NULL, &badge);

        is_answered = handle(badge, message, &answer);
    }
}
