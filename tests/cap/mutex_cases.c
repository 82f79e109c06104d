/*
 * Mutexes: exclusion, waiting, and no system call where nobody waits.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/cap/mutex.h>

#include "cases.h"

#define ROUNDS  200u
#define THREADS 3u

/* What the mutex guards. */
struct shared {
    struct sk_mutex mutex;
    bool is_locking; /* false: to see that it goes wrong */
    unsigned count;
    unsigned inside;
    unsigned collisions;
    unsigned finished;
    sk_notification done;
};

static struct shared shared;

/* A section that gives others every chance to come in between. */
static void add_one(void)
{
    unsigned count = shared.count;

    shared.collisions += shared.inside++ != 0;
    seL4_Yield();
    shared.count = count + 1;
    shared.inside--;
}

static void add_many(seL4_Word argument)
{
    (void)argument;
    for (unsigned n = 0; n < ROUNDS; n++) {
        if (!shared.is_locking) {
            add_one();
        } else if (n % 3 != 0 || !sk_mutex_try(&shared.mutex)) {
            SK_AUTO(sk_mutex_guard) guard = sk_mutex_guard_take(&shared.mutex);

            add_one();
        } else {
            add_one();
            sk_mutex_unlock(&shared.mutex);
        }
    }
    __atomic_add_fetch(&shared.finished, 1, __ATOMIC_RELEASE); /* pairs with the case's */
    seL4_Signal(shared.done.cptr);
    scene_stop();
}

static bool run(struct scene *s, bool is_locking)
{
    shared = (struct shared){.is_locking = is_locking,
                             .done = {scene_make(s, SK_BLUEPRINT(Notification))}};
    sk_mutex_init(&shared.mutex, (sk_notification){scene_make(s, SK_BLUEPRINT(Notification))});
    for (unsigned n = 0; n < THREADS; n++) {
        if (scene_thread(s, add_many, 0, 100, seL4_CapNull) == 0) {
            return false;
        }
    }
    while (__atomic_load_n(&shared.finished, __ATOMIC_ACQUIRE) < THREADS) {
        seL4_Wait(shared.done.cptr, NULL);
    }
    return true;
}

const char *a_mutex_lets_one_thread_in(struct scene *s)
{
    WANT(run(s, true));
    WANT(shared.count == THREADS * ROUNDS);
    WANT(shared.collisions == 0);
    WANT(shared.mutex.users == 0);

    /* The same without it goes wrong, so there was something to exclude. */
    WANT(run(s, false));
    WANT(shared.count < THREADS * ROUNDS);
    WANT(shared.collisions > 0);
    return NULL;
}

const char *a_free_mutex_needs_no_system_call(struct scene *s)
{
    /* Any use of this address would be a fault. */
    struct sk_mutex m = {.notification = {(seL4_CPtr)1 << 40}};

    (void)s;
    for (unsigned n = 0; n < 100; n++) {
        sk_mutex_lock(&m);
        WANT(!sk_mutex_try(&m));
        sk_mutex_unlock(&m);
        WANT(sk_mutex_try(&m));
        sk_mutex_unlock(&m);
        {
            SK_AUTO(sk_mutex_guard) guard = sk_mutex_guard_take(&m);

            WANT(guard.mutex == &m && m.users == 1);
        }
        WANT(m.users == 0);
    }
    return NULL;
}

static void unlock(void *arg)
{
    struct sk_mutex m = {0};

    if (arg != NULL) {
        sk_mutex_lock(&m);
    }
    sk_mutex_unlock(&m);
}

const char *unlocking_what_is_free_traps(struct scene *s)
{
    WANT(!scene_traps(s, unlock, s));
    WANT(scene_traps(s, unlock, NULL));
    return NULL;
}

const char *a_guard_that_tries_owns_the_mutex_or_nothing(struct scene *s)
{
    struct sk_mutex m = {0};

    (void)s;
    {
        SK_AUTO(sk_mutex_guard) first = sk_mutex_guard_try(&m);
        SK_AUTO(sk_mutex_guard) second = sk_mutex_guard_try(&m);

        WANT(first.mutex == &m);
        WANT(second.mutex == NULL);
    }
    WANT(m.users == 0);
    return NULL;
}

static void end_held(void *arg)
{
    struct sk_mutex m = {0};

    if (arg == NULL) {
        sk_mutex_lock(&m);
    }
    sk_mutex_fini(&m);
}

const char *a_mutex_ends_when_nobody_holds_it(struct scene *s)
{
    WANT(!scene_traps(s, end_held, s));
    WANT(scene_traps(s, end_held, NULL));
    return NULL;
}
