/*
 * Conditions.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/sync/condition.h>

#include <selkie/cap/notification.h>

#include "cases.h"
#include "crew.h"

#define ROUNDS 60u
#define SPACE  2u

const char *waking_nobody_needs_no_system_call(struct scene *s)
{
    struct sk_mutex mutex = {.notification = NO_NOTIFICATION};
    struct sk_condition condition;

    (void)s;
    sk_condition_init(&condition);
    {
        SK_AUTO(sk_mutex_guard) guard = sk_mutex_guard_take(&mutex);

        sk_condition_wake(&condition, &guard);
        sk_condition_wake_all(&condition, &guard);
    }
    sk_condition_fini(&condition);
    return NULL;
}

/* A queue with little space. */
static struct queue {
    struct sk_mutex mutex;
    struct sk_condition filled;
    struct sk_condition emptied;
    unsigned length;
    unsigned put;
    unsigned taken;
    unsigned wrong; /* lengths that cannot be */
} queue;

static void put_many(struct member *me)
{
    for (unsigned n = 0; n < ROUNDS; n++) {
        SK_AUTO(sk_mutex_guard) guard = sk_mutex_guard_take(&queue.mutex);

        while (queue.length == SPACE) {
            sk_condition_wait(&queue.emptied, &guard, me->notification);
        }
        queue.wrong += queue.length >= SPACE || guard.mutex != &queue.mutex;
        queue.length++;
        queue.put++;
        sk_condition_wake(&queue.filled, &guard);
    }
}

static void take_many(struct member *me)
{
    for (unsigned n = 0; n < ROUNDS; n++) {
        SK_AUTO(sk_mutex_guard) guard = sk_mutex_guard_take(&queue.mutex);

        while (queue.length == 0) {
            sk_condition_wait(&queue.filled, &guard, me->notification);
        }
        queue.wrong += queue.length == 0 || queue.length > SPACE;
        queue.length--;
        queue.taken++;
        sk_condition_wake(&queue.emptied, &guard);
    }
}

static bool fill_queue(struct scene *s, unsigned threads)
{
    crew_begin(s);
    queue = (struct queue){0};
    sk_mutex_init(&queue.mutex, crew_notification());
    for (unsigned n = 0; n < threads; n++) {
        if (!crew_add(n % 2 == 0 ? put_many : take_many, 100 + n / 2)) {
            return false;
        }
    }
    return true;
}

const char *no_wake_up_is_lost_between_producers_and_consumers(struct scene *s)
{
    WANT(fill_queue(s, 6));
    crew_join();
    WANT(queue.put == 3 * ROUNDS && queue.taken == 3 * ROUNDS);
    WANT(queue.length == 0 && queue.wrong == 0);
    sk_condition_fini(&queue.filled);
    sk_condition_fini(&queue.emptied);
    sk_mutex_fini(&queue.mutex);
    return NULL;
}

/* Threads that wait for a number to come. */
static struct stage {
    struct sk_mutex mutex;
    struct sk_condition changed;
    unsigned number;
    unsigned woken;  /* how often a wait has returned */
    unsigned who[8]; /* in which order */
    sk_notification common;
} stage;

static void wait_once(struct member *me)
{
    SK_AUTO(sk_mutex_guard) guard = sk_mutex_guard_take(&stage.mutex);

    sk_condition_wait(&stage.changed, &guard, me->notification);
    stage.who[stage.woken++ % 8] = me->index;
}

static void begin_stage(struct scene *s)
{
    crew_begin(s);
    stage = (struct stage){0};
    sk_mutex_init(&stage.mutex, crew_notification());
    stage.common = crew_notification();
}

static void wake(bool is_for_all)
{
    SK_AUTO(sk_mutex_guard) guard = sk_mutex_guard_take(&stage.mutex);

    if (is_for_all) {
        sk_condition_wake_all(&stage.changed, &guard);
    } else {
        sk_condition_wake(&stage.changed, &guard);
    }
}

const char *who_waited_longest_is_woken_first(struct scene *s)
{
    begin_stage(s);
    for (unsigned n = 0; n < 4; n++) {
        WANT(crew_add(wait_once, n % 2 == 0 ? 100 : 110));
        crew_settle();
    }
    WANT(stage.woken == 0);
    for (unsigned n = 0; n < 4; n++) {
        wake(false);
        crew_settle();
        WANT(stage.woken == n + 1 && stage.who[n] == n);
    }
    return NULL;
}

const char *waking_all_wakes_those_that_wait_and_nobody_else(struct scene *s)
{
    begin_stage(s);
    for (unsigned n = 0; n < 3; n++) {
        WANT(crew_add(wait_once, 100 + n));
    }
    crew_settle();
    wake(true);
    crew_settle();
    WANT(stage.woken == 3);
    wake(true);
    WANT(crew_add(wait_once, 100));
    crew_settle();
    WANT(stage.woken == 3); /* there is nothing left for who comes later */
    wake(false);
    crew_join();
    WANT(stage.woken == 4);
    return NULL;
}

/* Each thread goes through rounds that others begin: who is a round ahead must not take what
 * wakes who is a round behind. */
static void next_round(struct member *me)
{
    for (unsigned round = 0; round < ROUNDS; round++) {
        SK_AUTO(sk_mutex_guard) guard = sk_mutex_guard_take(&stage.mutex);

        if (++stage.woken == 4) {
            stage.woken = 0;
            stage.number++;
            sk_condition_wake_all(&stage.changed, &guard);
        }
        while (stage.number == round) {
            sk_condition_wait(&stage.changed, &guard, me->notification);
        }
    }
}

const char *who_comes_later_takes_nobodys_wake_up(struct scene *s)
{
    begin_stage(s);
    for (unsigned n = 0; n < 4; n++) {
        WANT(crew_add(next_round, 100 + n));
    }
    crew_join();
    WANT(stage.number == ROUNDS);
    return NULL;
}

static void wait_with_signals(struct member *me)
{
    sk_notification_signal(me->notification); /* from elsewhere */
    wait_once(me);
}

const char *a_signal_from_elsewhere_wakes_nobody(struct scene *s)
{
    begin_stage(s);
    WANT(crew_add(wait_with_signals, 100));
    crew_settle();
    WANT(stage.woken == 0 && stage.changed.first != NULL);
    WANT(stage.mutex.users == 0);
    wake(false);
    crew_join();
    WANT(stage.woken == 1);
    return NULL;
}

/* Misuse, of a stage at which a thread waits with the common notification. */
static void wait_common(struct member *me)
{
    SK_AUTO(sk_mutex_guard) guard = sk_mutex_guard_take(&stage.mutex);

    (void)me;
    sk_condition_wait(&stage.changed, &guard, stage.common);
}

static void wait_with_the_same(void *unused)
{
    (void)unused;
    wait_common(NULL);
}

static void wake_with_another(void *unused)
{
    struct sk_mutex other = {0};
    SK_AUTO(sk_mutex_guard) guard = sk_mutex_guard_take(&other);

    (void)unused;
    sk_condition_wake(&stage.changed, &guard);
}

static void wait_with_another(void *unused)
{
    struct sk_mutex other = {0};
    SK_AUTO(sk_mutex_guard) guard = sk_mutex_guard_take(&other);

    (void)unused;
    sk_condition_wait(&stage.changed, &guard, stage.mutex.notification);
}

/* Where the optimiser sees that the guard is empty, this does not compile. */
static void wake_without(void *guard)
{
    sk_condition_wake_all(&stage.changed, guard);
}

static void end(void *unused)
{
    (void)unused;
    sk_condition_fini(&stage.changed);
}

const char *misuse_of_a_condition_traps(struct scene *s)
{
    sk_mutex_guard no_guard = {NULL};

    begin_stage(s);
    WANT(crew_add(wait_common, 100));
    crew_settle();
    WANT(scene_traps(s, wait_with_the_same, NULL));
    if (stage.mutex.users != 0) {
        sk_mutex_unlock(&stage.mutex); /* on the target, of the thread that trapped */
    }
    WANT(scene_traps(s, wake_with_another, NULL));
    WANT(scene_traps(s, wait_with_another, NULL));
    WANT(scene_traps(s, wake_without, &no_guard));
    WANT(scene_traps(s, end, NULL));
    wake(false);
    crew_join();
    return NULL;
}
