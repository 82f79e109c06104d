/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdlib.h>

#include <selkie/cap/notification.h>

#include "host_scene.h"
#include "plays.h"

static struct play {
    struct sk_ring_producer p;
    struct sk_ring_consumer c;
    unsigned wrong;
    unsigned finished; /* threads that had their messages */
    char *memory;
    size_t size;
} play;

static void attack(struct member *me)
{
    uint64_t random = 0x9e3779b97f4a7c15u;

    (void)me;
    while (__atomic_load_n(&play.finished, __ATOMIC_RELAXED) < 2) {
        random = random * 6364136223846793005u + 1442695040888963407u;
        ((volatile char *)play.memory)[(random >> 33) % play.size] = (char)(random >> 20);
        /* The doorbells are the attacker's as well: nobody waits for ever. */
        sk_notification_signal(play.p.end.wakeup);
        sk_notification_signal(play.c.end.wakeup);
    }
}

static void push_under_attack(struct member *me)
{
    uint64_t message[3] = {0};

    (void)me;
    for (unsigned n = 0; n < MESSAGES; n++) {
        sk_err e = sk_ring_push(&play.p, message);

        play.wrong += e != SK_OK && e != SK_ERR_NOT_READY && e != SK_ERR_RANGE;
        sk_ring_producer_ring(&play.p);
        sk_ring_producer_wait(&play.p);
    }
    __atomic_add_fetch(&play.finished, 1, __ATOMIC_RELAXED);
}

static void pop_under_attack(struct member *me)
{
    uint64_t message[3];

    (void)me;
    for (unsigned n = 0; n < MESSAGES; n++) {
        sk_err e = sk_ring_pop(&play.c, message);

        play.wrong += e != SK_OK && e != SK_ERR_NOT_READY && e != SK_ERR_RANGE;
        sk_ring_consumer_ring(&play.c);
        sk_ring_consumer_wait(&play.c);
    }
    __atomic_add_fetch(&play.finished, 1, __ATOMIC_RELAXED);
}

const char *attacked(uint64_t seed)
{
    const struct sk_ring_layout layout = sk_ring_layout(COUNT, 24);
    struct sk_ring_memory memory = {.queue_size = sk_ring_queue_size(&layout, true)};
    struct host_stage stage;
    struct scene s = host_scene_boot(&stage, seed);
    sk_notification messages, space;

    crew_begin(&s);
    messages = crew_notification();
    space = crew_notification();
    memory.queue = malloc(memory.queue_size); /* exactly so much, for the address sanitizer */
    play = (struct play){.memory = memory.queue, .size = memory.queue_size};
    if (sk_ring_clear(&layout, &memory) != SK_OK ||
        sk_ring_producer_init(&play.p, &layout, &memory, messages, space) != SK_OK ||
        sk_ring_consumer_init(&play.c, &layout, &memory, space, messages) != SK_OK ||
        !crew_add(push_under_attack, 100) || !crew_add(pop_under_attack, 100) ||
        !crew_add(attack, 100)) {
        return "there is no ring, or no thread";
    }
    crew_join();
    free(memory.queue);
    return play.wrong == 0 ? NULL : "a call gave an error that it does not have";
}
