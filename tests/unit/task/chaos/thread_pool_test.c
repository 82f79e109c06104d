/*
 * Pools and cancelling among threads that lose their turn at any basic block: this folder is
 * built with -fsanitize-coverage=trace-pc. If a thread waits for what has happened already,
 * nobody can run any more, and the host kernel says so and aborts.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/task/thread_pool.h>

#include <stdlib.h>

#include <selkie/arch/kernel/threads.h>
#include <selkie/task/thread.h>

#include "check.h"
#include "threads.h"

#define THREADS    3
#define SUBMITTERS 3
#define JOBS       2 /* so few that the queue is often full */
#define EACH       60

static struct sk_thread *threads[THREADS];
static struct sk_job jobs[JOBS];
static struct sk_thread_pool pool;
static unsigned done;
static unsigned tried;

struct job {
    unsigned number;
};

SK_CLOSURE(do_job, struct job, job)
{
    __atomic_fetch_add(&done, job->number, __ATOMIC_RELAXED);
}

static void open(uint64_t seed, size_t job_count)
{
    threads_boot(seed);
    done = 0;
    tried = 0;
    assert_int_equal(sk_thread_pool_init(
                         &pool, &(struct sk_thread_pool_options){.threads = threads,
                                                                 .thread_count = THREADS,
                                                                 .jobs = jobs,
                                                                 .job_count = job_count,
                                                                 .thread = {.priority = 100}}),
                     SK_OK);
}

/* Submit jobs, and wait now and then until all is done. */
static void submit(void *arg)
{
    unsigned id = *(unsigned *)arg;

    for (unsigned n = 0; n < EACH; n++) {
        if (n % 3 == id && sk_thread_pool_try(&pool, do_job, ((struct job){1})) == SK_OK) {
            __atomic_fetch_add(&tried, 1, __ATOMIC_RELAXED);
        } else {
            sk_thread_pool_submit(&pool, do_job, ((struct job){1}));
        }
        if (n % 17 == 0) {
            sk_thread_pool_wait(&pool);
        }
    }
    /* All of them at once, perhaps: one idle pool is to wake them all. */
    sk_thread_pool_wait(&pool);
}

/* Else turns would be lost at system calls, and in the code of this file, only. */
static void turns_are_lost_inside_the_pool_and_where_threads_wait(void **state)
{
    struct job job = {1};
    uint64_t at[3];

    (void)state;
    open(1, JOBS);
    at[0] = sk_host_blocks_run();
    sk_err e = sk_thread_pool_put_now(&pool, do_job_enter__, &job, sizeof(job));
    at[1] = sk_host_blocks_run();
    sk_thread_cancel(sk_thread_self());
    at[2] = sk_host_blocks_run();
    assert_int_equal(e, SK_OK);
    assert_true(at[1] - at[0] > 1 && at[2] - at[1] > 1);
    sk_thread_pool_fini(&pool);
}

static uint64_t seeds(void)
{
    const char *count = getenv("COUNT");

    return count != NULL ? strtoull(count, NULL, 0) : 40;
}

static void every_job_is_done_once(void **state)
{
    uint64_t turns_lost = 0;

    (void)state;
    for (uint64_t seed = 1; seed <= seeds(); seed++) {
        unsigned ids[SUBMITTERS] = {0, 1, 2};
        struct sk_thread *submitters[SUBMITTERS];

        open(seed, 1 + seed % JOBS);
        for (unsigned n = 0; n < SUBMITTERS; n++) {
            assert_int_equal(sk_thread_start(submit, &ids[n],
                                             &(struct sk_thread_options){.priority = 100},
                                             &submitters[n]),
                             SK_OK);
        }
        for (unsigned n = 0; n < SUBMITTERS; n++) {
            sk_thread_join(submitters[n], NULL);
        }
        sk_thread_pool_wait(&pool);
        assert_int_equal(done, SUBMITTERS * EACH);
        assert_int_equal(sk_thread_pool_panicked(&pool), 0);
        sk_thread_pool_submit(&pool, do_job, ((struct job){1000}));
        sk_thread_pool_fini(&pool);
        assert_int_equal(done, SUBMITTERS * EACH + 1000);
        turns_lost += sk_host_turns_lost();
    }
    assert_true(turns_lost > seeds() * 20);
    print_message("# %lu seeds, %lu turns lost\n", (unsigned long)seeds(),
                  (unsigned long)turns_lost);
}

/* A job that takes its time, and loses its turn meanwhile. */
SK_CLOSURE(do_slowly, struct job, job)
{
    for (volatile unsigned n = 0; n < 300; n++) {
    }
    __atomic_fetch_add(&done, job->number, __ATOMIC_RELAXED);
}

/* Of the pool's own priority: often the queue is empty and a job is being done. */
static void submit_slow(void *arg)
{
    (void)arg;
    for (unsigned n = 1; n <= 20; n++) {
        sk_thread_pool_submit(&pool, do_slowly, ((struct job){1}));
        sk_thread_pool_submit(&pool, do_slowly, ((struct job){1}));
        for (unsigned turn = 0; turn < n % 4; turn++) {
            seL4_Yield();
        }
        sk_thread_pool_wait(&pool);
        assert_int_equal(__atomic_load_n(&done, __ATOMIC_RELAXED), 2 * n);
    }
}

static void whoever_waits_waits_for_jobs_that_are_being_done(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= seeds(); seed++) {
        struct sk_thread *t;

        open(seed, JOBS);
        assert_int_equal(sk_thread_start(submit_slow, NULL,
                                         &(struct sk_thread_options){.priority = 100}, &t),
                         SK_OK);
        sk_thread_join(t, NULL);
        assert_int_equal(done, 40);
        sk_thread_pool_fini(&pool);
    }
}

static sk_notification bell;
static unsigned served;

/* The first of two waits until the second has been done. */
SK_CLOSURE(wait_for_second, struct job, job)
{
    if (job->number == 1) {
        seL4_Wait(bell.cptr, NULL);
    }
    __atomic_fetch_add(&done, 1, __ATOMIC_RELAXED);
    seL4_Signal(bell.cptr);
}

static void do_nothing(void *arg)
{
    (void)arg;
}

/*
 * Threads that are about to wait, and are not in the kernel yet, as those are that are
 * suspended: two signals are one then, and who gets it wakes the other.
 */
static void jobs_that_come_at_once_are_done_at_once(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed <= seeds(); seed++) {
        struct sk_thread *t;

        open(seed, JOBS);
        bell = (sk_notification){host_kernel_make(&threads_kernel, seL4_NotificationObject, 0)};
        assert_int_equal(
            sk_thread_start(do_nothing, NULL, &(struct sk_thread_options){.priority = 50}, &t),
            SK_OK);
        sk_thread_join(t, NULL); /* all of them wait now */
        for (unsigned n = 0; n < THREADS; n++) {
            assert_int_equal(seL4_TCB_Suspend(threads[n]->tcb.cptr), seL4_NoError);
        }
        sk_thread_pool_submit(&pool, wait_for_second, ((struct job){1}));
        sk_thread_pool_submit(&pool, wait_for_second, ((struct job){2}));
        for (unsigned n = 0; n < THREADS; n++) {
            assert_int_equal(seL4_TCB_Resume(threads[n]->tcb.cptr), seL4_NoError);
        }
        sk_thread_pool_wait(&pool);
        assert_int_equal(done, 2);
        sk_thread_pool_fini(&pool);
    }
}

/* Serve until cancelled. */
static void serve(void *arg)
{
    (void)arg;
    while (sk_thread_wait(bell, NULL)) {
        served++;
    }
}

static void a_cancelled_thread_ends_wherever_it_is(void **state)
{
    unsigned most = 0;

    (void)state;
    for (uint64_t seed = 1; seed <= 5 * seeds(); seed++) {
        struct sk_thread *t;

        threads_boot(seed);
        served = 0;
        bell = (sk_notification){host_kernel_make(&threads_kernel, seL4_NotificationObject, 0)};
        assert_int_equal(
            sk_thread_start(serve, NULL, &(struct sk_thread_options){.priority = 255}, &t),
            SK_OK);
        for (uint64_t n = 0; n < seed % 7; n++) {
            seL4_Signal(bell.cptr);
            seL4_Yield();
        }
        sk_thread_cancel(t);
        sk_thread_join(t, NULL);
        assert_true(t->is_cancelled && t->waits == 0);
        assert_true(served <= seed % 7);
        most = served > most ? served : most;
    }
    assert_true(most > 2);
}

#define WAITERS 4

static struct sk_thread *waiters[WAITERS];
static unsigned taken[WAITERS];

/* Count signals until cancelled. */
static void take_signals(void *arg)
{
    unsigned *count = arg;

    while (sk_thread_wait(bell, NULL)) {
        ++*count;
    }
}

static unsigned taken_by_all(void)
{
    unsigned sum = 0;

    for (unsigned n = 0; n < WAITERS; n++) {
        sum += __atomic_load_n(&taken[n], __ATOMIC_RELAXED);
    }
    return sum;
}

/* Signal, and see that one wakes, which is there as long as not all are cancelled. */
static void signal_one(unsigned *signals)
{
    seL4_Signal(bell.cptr);
    ++*signals;
    for (unsigned turns = 0; taken_by_all() < *signals; turns++) {
        assert_true(turns < 1000);
        seL4_Yield();
    }
}

/* Waiters of several priorities are cancelled one after the other, in some order. */
static void cancel_each(void *arg)
{
    uint64_t seed = *(uint64_t *)arg;
    unsigned signals = 0;

    for (unsigned n = 0; n < WAITERS; n++) {
        struct sk_thread *t = waiters[(n + seed) % WAITERS];

        if (seed % 3 != 0) {
            signal_one(&signals);
        }
        if (seed % 2 == 0) {
            seL4_Signal(bell.cptr); /* at the same time */
            signals++;
        }
        sk_thread_cancel(t);
        sk_thread_cancel(t);
        sk_thread_join(t, NULL);
        assert_true(t->waits == 0);
    }
    /* The one that came with the last cancelling may be there still. */
    seL4_Word left;
    (void)seL4_Poll(bell.cptr, &left);
    assert_true(taken_by_all() <= signals && taken_by_all() + 1 >= signals);
}

static void nobody_else_is_woken_when_one_of_several_is_cancelled(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 5 * seeds(); seed++) {
        struct sk_thread *t;

        threads_boot(seed);
        bell = (sk_notification){host_kernel_make(&threads_kernel, seL4_NotificationObject, 0)};
        for (unsigned n = 0; n < WAITERS; n++) {
            taken[n] = 0;
            assert_int_equal(
                sk_thread_start(take_signals, &taken[n],
                                &(struct sk_thread_options){.priority = 99 + (n + seed) % 4},
                                &waiters[n]),
                SK_OK);
        }
        assert_int_equal(sk_thread_start(cancel_each, &seed,
                                         &(struct sk_thread_options){.priority = 100}, &t),
                         SK_OK);
        sk_thread_join(t, NULL);
    }
}

static int end(void **state)
{
    (void)state;
    host_kernel_end();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(turns_are_lost_inside_the_pool_and_where_threads_wait),
        cmocka_unit_test(every_job_is_done_once),
        cmocka_unit_test(whoever_waits_waits_for_jobs_that_are_being_done),
        cmocka_unit_test(jobs_that_come_at_once_are_done_at_once),
        cmocka_unit_test(a_cancelled_thread_ends_wherever_it_is),
        cmocka_unit_test(nobody_else_is_woken_when_one_of_several_is_cancelled),
    };

    return cmocka_run_group_tests_name("task/thread_pool", tests, NULL, end);
}
