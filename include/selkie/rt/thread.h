/*
 * Threads.
 *
 *     struct sk_thread *worker;
 *     const struct sk_thread_options options = {.name = "worker"};
 *
 *     SK_TRY(sk_thread_start(work, &job, &options, &worker));
 *     ...
 *     sk_thread_join(worker, NULL);
 *
 * One call takes everything that a thread needs from a source, and starts it: a stack with a
 * guard page below it, TLS with the variables' initial values, an IPC buffer, with MCS a
 * scheduling context. It runs in the address space and CSpace of the program. A thread ends
 * when its function returns or panics, and sk_thread_join() gives everything back.
 *
 * Where the program is linked with the fault handler (selkie/rt/fault.h), it handles the faults
 * of these threads too, and says their names.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <sel4/sel4.h>
#include <selkie/base/err.h>
#include <selkie/cap/kinds.h>
#include <selkie/cap/source.h>
#include <selkie/rt/catch.h>

#define SK_THREAD_STACK_SIZE (16 * 1024)
#define SK_THREAD_BUDGET_US  10000

/* A zero is the choice that its comment says. */
struct sk_thread_options {
    const char *name;         /* shown in dumps; must last as long as the thread ("thread") */
    seL4_Word priority;       /* the lowest there is is 0, and runs when nobody else does */
    size_t stack_size;        /* bytes, without the guard (SK_THREAD_STACK_SIZE) */
    void *tls;                /* sk_tls_size() bytes for its TLS (part of its stack) */
    size_t arg_size;          /* so many bytes at arg are copied for it (it gets arg itself) */
    seL4_Word budget_us;      /* MCS: time to run in each period (SK_THREAD_BUDGET_US) */
    seL4_Word period_us;      /* MCS (as long as the budget) */
    seL4_Word core;           /* MCS with several cores: which one */
    struct sk_source *source; /* where everything is taken from (the environment's) */
};

/* A thread. Its fields are for tools that look at threads. */
struct sk_thread {
    const char *name;
    sk_tcb tcb;
    sk_sched_context context; /* with MCS */
    seL4_Word core;
    uintptr_t stack; /* the lowest address; the guard page is below */
    size_t stack_size;
    uintptr_t ipc_buffer;
    void (*fn)(void *arg);
    void *arg;
    sk_outcome outcome; /* when it has ended */
    bool is_cancelled;  /* see selkie/task/thread.h */
    unsigned waits;     /* in a way that cancelling ends */
    struct sk_source *source;
    sk_slots slots;    /* of its objects: what they are is private to src/rt/thread.c */
    seL4_Word objects; /* how many of them are made */
    uintptr_t pages;
    seL4_Word page_count;
};

/*
 * Start a thread that calls fn(arg).
 *
 * SK_ERR_INVALID_ARGUMENT: there is no source; or the period is shorter than the budget.
 * SK_ERR_NO_MEMORY, SK_ERR_NO_SLOT: the source has not enough; nothing is left taken.
 * SK_ERR_RANGE: the priority is higher than the first thread's highest.
 * SK_ERR_INVALID_CAPABILITY: the environment gives no control over time.
 */
sk_err sk_thread_start(void (*fn)(void *arg), void *arg,
                       const struct sk_thread_options *options, struct sk_thread **ret_thread);

/*
 * Wait until t has ended, and give back what it had. ret_outcome, unless it is NULL, says how
 * its function ended: where panics unwind, a panic ends the thread only. Each thread is joined
 * once at most.
 */
void sk_thread_join(struct sk_thread *t, sk_outcome *ret_outcome);

/*
 * End t where it stands, if it has not ended, and give back what it had. Nothing of it runs any
 * more: no drop, no destructor, and a lock that it holds stays locked. For threads whose data
 * nobody else uses; others are cancelled (selkie/task/thread.h). It is not joined then.
 */
void sk_thread_kill(struct sk_thread *t);

/*
 * The calling thread, if sk_thread_start() started it; the first thread otherwise, also for
 * threads that were made by other means.
 */
struct sk_thread *sk_thread_self(void);
