/*
 * A gate: threads wait at a notification until they are let through, as many as somebody said.
 *
 * A notification holds one signal only: of two signals that come before a waiter does, one is
 * lost. A gate counts. Who opens it adds passes and signals; who wakes takes one pass, and
 * signals again if there are more. Semaphores, reader-writer locks and barriers wait at gates;
 * programs use those.
 *
 * As many passes are given as there are threads that wait, or are about to. Which of them get
 * them is the kernel's choice: at seL4 with MCS the waiter of the highest priority is next and
 * of equal ones the first, at classic seL4 the first; but a thread that comes to the gate
 * before the one that was signalled has run may take its pass, and it waits for the next.
 *
 * A signal may be left in the notification when all passes are taken, also when what had the
 * gate ends. A gate that gets the notification next does not mind; a mutex would let two in,
 * so poll it first.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <sel4/sel4.h>
#include <selkie/base/attr.h>
#include <selkie/cap/kinds.h>

struct sk_gate {
    sk_notification notification;
    unsigned passes; /* given and not taken yet */
};

/* The notification is the gate's alone, with the rights to signal it and to wait. */
static SK_ALWAYS_INLINE void sk_gate_init(struct sk_gate *g, sk_notification notification)
{
    *g = (struct sk_gate){.notification = notification};
}

/* The same with passes that are elsewhere, as in memory that is shared. */
void sk_gate_wait_at(sk_notification notification, unsigned *passes);
void sk_gate_open_at(sk_notification notification, unsigned *passes, unsigned count);

/* Wait for a pass, and take it. */
static SK_ALWAYS_INLINE void sk_gate_wait(struct sk_gate *g)
{
    sk_gate_wait_at(g->notification, &g->passes);
}

/* Let count threads through, which wait or are about to: at least one. */
static SK_ALWAYS_INLINE void sk_gate_open(struct sk_gate *g, unsigned count)
{
    sk_gate_open_at(g->notification, &g->passes, count);
}
