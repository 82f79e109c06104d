/* SPDX-License-Identifier: BSD-2-Clause */
#include "object/notification.h"

#include "core/ipc.h"
#include "core/queue.h"
#include "core/sched.h"
#include "object/sched_context.h"

/* A thread without a scheduling context runs on that of the notification, if it has one. */
static void lend_context(struct kernel *k, struct notification *n, struct tcb *t)
{
    if (t->sched_context == 0 && n->sched_context != 0 && n->sched_context->tcb == 0) {
        sk_ksched_context_donate(k, n->sched_context, t);
    }
}

static void wake_with(struct kernel *k, struct notification *n, struct tcb *t, uint64_t badge)
{
    sk_kipc_cancel(k, t);
    sk_arch_set_badge(&t->context, badge);
    t->state = THREAD_RUNNING;
    lend_context(k, n, t);
    sk_ksched_wake(k, t);
}

void sk_knotification_signal(struct kernel *k, struct notification *n, uint64_t badge)
{
    struct tcb *bound = n->bound_tcb;

    /* One that was set before it was bound does not wake its thread until that receives. */
    if (n->is_set) {
        n->word |= badge;
    } else if (bound != 0 && bound->state == THREAD_ON_RECEIVE) {
        wake_with(k, n, bound, badge);
    } else if (n->queue.head != 0) {
        wake_with(k, n, n->queue.head, badge);
    } else {
        n->word = badge;
        n->is_set = 1;
    }
}

void sk_knotification_take(struct kernel *k, struct notification *n, struct tcb *t)
{
    sk_arch_set_badge(&t->context, n->word);
    n->word = 0;
    n->is_set = 0;
    lend_context(k, n, t);
}

void sk_knotification_wait(struct kernel *k, struct tcb *t, struct notification *n,
                           bool is_blocking)
{
    if (n->is_set) {
        sk_knotification_take(k, n, t);
    } else if (is_blocking) {
        t->state = THREAD_ON_NOTIFICATION;
        t->waits_on = n;
        queue_insert(&n->queue, t);
        if (n->sched_context != 0 && n->sched_context == t->sched_context) {
            sk_ksched_context_release(k, t->sched_context);
        }
    } else {
        sk_arch_set_badge(&t->context, 0);
    }
}

void sk_knotification_return_context(struct kernel *k, struct tcb *t)
{
    struct notification *n = t->bound_notification;

    if (n != 0 && n->sched_context != 0 && n->sched_context == t->sched_context) {
        sk_ksched_context_release(k, t->sched_context);
    }
}

void sk_knotification_bind(struct notification *n, struct tcb *t)
{
    n->bound_tcb = t;
    t->bound_notification = n;
}

void sk_knotification_unbind(struct notification *n)
{
    if (n->bound_tcb != 0) {
        n->bound_tcb->bound_notification = 0;
        n->bound_tcb = 0;
    }
}

void sk_knotification_destroy(struct kernel *k, struct notification *n)
{
    sk_knotification_unbind(n);
    if (n->sched_context != 0) {
        n->sched_context->notification = 0;
        n->sched_context = 0;
    }
    while (n->queue.head != 0) {
        struct tcb *t = n->queue.head;

        sk_kipc_leave(&n->queue, t);
        t->state = THREAD_RESTART;
        sk_ksched_wake(k, t);
    }
}
