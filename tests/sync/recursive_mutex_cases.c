/*
 * Recursive mutexes.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/sync/recursive_mutex.h>

#include "cases.h"
#include "crew.h"

#define ROUNDS  100u
#define THREADS 4u

const char *a_recursive_mutex_that_is_free_or_ours_needs_no_system_call(struct scene *s)
{
    struct sk_recursive_mutex m;

    (void)s;
    sk_recursive_mutex_init(&m, NO_NOTIFICATION);
    WANT(!sk_recursive_mutex_is_mine(&m));
    {
        SK_AUTO(sk_recursive_mutex_guard) outer = sk_recursive_mutex_guard_take(&m);
        SK_AUTO(sk_recursive_mutex_guard) inner = sk_recursive_mutex_guard_try(&m);

        WANT(outer.mutex == &m && inner.mutex == &m);
        WANT(sk_recursive_mutex_is_mine(&m));
        sk_recursive_mutex_lock(&m);
        WANT(sk_recursive_mutex_try(&m));
        WANT(m.depth == 4);
        sk_recursive_mutex_unlock(&m);
        sk_recursive_mutex_unlock(&m);
    }
    WANT(!sk_recursive_mutex_is_mine(&m));
    WANT(sk_recursive_mutex_try(&m) && m.depth == 1);
    sk_recursive_mutex_unlock(&m);
    sk_recursive_mutex_fini(&m);
    WANT(m.mutex.notification.cptr == seL4_CapNull);
    return NULL;
}

static struct shared {
    struct sk_recursive_mutex mutex;
    unsigned count;
    unsigned inside;
    unsigned collisions;
} shared;

static void add_one(unsigned depth)
{
    SK_AUTO(sk_recursive_mutex_guard) guard = sk_recursive_mutex_guard_take(&shared.mutex);

    if (depth > 0) {
        add_one(depth - 1);
        return;
    }
    unsigned count = shared.count;

    shared.collisions += shared.inside++ != 0;
    seL4_Yield();
    shared.count = count + 1;
    shared.inside--;
}

static void add_many(struct member *me)
{
    for (unsigned n = 0; n < ROUNDS; n++) {
        if (n % 5 == 0 && sk_recursive_mutex_try(&shared.mutex)) {
            add_one(me->index);
            sk_recursive_mutex_unlock(&shared.mutex);
        } else {
            add_one(n % 4);
        }
    }
}

const char *a_recursive_mutex_lets_one_thread_in(struct scene *s)
{
    crew_begin(s);
    shared = (struct shared){0};
    sk_recursive_mutex_init(&shared.mutex, crew_notification());
    for (unsigned n = 0; n < THREADS; n++) {
        WANT(crew_add(add_many, 100 + n / 2));
    }
    crew_join();
    WANT(shared.count == THREADS * ROUNDS);
    WANT(shared.collisions == 0);
    sk_recursive_mutex_fini(&shared.mutex);
    return NULL;
}

static void hold(struct member *me)
{
    (void)me;
    sk_recursive_mutex_lock(&shared.mutex);
    sk_recursive_mutex_lock(&shared.mutex);
}

static void unlock(void *arg)
{
    sk_recursive_mutex_unlock(arg);
}

static void end(void *arg)
{
    sk_recursive_mutex_fini(arg);
}

static void lock_too_often(void *arg)
{
    for (unsigned n = 0; n <= SK_RECURSIVE_MUTEX_DEPTH; n++) {
        sk_recursive_mutex_lock(arg);
    }
}

static void lock_often(void *arg)
{
    for (unsigned n = 0; n < SK_RECURSIVE_MUTEX_DEPTH; n++) {
        sk_recursive_mutex_lock(arg);
    }
}

const char *misuse_of_a_recursive_mutex_traps(struct scene *s)
{
    static struct sk_recursive_mutex mutex;

    crew_begin(s);
    shared = (struct shared){0};
    sk_recursive_mutex_init(&shared.mutex, crew_notification());
    WANT(scene_traps(s, unlock, &shared.mutex)); /* nobody's */
    WANT(crew_add(hold, 100));
    crew_settle();
    WANT(!sk_recursive_mutex_is_mine(&shared.mutex));
    WANT(!sk_recursive_mutex_try(&shared.mutex));
    WANT(sk_recursive_mutex_guard_try(&shared.mutex).mutex == NULL);
    WANT(scene_traps(s, unlock, &shared.mutex)); /* another's */
    WANT(scene_traps(s, end, &shared.mutex));

    WANT(!scene_traps(s, lock_often, &mutex));
    sk_recursive_mutex_init(&mutex, NO_NOTIFICATION);
    WANT(scene_traps(s, lock_too_often, &mutex));
    return NULL;
}
