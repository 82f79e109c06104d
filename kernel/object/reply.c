/* SPDX-License-Identifier: BSD-2-Clause */
#include "object/reply.h"

#include "core/fault.h"
#include "core/ipc.h"
#include "core/sched.h"
#include "object/sched_context.h"

void sk_kreply_unlink(struct tcb *receiver)
{
    if (receiver->reply != 0) {
        receiver->reply->tcb = 0;
        receiver->reply = 0;
    }
}

void sk_kreply_push(struct kernel *k, struct tcb *caller, struct tcb *callee, struct reply *r,
                    bool donate)
{
    struct sched_context *sc = caller->sched_context;

    r->tcb = caller;
    caller->reply = r;
    caller->state = THREAD_ON_REPLY;
    if (!donate || sc == 0 || callee->sched_context != 0) {
        return;
    }
    r->below = sc->reply;
    if (r->below != 0) {
        r->below->above = r;
        r->below->sched_context = 0;
    }
    r->sched_context = sc;
    sc->reply = r;
    sk_ksched_context_donate(k, sc, callee);
}

/*
 * Take r out of the stack of calls it is part of. Below it, nothing is given back any more,
 * unless r was on top and pops: then the next one is.
 */
static void leave_stack(struct reply *r, bool pops)
{
    struct sched_context *sc = r->sched_context;

    if (r->below != 0) {
        r->below->above = 0;
        r->below->sched_context = pops ? sc : 0;
    }
    if (r->above != 0) {
        r->above->below = 0;
    }
    if (sc != 0) {
        sc->reply = pops ? r->below : 0;
    }
    r->below = 0;
    r->above = 0;
    r->sched_context = 0;
}

void sk_kreply_pop(struct kernel *k, struct reply *r)
{
    struct tcb *caller = r->tcb;
    struct sched_context *sc = r->sched_context;

    leave_stack(r, true);
    r->tcb = 0;
    caller->reply = 0;
    if (sc != 0 && caller->sched_context == 0) {
        sk_ksched_context_donate(k, sc, caller);
    }
}

void sk_kreply_forget(struct kernel *k, struct reply *r)
{
    (void)k;
    leave_stack(r, false);
    r->tcb->reply = 0;
    r->tcb = 0;
}

void sk_kreply_send(struct kernel *k, struct tcb *from, struct reply *r, bool may_grant)
{
    struct tcb *to = r->tcb;

    if (to == 0 || to->state != THREAD_ON_REPLY) {
        return;
    }
    sk_kreply_pop(k, r);
    if (to->fault.label == seL4_Fault_NullFault) {
        sk_kipc_transfer(k, from, 0, 0, may_grant, to);
        to->state = THREAD_RUNNING;
    } else {
        bool goes_on = sk_kfault_reply(k, from, to);

        to->fault = (struct fault){0};
        to->state = goes_on ? THREAD_RESTART : THREAD_INACTIVE;
    }
    sk_ksched_wake(k, to);
}

void sk_kreply_destroy(struct kernel *k, struct reply *r)
{
    struct tcb *t = r->tcb;

    if (t == 0) {
        return;
    }
    if (t->state == THREAD_ON_REPLY) {
        sk_kreply_pop(k, r);
        t->fault = (struct fault){0};
        t->state = THREAD_INACTIVE;
    } else {
        sk_kipc_cancel(k, t);
    }
}
