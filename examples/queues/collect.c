/* SPDX-License-Identifier: BSD-2-Clause */
#include <stddef.h>

#include "queues.h"

static void take_all(struct collector *c)
{
    uint64_t reading;
    sk_err e;

    while ((e = sk_ring_pop(&c->ring, &reading)) == SK_OK) {
        c->is_in_order = c->is_in_order && reading == c->count;
        c->count++;
        c->sum += reading;
    }
    c->is_broken = e != SK_ERR_NOT_READY; /* such a ring would never let us wait */
    /* The sensor may wait for room: told by the system call with which the loop waits. */
    if (sk_ring_consumer_must_ring(&c->ring)) {
        sk_event_loop_defer(c->coroutine.loop, c->space);
    }
}

SK_COROUTINE(collect, struct sk_coroutine *self)
{
    struct collector *c = (struct collector *)self;

    SK_COROUTINE_BEGIN(self);
    do {
        take_all(c);
        if (!c->is_broken && !sk_ring_consumer_ask(&c->ring)) {
            SK_AWAIT_UNTIL(self, &c->bell.event, sk_event_loop_after(self->loop, SILENCE));
        }
    } while (!c->is_broken && self->outcome == SK_OK);

    sk_coroutine_cancel(c->heart);
    SK_AWAIT(self, &c->heart->ended);
    sk_event_loop_stop(self->loop);
    SK_COROUTINE_END(self);
}

SK_COROUTINE(beat, struct sk_coroutine *self)
{
    struct heart *h = (struct heart *)self;

    SK_COROUTINE_BEGIN(self);
    while (self->outcome != SK_ERR_CANCELLED) {
        h->beats++;
        SK_SLEEP(self, BEAT);
    }
    SK_COROUTINE_END(self);
}

void collector_start(struct collector *c, struct sk_event_loop *loop)
{
    c->is_in_order = true;
    sk_coroutine_start(&c->coroutine, loop, collect);
}

void heart_start(struct heart *h, struct sk_event_loop *loop)
{
    sk_coroutine_start(&h->coroutine, loop, beat);
}
