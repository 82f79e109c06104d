/*
 * Notifications: a word of bits that threads set, and one thread takes.
 *
 * A notification is signalled through a capability with a badge, whose bits are added to the
 * word; who waits gets the word, and it is empty again. The same on every kernel. A capability
 * to a software interrupt is signalled likewise.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <sel4/sel4.h>
#include <selkie/base/attr.h>
#include <selkie/cap/kinds.h>

/* Add the capability's badge to the word, and wake a thread that waits. */
static SK_ALWAYS_INLINE void sk_notification_signal(sk_notification n)
{
    seL4_Signal(n.cptr);
}

/* Wait until it is signalled; returns the word. */
static SK_ALWAYS_INLINE seL4_Word sk_notification_wait(sk_notification n)
{
    seL4_Word badges;

    seL4_Wait(n.cptr, &badges);
    return badges;
}

/* The word as it is, without waiting: 0 if nobody signalled, or only without a badge. */
static SK_ALWAYS_INLINE seL4_Word sk_notification_poll(sk_notification n)
{
    seL4_Word badges = 0;

    (void)seL4_Poll(n.cptr, &badges);
    return badges;
}

/* Raise the interrupt of s on its core, as sk_irq_control_issue_sgi_signal() made it. */
static SK_ALWAYS_INLINE void sk_sgi_signal_raise(sk_sgi_signal s)
{
    seL4_Signal(s.cptr);
}
