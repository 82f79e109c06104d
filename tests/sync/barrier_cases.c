/*
 * Barriers.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/sync/barrier.h>

#include "cases.h"
#include "crew.h"

#define ROUNDS  60u
#define THREADS 6u

static const sk_notification no_notifications[SK_BARRIER_NOTIFICATIONS] = {
    {(seL4_CPtr)1 << 40}, {(seL4_CPtr)2 << 40}};

const char *a_barrier_of_one_needs_no_system_call(struct scene *s)
{
    struct sk_barrier barrier;

    (void)s;
    sk_barrier_init(&barrier, 1, no_notifications);
    for (unsigned n = 0; n < 3; n++) {
        WANT(sk_barrier_wait(&barrier));
    }
    WANT(barrier.round == 3);
    sk_barrier_fini(&barrier);
    WANT(barrier.threads == 0);
    return NULL;
}

static struct race {
    struct sk_barrier barrier;
    unsigned threads;
    unsigned at[THREADS]; /* the round in which each thread is */
    unsigned last;        /* how often a thread was told that it was the last */
    unsigned ahead;       /* how often a thread was seen in another round */
} race;

static void go_round(struct member *me)
{
    for (unsigned round = 1; round <= ROUNDS; round++) {
        race.at[me->index] = round;
        if (me->index % 2 == round % 2) {
            seL4_Yield();
        }
        if (sk_barrier_wait(&race.barrier)) {
            __atomic_fetch_add(&race.last, 1, __ATOMIC_RELAXED);
        }
        for (unsigned n = 0; n < race.threads; n++) {
            if (race.at[n] != round) {
                __atomic_fetch_add(&race.ahead, 1, __ATOMIC_RELAXED);
            }
        }
        (void)sk_barrier_wait(&race.barrier);
    }
}

static void begin(struct scene *s, unsigned threads)
{
    sk_notification notifications[SK_BARRIER_NOTIFICATIONS];

    crew_begin(s);
    race = (struct race){.threads = threads};
    for (unsigned n = 0; n < SK_BARRIER_NOTIFICATIONS; n++) {
        notifications[n] = crew_notification();
    }
    sk_barrier_init(&race.barrier, threads, notifications);
}

const char *nobody_goes_on_before_all_have_come(struct scene *s)
{
    begin(s, THREADS);
    for (unsigned n = 0; n < THREADS; n++) {
        WANT(crew_add(go_round, 100 + n / 2));
    }
    crew_join();
    WANT(race.last == ROUNDS);
    WANT(race.ahead == 0);
    WANT(race.barrier.round == 2 * ROUNDS);
    sk_barrier_fini(&race.barrier);
    return NULL;
}

static void come_once(struct member *me)
{
    (void)me;
    (void)sk_barrier_wait(&race.barrier);
}

static void for_nobody(void *barrier)
{
    sk_barrier_init(barrier, 0, no_notifications);
}

static void one_too_many(void *barrier)
{
    (void)sk_barrier_wait(barrier);
}

static void end(void *barrier)
{
    sk_barrier_fini(barrier);
}

const char *misuse_of_a_barrier_traps(struct scene *s)
{
    static struct sk_barrier barrier;

    WANT(scene_traps(s, for_nobody, &barrier));
    sk_barrier_init(&barrier, 2, no_notifications);
    barrier.arrived = 2; /* the last is about to let them through */
    WANT(scene_traps(s, one_too_many, &barrier));
    sk_barrier_init(&barrier, 2, no_notifications);
    barrier.gates[0].passes = 1; /* one of the round before last has not left yet */
    WANT(scene_traps(s, one_too_many, &barrier));
    WANT(scene_traps(s, end, &barrier));

    begin(s, 2);
    WANT(crew_add(come_once, 100));
    crew_settle();
    WANT(scene_traps(s, end, &race.barrier));
    return NULL;
}
