/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/budget.h"
#include "core/check_parts.h"

/* Threads that wait on an object: linked both ways, in order, all in the given state. */
static void check_waiting(struct check *c, const struct thread_queue *q, const void *object,
                          enum thread_state state)
{
    const struct tcb *prev = 0;

    for (const struct tcb *t = q->head; t != 0; t = t->queue_next) {
        if (!check_that(c, t->queue_prev == prev, "a queue is not linked both ways", t) ||
            !check_that(c, check_exists(c, CAP_TCB, t), "a deleted thread waits", t)) {
            return;
        }
        check_that(c, t->state == state && t->waits_on == object,
                   "a thread is in a queue that it does not wait in", t);
        check_that(c, prev == 0 || prev->priority >= t->priority, "a queue is out of order", t);
        prev = t;
    }
    check_that(c, q->tail == prev, "a queue has a wrong tail", object);
}

static void check_endpoint(struct check *c, const struct endpoint *ep)
{
    const struct tcb *t = ep->queue.head;

    check_that(c, t == 0 || t->state == THREAD_ON_SEND || t->state == THREAD_ON_RECEIVE,
               "a thread waits on an endpoint for something else", ep);
    check_waiting(c, &ep->queue, ep, t != 0 ? (enum thread_state)t->state : THREAD_INACTIVE);
}

static void check_notification(struct check *c, const struct notification *n)
{
    check_waiting(c, &n->queue, n, THREAD_ON_NOTIFICATION);
    check_that(c, n->queue.head == 0 || !n->is_set, "a signal was not delivered", n);
    check_that(c, n->bound_tcb == 0 || n->bound_tcb->bound_notification == n,
               "a notification is bound to a thread that is not bound to it", n);
    check_that(c, n->sched_context == 0 || n->sched_context->notification == n,
               "a notification has a scheduling context that has not it", n);
}

static void check_reply(struct check *c, const struct reply *r)
{
    check_that(c, r->tcb == 0 || r->tcb->reply == r, "a reply's thread has another reply", r);
    check_that(c, r->below == 0 || r->below->above == r, "a reply is not above its lower", r);
    check_that(c, r->above == 0 || r->above->below == r, "a reply is not below its upper", r);
    check_that(c, r->below == 0 || check_exists(c, CAP_REPLY, r->below),
               "a deleted reply is in a stack", r);
    check_that(c, r->sched_context == 0 || r->sched_context->reply == r,
               "a reply is on top of a stack that has another top", r);
    check_that(c, r->sched_context == 0 || r->above == 0, "a top has a reply above it", r);
    for (const struct reply *up = r->above; up != 0; up = up->above) {
        if (!check_that(c, up != r, "a stack of replies is a ring", r)) {
            return;
        }
    }
}

static void check_refills(struct check *c, const struct sched_context *sc, uint64_t size_bits)
{
    uint64_t total = 0;
    uint64_t time = 0;

    if (sc->budget == 0) {
        check_that(c, sc->refill_count == 0, "an unconfigured context has refills", sc);
        return;
    }
    if (!check_that(c,
                    sc->refill_count >= 1 && sc->refill_count <= sc->refill_max &&
                        sc->refill_head < sc->refill_max &&
                        sc->refill_max <= sk_kbudget_capacity(size_bits),
                    "a scheduling context has too many refills, or none", sc)) {
        return;
    }
    for (uint32_t n = 0; n < sc->refill_count; n++) {
        const struct refill *r = &sc->refills[(sc->refill_head + n) % sc->refill_max];

        check_that(c, r->time >= time, "refills are out of order", sc);
        time = r->time;
        total += r->amount;
    }
    /* A time slice is one refill that grows smaller until it is given anew. */
    check_that(c, total == sc->budget || (budget_is_round_robin(sc) && total < sc->budget),
               "refills do not add up to the budget", sc);
}

static void check_context(struct check *c, const struct sched_context *sc)
{
    check_that(c, sc->tcb == 0 || sc->tcb->sched_context == sc,
               "a scheduling context's thread has another one", sc);
    check_that(c, sc->notification == 0 || sc->notification->sched_context == sc,
               "a scheduling context's notification has another one", sc);
    check_that(c, sc->reply == 0 || sc->reply->sched_context == sc,
               "a scheduling context's top reply has another one", sc);
    check_that(c, sc->yield_from == 0 || sc->yield_from->yielding_to == sc,
               "a scheduling context is yielded to by one who does not", sc);
}

/* What a thread points at, and that it points back. */
static void check_links(struct check *c, const struct tcb *t)
{
    const struct notification *n = t->bound_notification;

    check_that(c, n == 0 || (n->bound_tcb == t && check_exists(c, CAP_NOTIFICATION, n)),
               "a thread is bound to a notification that is not", t);
    check_that(c,
               t->sched_context == 0 || (t->sched_context->tcb == t &&
                                         check_exists(c, CAP_SCHED_CONTEXT, t->sched_context)),
               "a thread has a scheduling context that has not it", t);
    check_that(c, t->reply == 0 || (t->reply->tcb == t && check_exists(c, CAP_REPLY, t->reply)),
               "a thread has a reply that has not it", t);
    check_that(c, t->yielding_to == 0 || t->yielding_to->yield_from == t,
               "a thread yields to a context that does not know", t);
}

static void check_thread(struct check *c, const struct tcb *t)
{
    bool is_on_endpoint = t->state == THREAD_ON_SEND || t->state == THREAD_ON_RECEIVE;

    check_links(c, t);
    check_that(c, t->state <= THREAD_ON_NOTIFICATION, "a thread is in no known state", t);
    check_that(c, t->state != THREAD_ON_REPLY || t->reply != 0,
               "a thread waits for an answer that cannot come", t);
    check_that(c, t->reply == 0 || t->state == THREAD_ON_REPLY || t->state == THREAD_ON_RECEIVE,
               "a thread holds a reply without reason", t);
    check_that(c, !is_on_endpoint || check_exists(c, CAP_ENDPOINT, t->waits_on),
               "a thread waits on a deleted endpoint", t);
    check_that(
        c, t->state != THREAD_ON_NOTIFICATION || check_exists(c, CAP_NOTIFICATION, t->waits_on),
        "a thread waits on a deleted notification", t);
}

static void check_object(struct check *c, const struct slot *s)
{
    const void *object = cap_object(s->cap);

    switch (cap_type(s->cap)) {
    case CAP_ENDPOINT:
        check_endpoint(c, object);
        break;
    case CAP_NOTIFICATION:
        check_notification(c, object);
        break;
    case CAP_REPLY:
        check_reply(c, object);
        break;
    case CAP_SCHED_CONTEXT:
        check_refills(c, object, cap_size_bits(s->cap));
        check_context(c, object);
        break;
    case CAP_TCB:
        check_thread(c, object);
        break;
    case CAP_IRQ_HANDLER:
        check_that(c, c->k->irq_states[cap_irq(s->cap)] == IRQ_HANDLED,
                   "an interrupt with a handler is said to have none", s);
        break;
    default:
        break;
    }
}

void check_objects(struct check *c)
{
    const struct tcb *owner = c->k->fpu_owner;
    uint64_t handlers = 0;

    for (const struct slot *s = check_first(c); s != 0 && check_goes_on(c);
         s = derive_next(s)) {
        if (check_is_first_of_object(s)) {
            check_object(c, s);
            handlers += cap_type(s->cap) == CAP_IRQ_HANDLER;
        }
    }
    for (unsigned n = 0; n < KERNEL_IRQ_COUNT; n++) {
        const struct slot *target = &c->k->irq_slots[n];

        handlers -= c->k->irq_states[n] == IRQ_HANDLED;
        check_that(c, cap_is_null(target->cap) || cap_type(target->cap) == CAP_NOTIFICATION,
                   "an interrupt signals something else than a notification", target);
    }
    check_that(c, handlers == 0, "an interrupt is said to have a handler", 0);
    check_that(c, owner == 0 || check_exists(c, CAP_TCB, owner),
               "a deleted thread owns the floating-point registers", owner);
}
