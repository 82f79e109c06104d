/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/task/thread_pool.h>

#include <selkie/base/assert.h>
#include <selkie/cap/notification.h>
#include <selkie/rt/env.h>

static sk_notification notification(const sk_owned_object *o)
{
    return (sk_notification){sk_owned_object_cptr(o)};
}

/*
 * Wait in a queue; the mutex is held before and after, and not meanwhile. A notification counts
 * no further than one, so who is woken wakes the next if there is something for it too.
 */
static void wait_in(struct sk_thread_pool *p, struct sk_thread_pool_queue *q)
{
    q->waiting++;
    sk_mutex_unlock(&p->mutex);
    (void)sk_notification_wait(notification(&q->notification));
    sk_mutex_lock(&p->mutex);
    q->waiting--;
}

/* Wake one of a queue, whose cause to wait is gone; the mutex is held. */
static void wake(struct sk_thread_pool_queue *q)
{
    if (q->waiting != 0) {
        sk_notification_signal(notification(&q->notification));
    }
}

/* Do the first job of the queue; the mutex is held before and after. */
static void do_one(struct sk_thread_pool *p)
{
    struct sk_job job = p->jobs[p->first];

    p->first = p->first + 1 < p->job_count ? p->first + 1 : 0;
    p->queued--;
    p->running++;
    wake(&p->room);
    if (p->queued != 0) {
        wake(&p->work);
    }
    sk_mutex_unlock(&p->mutex);
    sk_outcome outcome = sk_catch(job.enter, job.arg);
    sk_mutex_lock(&p->mutex);
    p->running--;
    if (outcome.how != SK_RETURNED) {
        p->panicked++;
    }
    if (p->queued == 0 && p->running == 0) {
        wake(&p->idle);
    }
}

/* The body of each thread. */
static void work(void *arg)
{
    struct sk_thread_pool *p = arg;

    sk_mutex_lock(&p->mutex);
    while (!p->is_ending || p->queued != 0) {
        if (p->queued != 0) {
            do_one(p);
        } else {
            wait_in(p, &p->work);
        }
    }
    wake(&p->work);
    sk_mutex_unlock(&p->mutex);
}

static sk_err make_queue(struct sk_source *source, struct sk_thread_pool_queue *q)
{
    return sk_owned_object_make(source, SK_BLUEPRINT(Notification), &q->notification);
}

static sk_err start(struct sk_thread_pool *p, const struct sk_thread_pool_options *options,
                    struct sk_source *source)
{
    struct sk_thread_options each = options->thread;

    each.source = source;
    each.tls = NULL;
    each.arg_size = 0;
    SK_TRY(sk_owned_object_make(source, SK_BLUEPRINT(Notification), &p->lock));
    sk_mutex_init(&p->mutex, notification(&p->lock));
    SK_TRY(make_queue(source, &p->work));
    SK_TRY(make_queue(source, &p->room));
    SK_TRY(make_queue(source, &p->idle));
    for (size_t n = 0; n < options->thread_count; n++) {
        SK_TRY(sk_thread_start(work, p, &each, &p->threads[n]));
        p->thread_count++;
    }
    return SK_OK;
}

sk_err sk_thread_pool_init(struct sk_thread_pool *p,
                           const struct sk_thread_pool_options *options)
{
    struct sk_env env;
    sk_err e;

    sk_env_get(&env);
    struct sk_source *source = options->thread.source;
    if (source == NULL) {
        source = env.source;
    }
    if (source == NULL || options->thread_count == 0 || options->job_count == 0) {
        return SK_ERR_INVALID_ARGUMENT;
    }
    *p = (struct sk_thread_pool){
        .threads = options->threads, .jobs = options->jobs, .job_count = options->job_count};
    e = start(p, options, source);
    if (e != SK_OK) {
        sk_thread_pool_fini(p);
    }
    return e;
}

void sk_thread_pool_fini(struct sk_thread_pool *p)
{
    if (p->thread_count != 0) {
        sk_mutex_lock(&p->mutex);
        p->is_ending = true;
        wake(&p->work);
        sk_mutex_unlock(&p->mutex);
    }
    while (p->thread_count != 0) {
        sk_thread_join(p->threads[--p->thread_count], NULL);
    }
    sk_owned_object_drop(&p->idle.notification);
    sk_owned_object_drop(&p->room.notification);
    sk_owned_object_drop(&p->work.notification);
    sk_owned_object_drop(&p->lock);
}

void sk_thread_pool_wait(struct sk_thread_pool *p)
{
    sk_mutex_lock(&p->mutex);
    while (p->queued != 0 || p->running != 0) {
        wait_in(p, &p->idle);
    }
    /* Others may wait for the same. */
    wake(&p->idle);
    sk_mutex_unlock(&p->mutex);
}

uint64_t sk_thread_pool_panicked(struct sk_thread_pool *p)
{
    sk_mutex_lock(&p->mutex);
    uint64_t panicked = p->panicked;
    sk_mutex_unlock(&p->mutex);
    return panicked;
}

/* Put a job at the end of the queue, which has room; the mutex is held. */
static void put(struct sk_thread_pool *p, void (*enter)(void *arg), const void *arg,
                size_t size)
{
    size_t at = p->first + p->queued;
    struct sk_job *job = &p->jobs[at < p->job_count ? at : at - p->job_count];

    sk_require(size <= SK_JOB_ARG_SIZE);
    job->enter = enter;
    __builtin_memcpy(job->arg, arg, size);
    p->queued++;
    wake(&p->work);
    if (p->queued < p->job_count) {
        wake(&p->room);
    }
}

void sk_thread_pool_put(struct sk_thread_pool *p, void (*enter)(void *arg), const void *arg,
                        size_t size)
{
    sk_mutex_lock(&p->mutex);
    while (p->queued == p->job_count) {
        wait_in(p, &p->room);
    }
    put(p, enter, arg, size);
    sk_mutex_unlock(&p->mutex);
}

sk_err sk_thread_pool_put_now(struct sk_thread_pool *p, void (*enter)(void *arg),
                              const void *arg, size_t size)
{
    sk_err e = SK_ERR_NO_MEMORY;

    sk_mutex_lock(&p->mutex);
    if (p->queued < p->job_count) {
        put(p, enter, arg, size);
        e = SK_OK;
    }
    sk_mutex_unlock(&p->mutex);
    return e;
}
