/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/budget.h"
#include "core/check_parts.h"
#include "core/sched.h"

/* The ready queue of one priority. Returns how many threads are in it. */
static uint64_t check_queue(struct check *c, const struct thread_queue *q, unsigned domain,
                            unsigned priority)
{
    const struct tcb *prev = 0;
    uint64_t count = 0;

    for (const struct tcb *t = q->head; t != 0; t = t->ready_next) {
        if (!check_that(c, t->ready_prev == prev, "a ready queue is not linked both ways", t)) {
            return count;
        }
        check_that(c, check_exists(c, CAP_TCB, t), "a deleted thread is ready", t);
        check_that(c, t->is_queued && sched_can_run(t), "a ready thread cannot run", t);
        check_that(c, t->priority == priority && t->domain == domain,
                   "a thread is in the ready queue of others", t);
        check_that(c, t != c->k->current, "the running thread is in a ready queue", t);
        prev = t;
        count++;
    }
    check_that(c, q->tail == prev, "a ready queue has a wrong tail", q);
    return count;
}

static uint64_t check_domain(struct check *c, unsigned domain)
{
    const struct ready_queues *r = &c->k->ready[domain];
    uint64_t count = 0;

    for (unsigned p = 0; p < KERNEL_PRIORITIES; p++) {
        bool is_marked = (r->bitmap[p / 64] >> p % 64 & 1) != 0;

        check_that(c, is_marked == (r->queues[p].head != 0), "a ready queue is not marked so",
                   &r->queues[p]);
        if (is_marked) {
            count += check_queue(c, &r->queues[p], domain, p);
        }
    }
    for (unsigned n = 0; n < KERNEL_PRIORITIES / 64; n++) {
        check_that(c, (r->summary >> n & 1) == (r->bitmap[n] != 0), "a summary is wrong", r);
    }
    return count;
}

static uint64_t check_release(struct check *c)
{
    const struct tcb *prev = 0;
    uint64_t time = 0;
    uint64_t count = 0;

    for (const struct tcb *t = c->k->release_head; t != 0; t = t->ready_next) {
        if (!check_that(c, t->ready_prev == prev, "the release queue is not linked both ways",
                        t) ||
            !check_that(c, check_exists(c, CAP_TCB, t), "a deleted thread waits for budget",
                        t) ||
            !check_that(c, t->is_waiting && t->sched_context != 0,
                        "a thread waits for budget without a scheduling context", t)) {
            return count;
        }
        check_that(c, t->sched_context->refills[t->sched_context->refill_head].time >= time,
                   "the release queue is out of order", t);
        time = t->sched_context->refills[t->sched_context->refill_head].time;
        prev = t;
        count++;
    }
    return count;
}

static void check_current(struct check *c)
{
    const struct kernel *k = c->k;
    const struct tcb *t = k->current;

    check_that(c, k->candidate == 0, "a candidate was forgotten", k->candidate);
    if (t == 0) {
        check_that(c, k->charged == 0, "a scheduling context pays for nobody", k->charged);
        check_that(c, sched_top(k) < 0, "nobody runs, yet somebody could", k);
        return;
    }
    check_that(c, check_exists(c, CAP_TCB, t), "a deleted thread runs", t);
    check_that(c, sched_can_run(t) && !t->is_queued, "the running thread cannot run", t);
    check_that(c, t->sched_context == k->charged, "the wrong scheduling context pays", t);
    check_that(c, sched_in_domain(k, t), "the running thread is of another domain", t);
    check_that(c, sched_top(k) <= (int)t->priority, "a more important thread is ready", t);
}

void check_scheduler(struct check *c)
{
    const struct kernel *k = c->k;
    uint64_t queued = 0;
    uint64_t waiting = check_release(c);

    for (unsigned d = 0; d < SK_CFG_NUM_DOMAINS; d++) {
        queued += check_domain(c, d);
    }
    check_current(c);
    for (const struct slot *s = check_first(c); s != 0; s = derive_next(s)) {
        const struct tcb *t = cap_object(s->cap);

        if (cap_type(s->cap) == CAP_TCB && check_is_first_of_object(s)) {
            check_that(c, !sched_can_run(t) || t->is_queued || t == k->current,
                       "a thread that can run is in no queue", t);
            queued -= t->is_queued;
            waiting -= t->is_waiting;
        }
    }
    check_that(c, queued == 0 && waiting == 0,
               "a queue lacks a thread that is said to be in it", 0);
}
