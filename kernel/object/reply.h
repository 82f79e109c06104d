/*
 * Reply objects, and scheduling contexts lent along calls.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include "core/kernel.h"

/* A receiver offers r for the next call; r must be free. */
static inline void reply_offer(struct reply *r, struct tcb *receiver)
{
    r->tcb = receiver;
    receiver->reply = r;
}

/* The receiver's offer, if any, ends. */
void sk_kreply_unlink(struct tcb *receiver);

/*
 * caller now waits for an answer through r, a free one. With donate, the scheduling context on
 * which caller runs goes to callee until then.
 */
void sk_kreply_push(struct kernel *k, struct tcb *caller, struct tcb *callee, struct reply *r,
                    bool donate);

/* The call of r has ended: r is free, and what was lent with it is back with its caller. */
void sk_kreply_pop(struct kernel *k, struct reply *r);

/* The caller of r no longer waits; what it lent stays where it is. */
void sk_kreply_forget(struct kernel *k, struct reply *r);

/* The thread from answers through r, if somebody waits there. */
void sk_kreply_send(struct kernel *k, struct tcb *from, struct reply *r, bool may_grant);

/* The last capability to r is being deleted. */
void sk_kreply_destroy(struct kernel *k, struct reply *r);
