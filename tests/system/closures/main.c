/*
 * Closures are called by threads of their own and by a pool's; threads are cancelled, killed,
 * and told to run otherwise.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <stddef.h>
#include <stdint.h>

#include <selkie/cap/notification.h>
#include <selkie/config.h>
#include <selkie/rt/boot_source.h>
#include <selkie/rt/main.h>
#include <selkie/rt/panic.h>
#include <selkie/rt/print.h>
#include <selkie/task/closure.h>
#include <selkie/task/thread.h>
#include <selkie/task/thread_pool.h>

#include "../../unit/task/process/failing.h"

#define THREADS 4
#define JOBS    8

static _Thread_local unsigned own;
static sk_owned_object bell;

static sk_notification bell_of(void)
{
    return (sk_notification){sk_owned_object_cptr(&bell)};
}

struct sum {
    const int *from;
    size_t count;
    long *to;
    char rest[24]; /* as large as a job's argument may be */
};

SK_CLOSURE(add_up, struct sum, sum)
{
    sk_assert(sum->rest[23] == 'x');
    for (size_t i = 0; i < sum->count; i++) {
        __atomic_fetch_add(sum->to, sum->from[i], __ATOMIC_RELAXED);
    }
}

static const int numbers[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};

static const struct sk_thread_options usual = {.name = "closure", .priority = 100};

/* The argument is the thread's own: it may be gone when the thread begins. */
static void start_one(void)
{
    struct sk_thread *t;
    long total = 0;
    struct sum sum = {numbers, 10, &total, {[23] = 'x'}};

    sk_assert(sk_closure_start(add_up, sum, &usual, &t) == SK_OK);
    sum = (struct sum){0};
    sk_thread_join(t, NULL);
    sk_printf("a closure added up %ld\n", total);
}

struct large {
    char bytes[10000];
    int *sum;
};

SK_CLOSURE(look, struct large, large)
{
    for (size_t i = 0; i < sizeof(large->bytes); i++) {
        *large->sum += large->bytes[i];
    }
    sk_assert((uintptr_t)large % 16 == 0);
    sk_assert(sk_thread_self()->stack_size >= 16384 + sizeof(*large));
}

/* An argument may be too large for the sum to be counted. */
static void start_too_large(void)
{
    struct sk_thread_options options = usual;
    struct sk_thread *t;

    options.arg_size = SIZE_MAX - 100;
    sk_assert(sk_thread_start(add_up_enter__, NULL, &options, &t) == SK_ERR_NO_MEMORY);
}

/* The argument is beside the stack that was asked for. */
static void start_large(void)
{
    static struct large large;
    struct sk_thread *t;
    int sum = 0;

    large.sum = &sum;
    large.bytes[0] = 3;
    large.bytes[9999] = 4;
    sk_assert(sk_closure_start(look, large, &usual, &t) == SK_OK);
    sk_thread_join(t, NULL);
    sk_printf("a large one %d\n", sum);
}

struct count {
    unsigned *jobs;
    unsigned *most;
    unsigned expect;
};

/* Each thread counts its own jobs. */
SK_CLOSURE(count_job, struct count, count)
{
    own++;
    if (__atomic_load_n(count->most, __ATOMIC_RELAXED) < own) {
        __atomic_store_n(count->most, own, __ATOMIC_RELAXED);
    }
    unsigned order = __atomic_fetch_add(count->jobs, 1, __ATOMIC_RELAXED);
    if (count->expect == 13) {
        sk_panic("job %u", order);
    }
}

static struct sk_thread *threads[THREADS];
static struct sk_job jobs[JOBS];

static const struct sk_thread_pool_options pool_options = {
    .threads = threads,
    .thread_count = THREADS,
    .jobs = jobs,
    .job_count = JOBS,
    .thread = {.name = "worker", .priority = 50},
};

static void use_pool(void)
{
    struct sk_thread_pool pool;
    unsigned done = 0;
    unsigned most = 0;
    long total = 0;

    sk_assert(sk_thread_pool_init(&pool, &pool_options) == SK_OK);
    sk_thread_pool_wait(&pool);
    for (unsigned i = 0; i < 1000; i++) {
        sk_thread_pool_submit(&pool, count_job, ((struct count){&done, &most, i}));
    }
    sk_thread_pool_wait(&pool);
    sk_assert(done == 1000 && most <= 1000 && own == 0);
    sk_printf("a pool did %u jobs, and %lu panicked\n", done,
              (unsigned long)sk_thread_pool_panicked(&pool));
    for (unsigned i = 0; i < 20; i++) {
        sk_thread_pool_submit(&pool, add_up, ((struct sum){numbers, 10, &total, {[23] = 'x'}}));
    }
    sk_thread_pool_fini(&pool);
    sk_printf("and at its end added up %ld\n", total);
}

/* A full queue: nobody has begun yet, since all threads are of lower priority. */
static void fill_pool(void)
{
    struct sk_thread_pool pool;
    unsigned done = 0;
    unsigned most = 0;
    unsigned taken = 0;

    sk_assert(sk_thread_pool_init(&pool, &pool_options) == SK_OK);
    while (sk_thread_pool_try(&pool, count_job, ((struct count){&done, &most, 0})) == SK_OK) {
        taken++;
    }
    sk_assert(taken == JOBS && done == 0);
    sk_thread_pool_wait(&pool);
    sk_assert(done == JOBS);
    sk_thread_pool_fini(&pool);

    struct sk_thread_pool_options none = pool_options;
    none.thread_count = 0;
    sk_assert(sk_thread_pool_init(&pool, &none) == SK_ERR_INVALID_ARGUMENT);
    none = pool_options;
    none.job_count = 0;
    sk_assert(sk_thread_pool_init(&pool, &none) == SK_ERR_INVALID_ARGUMENT);
    none = pool_options;
    none.thread.priority = seL4_MaxPrio + 1;
    sk_assert(sk_thread_pool_init(&pool, &none) == SK_ERR_RANGE);
}

/* A pool whose source fails at one request or another. */
static void fail_pool(void)
{
    struct failing failing;
    struct sk_thread_pool pool;
    struct sk_thread_pool_options options = pool_options;
    unsigned failures = 0;

    failing_init(&failing, sk_boot_source());
    options.thread.source = &failing.source;
    options.thread_count = 2;
    failing.fail_at = 1;
    while (sk_thread_pool_init(&pool, &options) != SK_OK) {
        sk_assert(failing.slots_out + failing.objects_out + failing.pages_out == 0);
        failing.requests = 0;
        failing.fail_at = ++failures + 1;
    }
    sk_thread_pool_fini(&pool);
    sk_assert(failing.slots_out + failing.objects_out + failing.pages_out == 0);
    sk_assert(failures > 12);
}

struct served {
    unsigned *count;
};

SK_CLOSURE(serve, struct served, served)
{
    seL4_Word badges;

    while (sk_thread_wait(bell_of(), &badges)) {
        ++*served->count;
    }
    sk_assert(sk_thread_is_cancelled());
    sk_assert(!sk_thread_wait(bell_of(), NULL));
    *served->count += 1000;
}

/* A thread that waits is cancelled, and one that has not begun. */
static void cancel(void)
{
    struct sk_thread *t;
    unsigned count = 0;

    sk_assert(!sk_thread_is_cancelled());
    sk_assert(sk_closure_start(serve, ((struct served){&count}),
                               &(struct sk_thread_options){.priority = seL4_MaxPrio},
                               &t) == SK_OK);
    sk_assert(sk_thread_set_priority(t, 254) == SK_OK);
    sk_assert(sk_thread_set_priority(t, 256) == SK_ERR_RANGE);
    sk_assert(sk_thread_set_time(t, 500, 1000) == SK_OK);
    sk_assert(sk_thread_set_time(t, 1000, 500) == SK_ERR_INVALID_ARGUMENT);
    sk_assert(!SK_CFG_KERNEL_MCS || sk_thread_set_time(t, 1, 1) == SK_ERR_RANGE);
    for (int i = 0; i < 3; i++) {
        sk_notification_signal(bell_of());
        while (count == (unsigned)i) {
            sk_assert(sk_thread_set_priority(t, seL4_MaxPrio) == SK_OK);
            seL4_Yield();
        }
    }
    sk_thread_cancel(t);
    sk_thread_join(t, NULL);
    sk_printf("cancelled while it waited: %u\n", count);

    count = 0;
    sk_assert(sk_closure_start(serve, ((struct served){&count}), &usual, &t) == SK_OK);
    sk_thread_cancel(t);
    sk_thread_join(t, NULL);
    sk_printf("cancelled before it began: %u\n", count);
}

static void nothing(void *arg)
{
    (void)arg;
}

/* Until all threads of higher priority wait. */
static void settle(void)
{
    struct sk_thread *t;

    sk_assert(sk_thread_start(nothing, NULL, &(struct sk_thread_options){.priority = 40}, &t) ==
              SK_OK);
    sk_thread_join(t, NULL);
}

#define SHARERS 3

/* Of several that wait at one notification nobody else is woken, and no signal is lost. */
static void cancel_one_of_several(void)
{
    struct sk_thread *sharers[SHARERS];
    unsigned counts[SHARERS] = {0};

    (void)sk_notification_poll(bell_of());
    for (unsigned n = 0; n < SHARERS; n++) {
        const struct sk_thread_options options = {.priority = 60 - 5 * n};

        sk_assert(sk_closure_start(serve, ((struct served){&counts[n]}), &options,
                                   &sharers[n]) == SK_OK);
    }
    settle();
    sk_thread_cancel(sharers[2]);
    sk_thread_cancel(sharers[2]);
    sk_thread_join(sharers[2], NULL);
    sk_assert(counts[0] == 0 && counts[1] == 0 && counts[2] == 1000);
    sk_notification_signal(bell_of());
    settle();
    sk_assert(counts[0] + counts[1] == 1);
    /* One of them has a signal, and could not go on since, when both are cancelled. */
    sk_notification_signal(bell_of());
    sk_thread_cancel(sharers[0]);
    sk_thread_cancel(sharers[1]);
    sk_thread_join(sharers[0], NULL);
    sk_thread_join(sharers[1], NULL);
    sk_assert(counts[0] + counts[1] == 2002);
    sk_puts("of several only the one that is cancelled is woken");
}

SK_CLOSURE(stay, struct served, served)
{
    for (;;) {
        ++*served->count;
        sk_notification_signal(bell_of());
    }
}

static void kill(void)
{
    struct sk_thread *t;
    unsigned count = 0;

    (void)sk_notification_poll(bell_of());
    sk_assert(sk_closure_start(stay, ((struct served){&count}), &usual, &t) == SK_OK);
    while (count < 5) {
        (void)sk_notification_wait(bell_of());
    }
    sk_thread_kill(t);

    unsigned before = count;
    for (int i = 0; i < 100; i++) {
        seL4_Yield();
    }
    sk_assert(count == before);
    sk_puts("killed, it does nothing more");
}

SK_ROOT_TASK(bi)
{
    sk_assert(sk_owned_object_make(sk_boot_source(), SK_BLUEPRINT(Notification), &bell) ==
              SK_OK);
    start_one();
    start_large();
    start_too_large();
    use_pool();
    fill_pool();
    fail_pool();
    cancel();
    cancel_one_of_several();
    kill();
    return 0;
}
