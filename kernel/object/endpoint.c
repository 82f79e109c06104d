/* SPDX-License-Identifier: BSD-2-Clause */
#include "object/endpoint.h"

#include "core/ipc.h"
#include "core/queue.h"
#include "core/sched.h"
#include "object/notification.h"
#include "object/reply.h"
#include "object/sched_context.h"

static void block(struct tcb *t, struct endpoint *ep, enum thread_state state)
{
    t->state = state;
    t->waits_on = ep;
    queue_insert(&ep->queue, t);
}

static struct tcb *first(struct endpoint *ep, enum thread_state state)
{
    struct tcb *t = ep->queue.head;

    return t != 0 && t->state == state ? t : 0;
}

/* The message of a call has arrived at callee, who offers r (or nothing) for the answer. */
static void await_answer(struct kernel *k, struct tcb *caller, struct tcb *callee,
                         struct reply *r, bool may_be_answered, bool may_donate)
{
    if (r != 0 && may_be_answered) {
        sk_kreply_push(k, caller, callee, r, may_donate);
    } else {
        caller->fault = (struct fault){0};
        caller->state = THREAD_INACTIVE;
    }
}

void sk_kendpoint_send(struct kernel *k, struct tcb *t, struct endpoint_send s)
{
    struct tcb *to = first(s.endpoint, THREAD_ON_RECEIVE);
    struct reply *r;

    if (to == 0) {
        if (s.is_blocking) {
            t->badge = s.badge;
            t->is_call = s.is_call;
            t->may_grant = s.may_grant;
            t->may_grant_reply = s.may_grant_reply;
            block(t, s.endpoint, THREAD_ON_SEND);
        }
        return;
    }
    queue_remove(&s.endpoint->queue, to);
    sk_kipc_transfer(k, t, s.endpoint, s.badge, s.may_grant, to);
    r = to->reply;
    sk_kreply_unlink(to);
    to->waits_on = 0;
    if (s.is_call) {
        await_answer(k, t, to, r, s.may_grant || s.may_grant_reply, s.may_donate);
    } else if (s.may_donate && to->sched_context == 0 && t->sched_context != 0) {
        sk_ksched_context_donate(k, t->sched_context, to);
    }
    to->state = THREAD_RUNNING;
    sk_ksched_wake(k, to);
}

void sk_kendpoint_receive(struct kernel *k, struct tcb *t, struct endpoint *ep,
                          bool is_blocking, struct reply *r)
{
    struct tcb *from;

    if (r != 0 && r->tcb != 0 && r->tcb != t) {
        sk_kipc_cancel(k, r->tcb);
    }
    if (t->bound_notification != 0 && t->bound_notification->is_set) {
        sk_knotification_take(k, t->bound_notification, t);
        return;
    }
    if (is_blocking) {
        sk_knotification_return_context(k, t);
    }
    from = first(ep, THREAD_ON_SEND);
    if (from == 0) {
        if (is_blocking) {
            if (r != 0) {
                reply_offer(r, t);
            }
            block(t, ep, THREAD_ON_RECEIVE);
        } else {
            sk_arch_set_badge(&t->context, 0);
        }
        return;
    }
    queue_remove(&ep->queue, from);
    from->waits_on = 0;
    sk_kipc_transfer(k, from, ep, from->badge, from->may_grant, t);
    if (from->is_call || from->fault.label != seL4_Fault_NullFault) {
        await_answer(k, from, t, r, from->may_grant || from->may_grant_reply,
                     t->sched_context == 0);
    } else {
        from->state = THREAD_RUNNING;
        sk_ksched_wake(k, from);
    }
}

static void start_again(struct kernel *k, struct endpoint *ep, struct tcb *t)
{
    bool is_fault = t->fault.label != seL4_Fault_NullFault;

    sk_kipc_leave(&ep->queue, t);
    if (!is_fault) {
        t->state = THREAD_RESTART;
        sk_ksched_wake(k, t);
    }
}

void sk_kendpoint_cancel_all(struct kernel *k, struct endpoint *ep)
{
    while (ep->queue.head != 0) {
        start_again(k, ep, ep->queue.head);
    }
}

void sk_kendpoint_cancel_badge(struct kernel *k, struct endpoint *ep, uint64_t badge)
{
    struct tcb *next;

    for (struct tcb *t = first(ep, THREAD_ON_SEND); t != 0; t = next) {
        next = t->queue_next;
        if (t->badge == badge) {
            start_again(k, ep, t);
        }
    }
}
