/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/cap/notification.h>

#include "host_scene.h"
#include "planted.h"
#include "plays.h"
#include "schedules.h"

static struct lanes play;

static void produce_many(struct member *me)
{
    struct sk_ring_producer *p = &play.producers[me->index];

    for (uint32_t n = 0; n < MESSAGES / PRODUCERS;) {
        const uint32_t message[2] = {me->index, n};

        if (sk_ring_push(p, message) == SK_OK) {
            n++;
            sk_ring_producer_ring(p);
        } else {
            sk_ring_producer_wait(p);
        }
    }
}

/* Until so many have come of the lanes from first on; what others send is not looked at. */
static void consume_lanes(uint32_t first, unsigned messages)
{
    uint32_t next[PRODUCERS] = {0};
    uint32_t message[2];
    uint32_t lane;

    while (play.score.received < messages) {
        sk_err e = sk_multi_ring_pop(&play.ring, message, &lane);

        if (e == SK_OK && lane >= first) {
            schedule_note(message[0]);
            play.score.received++;
            play.score.wrong += message[0] != lane || message[1] != next[lane]++;
        }
        if (e == SK_OK) {
            sk_multi_ring_ring(&play.ring);
        } else {
            play.wait(&play.ring);
        }
    }
}

static void consume_many(struct member *me)
{
    (void)me;
    consume_lanes(0, MESSAGES);
}

struct lanes *lanes_begin(struct scene *s, void (*wait)(struct sk_multi_ring *m))
{
    static char room[PRODUCERS][256] __attribute__((aligned(64)));
    const struct sk_ring_layout layout = sk_ring_layout(COUNT, 8);
    sk_notification messages, space;

    crew_begin(s);
    messages = crew_notification();
    play = (struct lanes){.wait = wait};
    sk_multi_ring_init(&play.ring, play.lanes, PRODUCERS, 8, messages);
    for (uint32_t n = 0; n < PRODUCERS; n++) {
        const struct sk_ring_memory memory = {.queue = room[n], .queue_size = sizeof(room[n])};

        space = crew_notification();
        if (sk_ring_clear(&layout, &memory) != SK_OK ||
            sk_ring_producer_init(&play.producers[n], &layout, &memory, messages, space) !=
                SK_OK ||
            sk_multi_ring_open(&play.ring, n, &layout, &memory, space) != SK_OK) {
            return NULL;
        }
    }
    return &play;
}

static const char *hold_many(uint64_t seed, void (*wait)(struct sk_multi_ring *m))
{
    struct host_stage stage;
    struct scene s = host_scene_boot(&stage, seed);

    if (lanes_begin(&s, wait) == NULL) {
        return "there is no ring";
    }
    for (unsigned n = 0; n < PRODUCERS; n++) {
        if (!crew_add(produce_many, 100)) {
            return "a producer did not start";
        }
    }
    if (!crew_add(consume_many, 100)) {
        return "the consumer did not start";
    }
    crew_join();
    return score_outcome(&play.score, MESSAGES);
}

const char *many(uint64_t seed)
{
    return hold_many(seed, sk_multi_ring_wait);
}

const char *asks_one(uint64_t seed)
{
    return hold_many(seed, ask_the_next);
}

/* The first producer writes anywhere in its lane, and rings as it likes. */
static void spoil_lane(struct member *me)
{
    uint64_t random = 0x9e3779b97f4a7c15u;
    char *lane = (char *)play.producers[0].end.own_index - 64; /* docs/spec/ring.md */

    (void)me;
    while (__atomic_load_n(&play.is_finished, __ATOMIC_RELAXED) == 0) {
        random = random * 6364136223846793005u + 1442695040888963407u;
        ((volatile char *)lane)[(random >> 33) % 256] = (char)(random >> 20);
        sk_notification_signal(play.ring.wakeup);
    }
}

static void consume_the_others(struct member *me)
{
    (void)me;
    consume_lanes(1, MESSAGES / PRODUCERS * (PRODUCERS - 1));
    __atomic_store_n(&play.is_finished, 1, __ATOMIC_RELAXED);
}

const char *one_is_bad(uint64_t seed)
{
    struct host_stage stage;
    struct scene s = host_scene_boot(&stage, seed);

    if (lanes_begin(&s, sk_multi_ring_wait) == NULL) {
        return "there is no ring";
    }
    if (!crew_add(spoil_lane, 100) || !crew_add(produce_many, 100) ||
        !crew_add(produce_many, 100) || !crew_add(consume_the_others, 100)) {
        return "a thread did not start";
    }
    crew_join();
    return score_outcome(&play.score, MESSAGES / PRODUCERS * (PRODUCERS - 1));
}
