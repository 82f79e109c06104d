/*
 * Once.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/sync/once.h>

#include "cases.h"
#include "crew.h"

#define THREADS 6u

static struct setup {
    struct sk_once once;
    unsigned failures_left;
    unsigned begun;
    unsigned inside;
    unsigned collisions;
    unsigned value; /* two are right when it is set up */
    unsigned errors;
    unsigned seen_early;
} setup;

static sk_err set_up(void *arg)
{
    struct setup *it = arg;

    it->begun++;
    it->collisions += it->inside++ != 0;
    it->value = 1;
    seL4_Yield();
    it->inside--;
    if (it->failures_left > 0) {
        it->failures_left--;
        return SK_ERR_NO_MEMORY;
    }
    it->value = 2;
    return SK_OK;
}

static void want_it(struct member *me)
{
    (void)me;
    if (sk_once_do(&setup.once, set_up, &setup) != SK_OK) {
        __atomic_fetch_add(&setup.errors, 1, __ATOMIC_RELAXED);
    } else if (setup.value != 2) {
        __atomic_fetch_add(&setup.seen_early, 1, __ATOMIC_RELAXED);
    }
}

static bool run(struct scene *s, unsigned failures)
{
    crew_begin(s);
    setup = (struct setup){.failures_left = failures};
    sk_once_init(&setup.once, crew_notification());
    for (unsigned n = 0; n < THREADS; n++) {
        if (!crew_add(want_it, 100 + n / 2)) {
            return false;
        }
    }
    crew_join();
    return true;
}

const char *it_is_done_once(struct scene *s)
{
    WANT(run(s, 0));
    WANT(setup.begun == 1 && setup.errors == 0);
    WANT(setup.seen_early == 0 && setup.collisions == 0);
    sk_once_fini(&setup.once);
    return NULL;
}

const char *who_fails_is_told_and_the_next_tries_again(struct scene *s)
{
    WANT(run(s, 2));
    WANT(setup.begun == 3 && setup.errors == 2);
    WANT(setup.seen_early == 0 && setup.collisions == 0);
    return NULL;
}

static sk_err set_up_at_once(void *arg)
{
    struct setup *it = arg;

    it->begun++;
    return SK_OK;
}

const char *asking_when_it_is_done_needs_no_system_call(struct scene *s)
{
    struct setup it = {.begun = 0};

    (void)s;
    sk_once_init(&it.once, NO_NOTIFICATION);
    for (unsigned n = 0; n < 3; n++) {
        WANT(sk_once_do(&it.once, set_up_at_once, &it) == SK_OK);
    }
    WANT(it.begun == 1);
    sk_once_fini(&it.once);
    return NULL;
}

static sk_err ask_again(void *arg)
{
    return sk_once_do(arg, ask_again, arg);
}

static void ask(void *arg)
{
    (void)sk_once_do(arg, ask_again, arg);
}

static sk_err end_it(void *arg)
{
    sk_once_fini(arg);
    return SK_OK;
}

static void end(void *arg)
{
    (void)sk_once_do(arg, end_it, arg);
}

const char *misuse_of_once_traps(struct scene *s)
{
    static struct sk_once once;

    sk_once_init(&once, NO_NOTIFICATION);
    WANT(scene_traps(s, ask, &once));
    sk_once_init(&once, NO_NOTIFICATION);
    WANT(scene_traps(s, end, &once));
    return NULL;
}
