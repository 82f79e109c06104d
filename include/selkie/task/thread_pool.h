/*
 * Pools of threads: jobs wait in a queue, and some threads do them.
 *
 *     static struct sk_thread *threads[4];
 *     static struct sk_job jobs[32];
 *     struct sk_thread_pool pool;
 *
 *     SK_TRY(sk_thread_pool_init(&pool, &(struct sk_thread_pool_options){
 *                                           .threads = threads, .thread_count = 4,
 *                                           .jobs = jobs, .job_count = 32,
 *                                           .thread = {.name = "worker", .priority = 50}}));
 *     sk_thread_pool_submit(&pool, add_up, ((struct sum){numbers, 100, &total}));
 *     sk_thread_pool_wait(&pool);
 *     sk_thread_pool_fini(&pool);
 *
 * A job is a closure (selkie/task/closure.h). Jobs are started in the order in which they were
 * submitted. Who submits to a full queue waits; a job must not, as all threads might. A job
 * that panics, where panics unwind, ends alone and is counted. Any thread may submit and wait.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include <selkie/cap/mutex.h>
#include <selkie/cap/owned.h>
#include <selkie/task/closure.h>

/* The bytes of the largest argument, and how its copy is aligned. */
#define SK_JOB_ARG_SIZE  56
#define SK_JOB_ARG_ALIGN 8

struct sk_job {
    void (*enter)(void *arg);
    _Alignas(SK_JOB_ARG_ALIGN) char arg[SK_JOB_ARG_SIZE];
};

struct sk_thread_pool_options {
    struct sk_thread **threads; /* room for thread_count: the pool's until it ends */
    size_t thread_count;        /* 1 at least */
    struct sk_job *jobs;
    size_t job_count;                /* 1 at least */
    struct sk_thread_options thread; /* of each; arg_size and tls are not looked at */
};

/* Threads that wait for something, and the notification where they do. */
struct sk_thread_pool_queue {
    sk_owned_object notification;
    size_t waiting;
};

/* Its fields are private to src/task/thread_pool.c. */
struct sk_thread_pool {
    sk_owned_object lock;
    struct sk_mutex mutex;
    struct sk_thread_pool_queue work; /* threads, for jobs */
    struct sk_thread_pool_queue room; /* who submits to a full queue */
    struct sk_thread_pool_queue idle; /* who waits until all is done */
    struct sk_thread **threads;
    size_t thread_count; /* that were started */
    struct sk_job *jobs;
    size_t job_count;
    size_t first;   /* the job that is next */
    size_t queued;  /* jobs that wait */
    size_t running; /* jobs that are being done */
    uint64_t panicked;
    bool is_ending;
};

/*
 * Start the threads. *p must not move until the pool ends.
 *
 * SK_ERR_INVALID_ARGUMENT: there is no room for a thread, or for a job.
 * Other errors are those of sk_thread_start(); nothing is left taken.
 */
sk_err sk_thread_pool_init(struct sk_thread_pool *p,
                           const struct sk_thread_pool_options *options);

/* Do all jobs, then end the threads and give everything back. Nobody submits any more. */
void sk_thread_pool_fini(struct sk_thread_pool *p);

/* Wait until no job is queued or being done. */
void sk_thread_pool_wait(struct sk_thread_pool *p);

/* How many jobs panicked. */
uint64_t sk_thread_pool_panicked(struct sk_thread_pool *p);

/* The work of the macros below; size is SK_JOB_ARG_SIZE at most. */
void sk_thread_pool_put(struct sk_thread_pool *p, void (*enter)(void *arg), const void *arg,
                        size_t size);
sk_err sk_thread_pool_put_now(struct sk_thread_pool *p, void (*enter)(void *arg),
                              const void *arg, size_t size);

#define SK_THREAD_POOL_PUT__(put, p, name, arg)                                            \
    ({                                                                                     \
        name##_arg__ arg__ = (arg);                                                        \
                                                                                           \
        _Static_assert(sizeof(arg__) <= SK_JOB_ARG_SIZE, "a job's argument is too large"); \
        _Static_assert(_Alignof(name##_arg__) <= SK_JOB_ARG_ALIGN,                         \
                       "a job's argument is aligned too much");                            \
        put((p), name##_enter__, &arg__, sizeof(arg__));                                   \
    })

/* Have a closure called with this argument; waits while the queue is full. */
#define sk_thread_pool_submit(p, name, arg) \
    SK_THREAD_POOL_PUT__(sk_thread_pool_put, p, name, arg)

/*
 * The same without waiting.
 *
 * SK_ERR_NO_MEMORY: the queue is full.
 */
#define sk_thread_pool_try(p, name, arg) \
    SK_THREAD_POOL_PUT__(sk_thread_pool_put_now, p, name, arg)
