/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/proto/coroutine.h>

#include "event_loop.h"

/* --- queues */

static void put(struct sk_coroutine_queue *q, struct sk_coroutine *c)
{
    c->queue = q;
    c->next = NULL;
    c->previous = q->last;
    if (q->last != NULL) {
        q->last->next = c;
    } else {
        q->first = c;
    }
    q->last = c;
}

static void take(struct sk_coroutine *c)
{
    struct sk_coroutine_queue *q = c->queue;

    if (q == NULL) {
        return;
    }
    if (c->previous != NULL) {
        c->previous->next = c->next;
    } else {
        q->first = c->next;
    }
    if (c->next != NULL) {
        c->next->previous = c->previous;
    } else {
        q->last = c->previous;
    }
    c->queue = NULL;
}

/* Its wait is over. */
static void make_ready(struct sk_coroutine *c, sk_err outcome)
{
    take(c);
    sk_timer_cancel(&c->timer);
    c->outcome = outcome;
    put(&c->loop->ready, c);
}

void sk_event_fire(struct sk_event *e)
{
    while (e->waiting.first != NULL) {
        make_ready(e->waiting.first, SK_OK);
    }
}

static void fire_bell(struct sk_event_source *self, seL4_Word badges)
{
    (void)badges;
    sk_event_fire(&((struct sk_event_bell *)self)->event);
}

sk_err sk_event_bell_add(struct sk_event_loop *l, struct sk_event_bell *bell, seL4_Word badges)
{
    bell->source.fn = fire_bell;
    return sk_event_loop_add(l, &bell->source, badges);
}

/* --- coroutines */

void sk_coroutine_start(struct sk_coroutine *c, struct sk_event_loop *l,
                        void (*fn)(struct sk_coroutine *self))
{
    *c = (struct sk_coroutine){.fn = fn, .loop = l};
    put(&l->ready, c);
}

static void on_time(struct sk_timer *timer)
{
    struct sk_coroutine *c =
        (struct sk_coroutine *)((char *)timer - offsetof(struct sk_coroutine, timer));

    make_ready(c, c->queue != NULL ? SK_ERR_TIMED_OUT : SK_OK);
}

bool sk_coroutine_suspend(struct sk_coroutine *c, struct sk_event *event, uint64_t when)
{
    if (c->is_cancelled) {
        c->outcome = SK_ERR_CANCELLED;
        return false;
    }
    if (event != NULL && event->is_over) {
        c->outcome = SK_OK;
        return false;
    }
    if (event != NULL) {
        put(&event->waiting, c);
    }
    if (when != SK_CLOCK_NEVER) {
        c->timer.fn = on_time;
        sk_timer_set(c->loop, &c->timer, when);
    }
    c->loop->running = NULL;
    return true;
}

bool sk_coroutine_pause(struct sk_coroutine *c)
{
    if (c->is_cancelled) {
        c->outcome = SK_ERR_CANCELLED;
        return false;
    }
    make_ready(c, SK_OK);
    c->loop->running = NULL;
    return true;
}

void sk_coroutine_finish(struct sk_coroutine *c)
{
    struct sk_event_loop *l = c->loop;

    c->is_ended = true;
    c->ended.is_over = true;
    l->running = NULL;
    sk_event_fire(&c->ended);
}

void sk_coroutine_cancel(struct sk_coroutine *c)
{
    if (c->is_ended || c->is_cancelled) {
        return;
    }
    c->is_cancelled = true;
    /* One that runs sees it when it waits, and one that is ready as well. */
    if (c != c->loop->running && c->queue != &c->loop->ready) {
        make_ready(c, SK_ERR_CANCELLED);
    }
}

/* One that panics has ended, and not waited or ended before. */
static void end_running(struct sk_event_loop *const *loop)
{
    if ((*loop)->running != NULL) {
        sk_coroutine_finish((*loop)->running);
    }
}

static void run(struct sk_event_loop *loop, struct sk_coroutine *c)
{
    __attribute__((cleanup(end_running))) struct sk_event_loop *const l = loop;

    l->running = c;
    c->fn(c);
    sk_require(l->running == NULL); /* it has neither waited nor ended */
}

void sk_event_loop_run_ready(struct sk_event_loop *l)
{
    struct sk_coroutine *last = l->ready.last;
    bool is_last = false;

    while (!is_last && l->ready.first != NULL) {
        struct sk_coroutine *c = l->ready.first;

        is_last = c == last;
        take(c);
        run(l, c);
    }
}
