/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/arch/kernel/threads.h>
#include <selkie/proto/coroutine.h>

#include "host_scene.h"
#include "planted.h"
#include "plays.h"
#include "schedules.h"

static struct play {
    struct sk_ring_producer p;
    struct sk_ring_consumer c;
    planted_wait *wait; /* null: the right one */
    planted_push *push;
    struct score score;
} play;

static void wait_as_producer(void)
{
    if (play.wait != NULL) {
        play.wait(&play.p.end, true);
    } else {
        sk_ring_producer_wait(&play.p);
    }
}

static void produce(struct member *me)
{
    sk_err e = SK_OK;

    (void)me;
    /* A ring that is broken would never let us wait. */
    for (uint64_t n = 0; n < MESSAGES && (e == SK_OK || e == SK_ERR_NOT_READY);) {
        e = play.push != NULL ? play.push(&play.p, &n) : sk_ring_push(&play.p, &n);
        if (e == SK_OK) {
            n++;
            sk_ring_producer_ring(&play.p);
        } else {
            wait_as_producer();
        }
    }
}

static void consume(struct member *me)
{
    uint64_t word;
    sk_err e = SK_OK;

    (void)me;
    while (play.score.received < MESSAGES && (e == SK_OK || e == SK_ERR_NOT_READY)) {
        e = sk_ring_pop(&play.c, &word);
        if (e == SK_OK) {
            schedule_note(word);
            play.score.wrong += word != play.score.received++;
            sk_ring_consumer_ring(&play.c);
            seL4_Yield(); /* it has other things to do, and asks later */
        } else if (play.wait != NULL) {
            play.wait(&play.c.end, false);
        } else {
            sk_ring_consumer_wait(&play.c);
        }
    }
}

/* The same in a loop, which tells the producer by the call that waits. */
static struct looped {
    struct sk_coroutine coroutine;
    struct sk_event_loop loop;
    struct sk_event_bell bell;
    sk_notification messages, space;
} looped;

static sk_err read_all(void)
{
    uint64_t word;
    sk_err e;

    while ((e = sk_ring_pop(&play.c, &word)) == SK_OK) {
        schedule_note(word);
        play.score.wrong += word != play.score.received++;
    }
    if (sk_ring_consumer_must_ring(&play.c)) {
        sk_event_loop_defer(&looped.loop, looped.space);
    }
    return e;
}

SK_COROUTINE(read_ring, struct sk_coroutine *self)
{
    SK_COROUTINE_BEGIN(self);
    /* One that is broken would never let us wait. */
    while (read_all() == SK_ERR_NOT_READY && play.score.received < MESSAGES) {
        if (!sk_ring_consumer_ask(&play.c)) {
            SK_AWAIT(self, &looped.bell.event);
        }
    }
    sk_event_loop_stop(self->loop);
    SK_COROUTINE_END(self);
}

static void consume_in_loop(struct member *me)
{
    (void)me;
    sk_event_loop_init(&looped.loop,
                       &(struct sk_event_loop_options){.notification = looped.messages});
    play.score.wrong += sk_event_bell_add(&looped.loop, &looped.bell, 1) != SK_OK;
    sk_coroutine_start(&looped.coroutine, &looped.loop, read_ring);
    sk_event_loop_run(&looped.loop);
}

/* A capability to it with badge 1. */
static sk_notification mint_bell(struct scene *s, sk_notification n)
{
    const sk_notification bell = {s->next_slot++};

    return seL4_CNode_Mint(s->cnode, bell.cptr, seL4_WordBits, s->cnode, n.cptr, seL4_WordBits,
                           seL4_AllRights, 1) == seL4_NoError
               ? bell
               : (sk_notification){seL4_CapNull};
}

const char *in_loop(uint64_t seed)
{
    static char room[256] __attribute__((aligned(64)));
    const struct sk_ring_layout layout = sk_ring_layout(seed % 2 + 1, 8);
    const struct sk_ring_memory memory = {.queue = room, .queue_size = sizeof(room)};
    struct host_stage stage;
    struct scene s = host_scene_boot(&stage, seed);

    crew_begin(&s);
    play = (struct play){.wait = NULL};
    looped = (struct looped){.messages = crew_notification(), .space = crew_notification()};
    if (sk_ring_clear(&layout, &memory) != SK_OK ||
        sk_ring_producer_init(&play.p, &layout, &memory, mint_bell(&s, looped.messages),
                              looped.space) != SK_OK ||
        sk_ring_consumer_init(&play.c, &layout, &memory, looped.space, looped.messages) !=
            SK_OK ||
        !crew_add(produce, 100) || !crew_add(consume_in_loop, 100)) {
        return "there is no ring, or no thread";
    }
    crew_join();
    return score_outcome(&play.score, MESSAGES);
}

static const char *hold_pair(uint64_t seed, planted_wait *wait, planted_push *push)
{
    static char room[256] __attribute__((aligned(64)));
    /* With one entry all that is missed is waited for; with two they can overtake. */
    const struct sk_ring_layout layout = sk_ring_layout(seed % 2 + 1, 8);
    const struct sk_ring_memory memory = {.queue = room, .queue_size = sizeof(room)};
    struct host_stage stage;
    struct scene s = host_scene_boot(&stage, seed);
    sk_notification messages, space;

    crew_begin(&s);
    messages = crew_notification();
    space = crew_notification();
    play = (struct play){.wait = wait, .push = push};
    if (sk_ring_clear(&layout, &memory) != SK_OK ||
        sk_ring_producer_init(&play.p, &layout, &memory, messages, space) != SK_OK ||
        sk_ring_consumer_init(&play.c, &layout, &memory, space, messages) != SK_OK ||
        !crew_add(produce, 100) || !crew_add(consume, 100)) {
        return "there is no ring, or no thread";
    }
    crew_join();
    return score_outcome(&play.score, MESSAGES);
}

const char *pair(uint64_t seed)
{
    return hold_pair(seed, NULL, NULL);
}

const char *asks_late(uint64_t seed)
{
    return hold_pair(seed, look_and_ask, NULL);
}

const char *looks_early(uint64_t seed)
{
    return hold_pair(seed, NULL, look_and_push);
}
