/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/sched.h"

#include "core/budget.h"
#include "core/domain.h"
#include "core/fault.h"
#include "core/queue.h"
#include "core/vspace.h"
#include "object/sched_context.h"

static struct ready_queues *ready_queues(struct kernel *k, const struct tcb *t)
{
    return &k->ready[SK_CFG_NUM_DOMAINS == 1 ? 0 : t->domain];
}

static void mark_ready(struct ready_queues *r, unsigned priority)
{
    r->bitmap[priority / 64] |= 1ull << priority % 64;
    r->summary |= 1ull << priority / 64;
}

void sk_ksched_enqueue_head(struct kernel *k, struct tcb *t)
{
    struct ready_queues *r = ready_queues(k, t);
    struct thread_queue *q = &r->queues[t->priority];

    t->is_queued = 1;
    t->ready_prev = 0;
    t->ready_next = q->head;
    if (q->head != 0) {
        q->head->ready_prev = t;
    } else {
        q->tail = t;
        mark_ready(r, t->priority);
    }
    q->head = t;
}

void sk_ksched_enqueue_tail(struct kernel *k, struct tcb *t)
{
    struct ready_queues *r = ready_queues(k, t);
    struct thread_queue *q = &r->queues[t->priority];

    t->is_queued = 1;
    t->ready_next = 0;
    t->ready_prev = q->tail;
    if (q->tail != 0) {
        q->tail->ready_next = t;
    } else {
        q->head = t;
        mark_ready(r, t->priority);
    }
    q->tail = t;
}

static void dequeue(struct kernel *k, struct tcb *t)
{
    struct ready_queues *r = ready_queues(k, t);
    struct thread_queue *q = &r->queues[t->priority];

    t->is_queued = 0;
    if (t->ready_next != 0) {
        t->ready_next->ready_prev = t->ready_prev;
    } else {
        q->tail = t->ready_prev;
    }
    if (t->ready_prev != 0) {
        t->ready_prev->ready_next = t->ready_next;
        return;
    }
    q->head = t->ready_next;
    if (q->head == 0) {
        unsigned word = t->priority / 64;

        r->bitmap[word] &= ~(1ull << t->priority % 64);
        if (r->bitmap[word] == 0) {
            r->summary &= ~(1ull << word);
        }
    }
}

static uint64_t release_time(const struct tcb *t)
{
    return t->sched_context->refills[t->sched_context->refill_head].time;
}

static void wait_for_budget(struct kernel *k, struct tcb *t)
{
    struct tcb *before = 0;
    struct tcb *after = k->release_head;

    while (after != 0 && release_time(after) <= release_time(t)) {
        before = after;
        after = after->ready_next;
    }
    t->is_waiting = 1;
    t->ready_prev = before;
    t->ready_next = after;
    if (after != 0) {
        after->ready_prev = t;
    }
    if (before != 0) {
        before->ready_next = t;
    } else {
        k->release_head = t;
        k->must_set_timer = 1;
    }
}

static void stop_waiting(struct kernel *k, struct tcb *t)
{
    t->is_waiting = 0;
    if (t->ready_next != 0) {
        t->ready_next->ready_prev = t->ready_prev;
    }
    if (t->ready_prev != 0) {
        t->ready_prev->ready_next = t->ready_next;
    } else {
        k->release_head = t->ready_next;
    }
}

/* The time that the running context has used since it was last asked. */
static uint64_t elapsed(struct kernel *k)
{
    uint64_t ticks = k->now - k->charged_since;

    k->charged_since = k->now;
    return ticks;
}

/* The running context pays for the time up to now, unless it gave up its budget just now. */
static void charge(struct kernel *k)
{
    struct sched_context *sc = k->charged;
    uint64_t ticks = elapsed(k);

    if (budget_head(sc)->time <= k->now) {
        (void)sk_kbudget_charge(sc, k->now, ticks);
    }
}

/* Whether t may run now; if its budget lies in the future it is queued for that. */
static bool is_in_budget(struct kernel *k, struct tcb *t)
{
    struct sched_context *sc = t->sched_context;

    if (sc == k->charged || budget_is_round_robin(sc)) {
        return true;
    }
    sk_kbudget_resume(sc, k->now);
    if (budget_head(sc)->time <= k->now) {
        return true;
    }
    wait_for_budget(k, t);
    return false;
}

/* t, which has budget, is in no queue and does not run, may be the next. */
static void announce(struct kernel *k, struct tcb *t)
{
    if (!sched_in_domain(k, t)) {
        sk_ksched_enqueue_head(k, t);
        return;
    }
    if (k->candidate == 0 && !k->must_choose) {
        k->candidate = t;
        return;
    }
    if (k->candidate != 0) {
        sk_ksched_enqueue_head(k, k->candidate);
        k->candidate = 0;
    }
    sk_ksched_enqueue_head(k, t);
    k->must_choose = 1;
}

void sk_ksched_wake(struct kernel *k, struct tcb *t)
{
    if (sched_can_run(t) && !t->is_queued && t != k->candidate && t != k->current &&
        is_in_budget(k, t)) {
        announce(k, t);
    }
}

void sk_ksched_remove(struct kernel *k, struct tcb *t)
{
    if (t->is_queued) {
        dequeue(k, t);
    }
    if (t->is_waiting) {
        stop_waiting(k, t);
    }
    if (k->candidate == t) {
        k->candidate = 0;
        k->must_choose = 1;
    }
}

/* Change the priority of t, and its place in the queue of the object it waits on. */
static void reorder(struct tcb *t, uint8_t priority)
{
    struct thread_queue *q = 0;

    if (t->state == THREAD_ON_SEND || t->state == THREAD_ON_RECEIVE) {
        q = &((struct endpoint *)t->waits_on)->queue;
    } else if (t->state == THREAD_ON_NOTIFICATION) {
        q = &((struct notification *)t->waits_on)->queue;
    }
    if (q != 0) {
        queue_remove(q, t);
    }
    t->priority = priority;
    if (q != 0) {
        queue_insert(q, t);
    }
}

void sk_ksched_set_priority(struct kernel *k, struct tcb *t, uint8_t priority)
{
    bool was_queued = t->is_queued;

    if (was_queued) {
        dequeue(k, t);
    }
    reorder(t, priority);
    if (was_queued || t == k->candidate) {
        sk_ksched_enqueue_head(k, t);
        k->candidate = t == k->candidate ? 0 : k->candidate;
    }
    k->must_choose = 1;
}

void sk_ksched_set_domain(struct kernel *k, struct tcb *t, uint8_t domain)
{
    bool was_queued = t->is_queued || t == k->candidate;

    if (t->is_queued) {
        dequeue(k, t);
    }
    k->candidate = t == k->candidate ? 0 : k->candidate;
    t->domain = domain;
    if (was_queued) {
        sk_ksched_enqueue_head(k, t);
    }
    k->must_choose = 1;
}

static void take_turn_again(struct kernel *k, struct tcb *t)
{
    if (!sched_can_run(t) || t->is_queued) {
        return;
    }
    if (budget_head(t->sched_context)->time <= k->now) {
        sk_ksched_enqueue_tail(k, t);
    } else {
        wait_for_budget(k, t);
    }
    k->must_choose = 1;
}

void sk_ksched_yield(struct kernel *k)
{
    sk_kbudget_forfeit(k->charged, k->now, elapsed(k));
    take_turn_again(k, k->current);
    k->must_set_timer = 1;
}

/* The context that ran out was that of t, the running thread. */
static void end_of_budget(struct kernel *k, struct tcb *t)
{
    if (!budget_is_round_robin(t->sched_context) && sk_kfault_timeout(k, t)) {
        return;
    }
    take_turn_again(k, t);
}

void sk_ksched_expire(struct kernel *k)
{
    struct tcb *t = k->current;

    k->must_set_timer = 1;
    if (k->charged == 0) {
        return;
    }
    charge(k);
    if (t != 0 && t->sched_context == k->charged) {
        t->state = THREAD_RESTART;
        end_of_budget(k, t);
    }
}

void sk_ksched_tick(struct kernel *k)
{
    k->must_set_timer = 1;
    sk_kdomain_tick(k, k->now);
    while (k->release_head != 0 && release_time(k->release_head) <= k->now) {
        struct tcb *t = k->release_head;

        stop_waiting(k, t);
        if (!t->sched_context->is_sporadic) {
            sk_kbudget_resume(t->sched_context, k->now);
        }
        if (t != k->current) {
            announce(k, t);
        }
    }
}

static void set_timer(struct kernel *k)
{
    uint64_t deadline = UINT64_MAX;

    k->must_set_timer = 0;
    k->budget_end = UINT64_MAX;
    if (k->charged != 0) {
        deadline = k->charged_since + budget_head(k->charged)->amount;
        k->budget_end = deadline - budget_ticks(BUDGET_MINIMUM_US);
    }
    if (k->release_head != 0 && release_time(k->release_head) < deadline) {
        deadline = release_time(k->release_head);
    }
    if (SK_CFG_NUM_DOMAINS > 1 && k->domain_end < deadline) {
        deadline = k->domain_end;
    }
    sk_arch_timer_set(&k->machine, deadline);
}

/* From now on sc, which may be null, pays for the time. */
static void charge_to(struct kernel *k, struct sched_context *sc)
{
    if (k->charged != 0) {
        charge(k);
    }
    k->charged = sc;
    k->charged_since = k->now;
    if (sc != 0 && !sc->is_sporadic) {
        sk_kbudget_resume(sc, k->now);
    }
    set_timer(k);
}

void sk_ksched_load_vspace(struct kernel *k)
{
    uint64_t asid;
    uint64_t root = sk_kvspace_root(k, k->current, &asid);

    k->loaded_vspace = k->current->slots[TCB_VSPACE].cap;
    sk_arch_vspace_use(&k->machine, root, asid);
}

void sk_ksched_switch(struct kernel *k, struct tcb *t)
{
    if (t->sched_context != k->charged) {
        charge_to(k, t->sched_context);
    }
    if (t == k->current) {
        if (k->must_choose && !sched_is_loaded(k, t)) {
            sk_ksched_load_vspace(k);
        }
        return;
    }
    if (k->current != 0) {
        sk_arch_context_leave(&k->machine, &k->current->context);
    }
    k->current = t;
    sk_arch_context_enter(&k->machine, &t->context);
    sk_ksched_load_vspace(k);
    if (SK_CFG_HAVE_FPU) {
        sk_arch_fpu_enable(&k->machine, t == k->fpu_owner);
    }
}

static void idle(struct kernel *k)
{
    if (k->charged != 0) {
        charge_to(k, 0);
    }
    if (k->current != 0) {
        sk_arch_context_leave(&k->machine, &k->current->context);
        k->current = 0;
        k->loaded_vspace = (kcap){0};
        sk_arch_vspace_use(&k->machine, k->machine.empty_root, 0);
    }
}

/* Settle the candidate: it is the next to run, or it is queued. */
static struct tcb *settle(struct kernel *k, struct tcb *current, bool goes_on)
{
    struct tcb *t = k->candidate;
    int rival = goes_on ? current->priority : sched_top(k) - 1;

    k->candidate = 0;
    if (t == 0) {
        return 0;
    }
    if (k->must_choose || (int)t->priority <= rival) {
        /* An equal of the running thread comes last, one who missed its turn first. */
        if (goes_on && t->priority == current->priority) {
            sk_ksched_enqueue_tail(k, t);
        } else {
            sk_ksched_enqueue_head(k, t);
        }
        k->must_choose = 1;
        return 0;
    }
    if (goes_on) {
        sk_ksched_enqueue_head(k, current);
    }
    return t;
}

static struct tcb *choose(struct kernel *k, struct tcb *current, bool goes_on)
{
    struct tcb *t;
    int top = sched_top(k);

    if (goes_on && (int)current->priority >= top) {
        return current;
    }
    if (top < 0) {
        return 0;
    }
    if (goes_on) {
        sk_ksched_enqueue_head(k, current);
    }
    t = k->ready[SK_CFG_NUM_DOMAINS == 1 ? 0 : k->domain].queues[top].head;
    dequeue(k, t);
    return t;
}

/* The running thread and the candidate wait for the time of their domain if it is not now. */
static bool leave_domain(struct kernel *k, struct tcb *current, bool goes_on)
{
    struct tcb *t = k->candidate;

    if (t != 0 && !sched_in_domain(k, t)) {
        sk_ksched_enqueue_head(k, t);
        k->candidate = 0;
    }
    if (goes_on && !sched_in_domain(k, current)) {
        sk_ksched_enqueue_head(k, current);
        return false;
    }
    return goes_on;
}

/* The rule: the running thread made an invocation, and nothing came of it for others. */
static inline bool is_settled(const struct kernel *k, const struct tcb *current)
{
    return !k->must_choose && k->candidate == 0 && !k->must_set_timer && current != 0 &&
           current->state == THREAD_RUNNING && sched_can_run(current) &&
           current->sched_context == k->charged && !current->is_queued &&
           current->yielding_to == 0 && sched_in_domain(k, current);
}

struct tcb *sk_ksched_run(struct kernel *k)
{
    struct tcb *current = k->current;
    struct tcb *next;
    bool goes_on;

    if (is_settled(k, current)) {
        return current;
    }
    goes_on = current != 0 && sched_can_run(current) && !current->is_queued;
    if (SK_CFG_NUM_DOMAINS > 1) {
        goes_on = leave_domain(k, current, goes_on);
    }
    next = settle(k, current, goes_on);

    if (next == 0) {
        next = k->must_choose || !goes_on ? choose(k, current, goes_on) : current;
    }
    if (next == 0) {
        idle(k);
    } else {
        if (next != current || next->sched_context != k->charged || k->must_choose) {
            sk_ksched_switch(k, next);
        }
        if (next->yielding_to != 0) {
            sk_ksched_context_yielded(next);
        }
        if (next->state == THREAD_RESTART) {
            next->context.pc = next->context.restart_pc;
            next->state = THREAD_RUNNING;
        }
    }
    k->must_choose = 0;
    if (k->must_set_timer) {
        set_timer(k);
    }
    return next;
}
