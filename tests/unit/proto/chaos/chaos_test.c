/*
 * Rings among threads that lose their turn anywhere: no wake-up is lost, planted mistakes are
 * found, by seeds that are printed, and a thread that writes anywhere does no harm.
 *
 *     build/asan/tests/unit/proto/chaos/chaos_test asks_late 17        # for a debugger
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <stdlib.h>
#include <string.h>

#include <selkie/arch/kernel/threads.h>
#include <selkie/cap/notification.h>
#include <selkie/proto/coroutine.h>

#include "../../../sync/crew.h"
#include "check.h"
#include "host_scene.h"
#include "planted.h"
#include "schedules.h"

#define MESSAGES  150u
#define COUNT     2u
#define PRODUCERS 3u
#define SEEDS     60u

static struct play {
    struct sk_ring_producer p;
    struct sk_ring_consumer c;
    struct sk_ring_producer many[PRODUCERS];
    struct sk_multi_ring_lane lanes[PRODUCERS];
    struct sk_multi_ring one;
    planted_wait *wait; /* null: the right one */
    planted_push *push;
    void (*wait_for_any)(struct sk_multi_ring *m);
    unsigned received;
    unsigned wrong;
    unsigned finished;
    char *memory;
    size_t size;
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
    while (play.received < MESSAGES && (e == SK_OK || e == SK_ERR_NOT_READY)) {
        e = sk_ring_pop(&play.c, &word);
        if (e == SK_OK) {
            schedule_note(word);
            play.wrong += word != play.received++;
            sk_ring_consumer_ring(&play.c);
            seL4_Yield(); /* it has other things to do, and asks later */
        } else if (play.wait != NULL) {
            play.wait(&play.c.end, false);
        } else {
            sk_ring_consumer_wait(&play.c);
        }
    }
}

/* With the messages that the consumer must have. */
static const char *outcome(unsigned messages)
{
    if (play.received != messages) {
        return "there were too few messages";
    }
    return play.wrong == 0 ? NULL : "messages came in a wrong order";
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
        play.wrong += word != play.received++;
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
    while (read_all() == SK_ERR_NOT_READY && play.received < MESSAGES) {
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
    play.wrong += sk_event_bell_add(&looped.loop, &looped.bell, 1) != SK_OK;
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

static const char *in_loop(uint64_t seed)
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
    return outcome(MESSAGES);
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
    return outcome(MESSAGES);
}

static const char *pair(uint64_t seed)
{
    return hold_pair(seed, NULL, NULL);
}

static const char *asks_late(uint64_t seed)
{
    return hold_pair(seed, look_and_ask, NULL);
}

static const char *looks_early(uint64_t seed)
{
    return hold_pair(seed, NULL, look_and_push);
}

/* --- many producers */

static void produce_many(struct member *me)
{
    struct sk_ring_producer *p = &play.many[me->index];

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

    while (play.received < messages) {
        sk_err e = sk_multi_ring_pop(&play.one, message, &lane);

        if (e == SK_OK && lane >= first) {
            schedule_note(message[0]);
            play.received++;
            play.wrong += message[0] != lane || message[1] != next[lane]++;
        }
        if (e == SK_OK) {
            sk_multi_ring_ring(&play.one);
        } else {
            play.wait_for_any(&play.one);
        }
    }
}

static void consume_many(struct member *me)
{
    (void)me;
    consume_lanes(0, MESSAGES);
}

static const char *begin_many(struct scene *s, void (*wait)(struct sk_multi_ring *m))
{
    static char room[PRODUCERS][256] __attribute__((aligned(64)));
    const struct sk_ring_layout layout = sk_ring_layout(COUNT, 8);
    sk_notification messages, space;

    crew_begin(s);
    messages = crew_notification();
    play = (struct play){.wait_for_any = wait};
    sk_multi_ring_init(&play.one, play.lanes, PRODUCERS, 8, messages);
    for (uint32_t n = 0; n < PRODUCERS; n++) {
        const struct sk_ring_memory memory = {.queue = room[n], .queue_size = sizeof(room[n])};

        space = crew_notification();
        if (sk_ring_clear(&layout, &memory) != SK_OK ||
            sk_ring_producer_init(&play.many[n], &layout, &memory, messages, space) != SK_OK ||
            sk_multi_ring_open(&play.one, n, &layout, &memory, space) != SK_OK) {
            return "there is no ring";
        }
    }
    return NULL;
}

static const char *hold_many(uint64_t seed, void (*wait)(struct sk_multi_ring *m))
{
    struct host_stage stage;
    struct scene s = host_scene_boot(&stage, seed);
    const char *wrong = begin_many(&s, wait);

    if (wrong != NULL) {
        return wrong;
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
    return outcome(MESSAGES);
}

static const char *many(uint64_t seed)
{
    return hold_many(seed, sk_multi_ring_wait);
}

static const char *asks_one(uint64_t seed)
{
    return hold_many(seed, ask_the_next);
}

/* The first producer writes anywhere in its lane, and rings as it likes. */
static void spoil_lane(struct member *me)
{
    uint64_t random = 0x9e3779b97f4a7c15u;
    char *lane = (char *)play.many[0].end.own_index - 64; /* docs/spec/ring.md */

    (void)me;
    while (__atomic_load_n(&play.finished, __ATOMIC_RELAXED) == 0) {
        random = random * 6364136223846793005u + 1442695040888963407u;
        ((volatile char *)lane)[(random >> 33) % 256] = (char)(random >> 20);
        sk_notification_signal(play.one.wakeup);
    }
}

static void consume_the_others(struct member *me)
{
    (void)me;
    consume_lanes(1, MESSAGES / PRODUCERS * (PRODUCERS - 1));
    __atomic_store_n(&play.finished, 1, __ATOMIC_RELAXED);
}

static const char *one_is_bad(uint64_t seed)
{
    struct host_stage stage;
    struct scene s = host_scene_boot(&stage, seed);
    const char *wrong = begin_many(&s, sk_multi_ring_wait);

    if (wrong != NULL) {
        return wrong;
    }
    if (!crew_add(spoil_lane, 100) || !crew_add(produce_many, 100) ||
        !crew_add(produce_many, 100) || !crew_add(consume_the_others, 100)) {
        return "a thread did not start";
    }
    crew_join();
    return outcome(MESSAGES / PRODUCERS * (PRODUCERS - 1));
}

/* --- one that writes anywhere in the ring, whenever it has its turn */

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

        play.received += e == SK_OK;
        play.wrong += e != SK_OK && e != SK_ERR_NOT_READY && e != SK_ERR_RANGE;
        sk_ring_consumer_ring(&play.c);
        sk_ring_consumer_wait(&play.c);
    }
    __atomic_add_fetch(&play.finished, 1, __ATOMIC_RELAXED);
}

static const char *attacked(uint64_t seed)
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

static const struct schedule_named scenarios[] = {
    {"asks_late", asks_late}, {"looks_early", looks_early},
    {"asks_one", asks_one},   {"pair", pair},
    {"many", many},           {"attacked", attacked},
    {"in_loop", in_loop},     {"one_is_bad", one_is_bad},
};
#define SCENARIOS (sizeof(scenarios) / sizeof(scenarios[0]))

/* Else all that is said here would be of system calls, and of the code of this file. */
static void turns_are_lost_inside_rings_and_loops(void **state)
{
    struct host_stage stage;
    struct scene s = host_scene_boot(&stage, 1);
    uint64_t message[2] = {0};
    uint32_t lane;
    uint64_t at[6];

    (void)state;
    assert_null(begin_many(&s, sk_multi_ring_wait));
    sk_event_loop_init(&looped.loop,
                       &(struct sk_event_loop_options){.notification = play.one.wakeup});
    at[0] = sk_host_blocks_run();
    sk_err pushed = sk_ring_push(&play.many[0], message);
    at[1] = sk_host_blocks_run();
    bool is_empty = sk_ring_consumer_ask(&play.lanes[0].ring);
    at[2] = sk_host_blocks_run();
    sk_err popped = sk_multi_ring_pop(&play.one, message, &lane);
    at[3] = sk_host_blocks_run();
    bool is_asked = sk_multi_ring_ask(&play.one);
    at[4] = sk_host_blocks_run();
    sk_event_loop_defer(&looped.loop, play.one.wakeup);
    at[5] = sk_host_blocks_run();
    assert_true(pushed == SK_OK && is_empty && popped == SK_OK && !is_asked);
    for (unsigned n = 0; n + 1 < sizeof(at) / sizeof(at[0]); n++) {
        assert_true(at[n + 1] - at[n] > 1);
    }
    host_kernel_end();
}

/* A wake-up is lost, by some seed but not where no turn is lost. */
static void find(const struct schedule_named *planted)
{
    struct schedule_verdict v;
    uint64_t seed = schedule_find(planted->run, 1, SEEDS, &v);

    assert_int_not_equal(seed, 0);
    print_message("# %s: seed %lu of 1 to %u: %s\n", planted->name, (unsigned long)seed, SEEDS,
                  v.why);
    assert_string_equal(v.why, "host kernel: no thread can ever run again");
    assert_false(schedule_try(planted->run, seed).is_good);
}

static void expect_none(const struct schedule_named *right)
{
    struct schedule_verdict v = {.is_good = true};
    uint64_t seed = schedule_find(right->run, 1, SEEDS, &v);

    if (seed != 0) {
        fail_msg("%s: seed %lu: %s", right->name, (unsigned long)seed, v.why);
    }
}

static void asking_after_looking_is_found(void **state)
{
    (void)state;
    find(&scenarios[0]);
}

static void looking_before_pushing_is_found(void **state)
{
    (void)state;
    find(&scenarios[1]);
}

static void asking_one_of_many_is_found(void **state)
{
    (void)state;
    find(&scenarios[2]);
}

static void a_pair_loses_no_message_and_no_wake_up(void **state)
{
    (void)state;
    expect_none(&scenarios[3]);
}

static void many_lose_no_message_and_no_wake_up(void **state)
{
    (void)state;
    expect_none(&scenarios[4]);
}

static void a_bad_producer_harms_no_other(void **state)
{
    (void)state;
    expect_none(&scenarios[7]);
}

static void a_loop_loses_no_message_and_no_wake_up(void **state)
{
    (void)state;
    expect_none(&scenarios[6]);
}

static void an_attacker_does_no_harm(void **state)
{
    (void)state;
    expect_none(&scenarios[5]);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(turns_are_lost_inside_rings_and_loops),
        cmocka_unit_test(asking_after_looking_is_found),
        cmocka_unit_test(looking_before_pushing_is_found),
        cmocka_unit_test(asking_one_of_many_is_found),
        cmocka_unit_test(a_pair_loses_no_message_and_no_wake_up),
        cmocka_unit_test(many_lose_no_message_and_no_wake_up),
        cmocka_unit_test(a_loop_loses_no_message_and_no_wake_up),
        cmocka_unit_test(an_attacker_does_no_harm),
        cmocka_unit_test(a_bad_producer_harms_no_other),
    };
    int status = schedule_replay(scenarios, SCENARIOS, argc, argv);

    return status >= 0 ? status : cmocka_run_group_tests_name("proto/chaos", tests, NULL, NULL);
}
