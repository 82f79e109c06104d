/*
 * The scheduler: who runs next.
 *
 * A thread can run if it is runnable (its state), and has a scheduling context with budget.
 * Those that can run and do not are in the ready queue of their priority; those whose budget is
 * in the future are in the release queue; the one that runs is in neither.
 *
 * During a system call, threads that become able to run are announced with sk_ksched_wake().
 * The first of them is the candidate: the kernel may switch to it without touching a queue. At
 * the end, sk_ksched_run() decides: a thread that still can run gives way only to a higher
 * priority; a thread that blocked hands over to the candidate unless somebody more important
 * is ready.
 *
 * The kernel looks at the clock once, when it is entered. If the running thread then has less
 * budget left than the kernel itself may take, its budget ends, whatever it wanted.
 *
 * Every domain has ready queues of its own; threads of others than the one whose time it is are
 * queued and no more. domain.h says whose time it is.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include "core/kernel.h"

static inline bool sched_is_runnable(const struct tcb *t)
{
    return t->state == THREAD_RUNNING || t->state == THREAD_RESTART;
}

/* Runnable, and with a configured scheduling context whose budget is not in the future. */
static inline bool sched_can_run(const struct tcb *t)
{
    return sched_is_runnable(t) && t->sched_context != 0 && t->sched_context->budget != 0 &&
           !t->is_waiting;
}

/* Whether the time is that of t's domain. */
static inline bool sched_in_domain(const struct kernel *k, const struct tcb *t)
{
    return SK_CFG_NUM_DOMAINS == 1 || t->domain == k->domain;
}

/* The highest priority in the ready queues of the domain that runs, or -1. */
static inline int sched_top(const struct kernel *k)
{
    const struct ready_queues *r = &k->ready[SK_CFG_NUM_DOMAINS == 1 ? 0 : k->domain];
    unsigned word;

    if (r->summary == 0) {
        return -1;
    }
    word = 63 - (unsigned)__builtin_clzll(r->summary);
    return (int)(word * 64 + 63 - (unsigned)__builtin_clzll(r->bitmap[word]));
}

/* Put t, which is in no queue, at an end of the ready queue of its priority. */
void sk_ksched_enqueue_head(struct kernel *k, struct tcb *t);
void sk_ksched_enqueue_tail(struct kernel *k, struct tcb *t);

/* t was made runnable, or was given a scheduling context: it runs when its turn comes. */
void sk_ksched_wake(struct kernel *k, struct tcb *t);

/*
 * t is about to lose its ability to run, or to change what queues depend on: take it out of the
 * ready and release queues, and forget it as a candidate. Running threads stay current until
 * sk_ksched_run().
 */
void sk_ksched_remove(struct kernel *k, struct tcb *t);

/* Change the priority of t, wherever it is. */
void sk_ksched_set_priority(struct kernel *k, struct tcb *t, uint8_t priority);

/* Put t into another domain, wherever it is. */
void sk_ksched_set_domain(struct kernel *k, struct tcb *t, uint8_t domain);

/* The running thread gives up the rest of its budget. */
void sk_ksched_yield(struct kernel *k);

/*
 * Look at the clock: this is when the kernel was entered, until the next time. Whether the
 * running thread then has too little budget left for the kernel to do anything for it.
 */
static inline bool sched_enter(struct kernel *k)
{
    k->now = sk_arch_now(&k->machine);
    return k->now >= k->budget_end;
}

/*
 * The budget of the running thread ends here: it is charged for what it used, and what brought
 * it here is done again when it has budget, and its turn.
 */
void sk_ksched_expire(struct kernel *k);

/* The kernel's timer interrupt. */
void sk_ksched_tick(struct kernel *k);

/*
 * Decide who runs, and switch to it. Returns the thread; null when there is none to run.
 * The caller goes on to user mode in its context.
 */
struct tcb *sk_ksched_run(struct kernel *k);

/* Switch to t, which can run and is in no queue; the context of who ran before is kept. */
void sk_ksched_switch(struct kernel *k, struct tcb *t);

/* Load the address space of the running thread: it is its turn, or what it had is gone. */
void sk_ksched_load_vspace(struct kernel *k);

/*
 * Whether the address space of t is the one that is loaded. That of the running thread is not
 * if the thread has just exchanged it: the new one counts when the scheduler next chooses it.
 */
static inline bool sched_is_loaded(const struct kernel *k, const struct tcb *t)
{
    const kcap c = t->slots[TCB_VSPACE].cap;

    return c.w0 == k->loaded_vspace.w0 && c.w1 == k->loaded_vspace.w1;
}
