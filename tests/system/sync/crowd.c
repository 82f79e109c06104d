/*
 * Many threads of many priorities, which change in the midst of things as a seed wants it, use
 * every kind of lock. What must not happen is counted.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <selkie/base/err.h>
#include <selkie/cap/owned.h>
#include <selkie/cap/tcb.h>
#include <selkie/rt/boot_source.h>
#include <selkie/rt/thread.h>
#include <selkie/sync/barrier.h>
#include <selkie/sync/condition.h>
#include <selkie/sync/once.h>
#include <selkie/sync/recursive_mutex.h>
#include <selkie/sync/rwlock.h>
#include <selkie/sync/semaphore.h>

#include "parts.h"

#define THREADS       24u
#define ROUNDS        150u
#define PERMITS       3u
#define NOTIFICATIONS 10u
#define LOWEST        10u
#define PRIORITIES    8u
#define BUDGET_US     100u

struct person {
    sk_notification notification;
    uint32_t random;
    struct sk_thread *thread;
};

static struct place {
    struct sk_mutex mutex;
    struct sk_condition changed;
    struct sk_recursive_mutex recursive;
    struct sk_semaphore semaphore;
    struct sk_rwlock rwlock;
    struct sk_once once;
    struct sk_barrier barrier;

    unsigned begun;
    unsigned locked; /* how often, under the mutex */
    unsigned balls;  /* put by some, awaited by others */
    unsigned nested;
    unsigned permitted; /* inside now; atomic */
    unsigned readers;   /* inside now; atomic */
    unsigned writers;
    unsigned written;
    unsigned lasts;
    unsigned wrong; /* what must not happen; atomic */
    struct person people[THREADS];
} place;

static unsigned draw(struct person *me, unsigned bound)
{
    me->random ^= me->random << 13;
    me->random ^= me->random >> 17;
    me->random ^= me->random << 5;
    return me->random % bound;
}

static void check(bool is_right)
{
    if (!is_right) {
        __atomic_fetch_add(&place.wrong, 1, __ATOMIC_RELAXED);
    }
}

/*
 * Let others come in between: those of the same priority, or with another priority of ours all
 * that are above it then; or just take time, in which a budget may end.
 */
static void linger(struct person *me)
{
    switch (draw(me, 3)) {
    case 0:
        seL4_Yield();
        break;
    case 1:
        check(sk_tcb_set_priority(sk_thread_self()->tcb, (sk_tcb){seL4_CapInitThreadTCB},
                                  LOWEST + draw(me, PRIORITIES)) == SK_OK);
        break;
    default:
        for (volatile unsigned n = draw(me, 400); n > 0; n--) {
        }
    }
}

static void put_ball(struct person *me)
{
    SK_AUTO(sk_mutex_guard) guard = sk_mutex_guard_take(&place.mutex);
    unsigned locked = place.locked;

    linger(me);
    place.balls++;
    check(place.locked == locked);
    place.locked = locked + 1;
    sk_condition_wake(&place.changed, &guard);
}

static void take_ball(struct person *me)
{
    SK_AUTO(sk_mutex_guard) guard = sk_mutex_guard_take(&place.mutex);

    while (place.balls == 0) {
        sk_condition_wait(&place.changed, &guard, me->notification);
    }
    place.balls--;
    place.locked++;
}

static void nest(struct person *me, unsigned depth)
{
    SK_AUTO(sk_recursive_mutex_guard) guard = sk_recursive_mutex_guard_take(&place.recursive);
    unsigned nested = place.nested;

    if (depth > 0) {
        nest(me, depth - 1);
        check(place.nested == nested + depth);
    }
    linger(me);
    place.nested++;
}

static void be_permitted(struct person *me)
{
    SK_AUTO(sk_semaphore_permit) permit = sk_semaphore_permit_take(&place.semaphore);

    check(__atomic_add_fetch(&place.permitted, 1, __ATOMIC_RELAXED) <= PERMITS);
    linger(me);
    __atomic_fetch_sub(&place.permitted, 1, __ATOMIC_RELAXED);
}

static void read(struct person *me)
{
    SK_AUTO(sk_rwlock_reader) reader = sk_rwlock_reader_take(&place.rwlock);

    __atomic_fetch_add(&place.readers, 1, __ATOMIC_RELAXED);
    check(__atomic_load_n(&place.writers, __ATOMIC_RELAXED) == 0);
    linger(me);
    __atomic_fetch_sub(&place.readers, 1, __ATOMIC_RELAXED);
}

static void write(struct person *me)
{
    SK_AUTO(sk_rwlock_writer) writer = sk_rwlock_writer_take(&place.rwlock);

    check(__atomic_add_fetch(&place.writers, 1, __ATOMIC_RELAXED) == 1);
    linger(me);
    check(__atomic_load_n(&place.readers, __ATOMIC_RELAXED) == 0);
    place.written++;
    __atomic_fetch_sub(&place.writers, 1, __ATOMIC_RELAXED);
}

static sk_err begin(void *arg)
{
    (void)arg;
    place.begun++;
    return SK_OK;
}

static void live(void *arg)
{
    struct person *me = arg;
    bool is_giver = (me - place.people) % 2 == 0;

    for (unsigned n = 0; n < ROUNDS; n++) {
        check(sk_once_do(&place.once, begin, NULL) == SK_OK && place.begun == 1);
        /* As many balls are taken as are put, so nobody waits for ever. */
        if (is_giver) {
            put_ball(me);
        } else {
            take_ball(me);
        }
        nest(me, draw(me, 3));
        be_permitted(me);
        if (draw(me, 5) == 0) {
            write(me);
        } else {
            read(me);
        }
        if (n % 10 == 0 && sk_barrier_wait(&place.barrier)) {
            place.lasts++;
        }
    }
}

static sk_err set_up(sk_owned_object *objects)
{
    sk_notification n[NOTIFICATIONS + THREADS];

    for (unsigned i = 0; i < NOTIFICATIONS + THREADS; i++) {
        SK_TRY(sk_owned_object_make(sk_boot_source(), SK_BLUEPRINT(Notification), &objects[i]));
        n[i].cptr = sk_owned_object_cptr(&objects[i]);
    }
    place = (struct place){0};
    sk_mutex_init(&place.mutex, n[0]);
    sk_recursive_mutex_init(&place.recursive, n[1]);
    sk_semaphore_init(&place.semaphore, PERMITS, n[2]);
    sk_once_init(&place.once, n[3]);
    sk_rwlock_init(&place.rwlock, &n[4]);
    sk_barrier_init(&place.barrier, THREADS, &n[7]);
    for (unsigned i = 0; i < THREADS; i++) {
        place.people[i] =
            (struct person){.notification = n[NOTIFICATIONS + i], .random = 20261122u + i};
    }
    return SK_OK;
}

static sk_err run(void)
{
    for (unsigned i = 0; i < THREADS; i++) {
        const struct sk_thread_options options = {
            .name = "person", .priority = LOWEST + i % PRIORITIES, .budget_us = BUDGET_US};

        SK_TRY(sk_thread_start(live, &place.people[i], &options, &place.people[i].thread));
    }
    for (unsigned i = 0; i < THREADS; i++) {
        sk_outcome outcome;

        sk_thread_join(place.people[i].thread, &outcome);
        check(outcome.how == SK_RETURNED);
    }
    return SK_OK;
}

const char *a_crowd_of_many_priorities_meets_everywhere(void)
{
    static sk_owned_object objects[NOTIFICATIONS + THREADS];

    if (set_up(objects) != SK_OK || run() != SK_OK) {
        return "there is no room for the crowd";
    }
    if (place.wrong != 0) {
        return "something happened that must not";
    }
    if (place.locked != THREADS * ROUNDS || place.balls != 0) {
        return "the mutex lost a count";
    }
    if (place.begun != 1 || place.lasts != ROUNDS / 10) {
        return "once or the barrier did not happen as often as it must";
    }
    /* They trap if somebody holds them or waits. */
    sk_condition_fini(&place.changed);
    sk_mutex_fini(&place.mutex);
    sk_recursive_mutex_fini(&place.recursive);
    sk_semaphore_fini(&place.semaphore);
    sk_rwlock_fini(&place.rwlock);
    sk_once_fini(&place.once);
    sk_barrier_fini(&place.barrier);
    for (unsigned i = 0; i < NOTIFICATIONS + THREADS; i++) {
        sk_owned_object_drop(&objects[i]);
    }
    return NULL;
}
