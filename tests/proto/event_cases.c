/*
 * Event loops: signals, what is deferred, and misuse.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/cap/notification.h>

#include "cases.h"
#include "stand.h"

static struct stand stand;

const char *signals_call_back_by_bit(struct scene *s)
{
    struct stand_listener one = {.source.fn = stand_listen};
    struct stand_listener two = {.source.fn = stand_listen};

    WANT(stand_init(&stand, s, false));
    WANT(sk_event_loop_add(&stand.loop, &one.source, 1) == SK_OK);
    WANT(sk_event_loop_add(&stand.loop, &two.source, 6) == SK_OK);
    sk_notification_signal(stand_bell(&stand, 1));
    sk_event_loop_turn(&stand.loop);
    WANT(one.calls == 1 && one.heard == 1 && two.calls == 0);

    /* Together they are one turn, and one call of each. */
    sk_notification_signal(stand_bell(&stand, 1));
    sk_notification_signal(stand_bell(&stand, 2));
    sk_notification_signal(stand_bell(&stand, 4));
    sk_event_loop_turn(&stand.loop);
    WANT(one.calls == 2 && two.calls == 1 && two.heard == 6);

    sk_notification_signal(stand_bell(&stand, 4));
    sk_event_loop_turn(&stand.loop);
    WANT(two.calls == 2 && stand.loop.strays == 0);
    return NULL;
}

const char *bits_have_one_source(struct scene *s)
{
    struct stand_listener one = {.source.fn = stand_listen};
    struct stand_listener two = {.source.fn = stand_listen};
    seL4_Word last = (seL4_Word)1 << (SK_EVENT_BITS - 1);

    WANT(stand_init(&stand, s, false));
    WANT(sk_event_loop_add(&stand.loop, &one.source, 0) == SK_ERR_INVALID_ARGUMENT);
    WANT(sk_event_loop_add(&stand.loop, &one.source, SK_EVENT_MESSAGE | 1) ==
         SK_ERR_INVALID_ARGUMENT);
    WANT(sk_event_loop_add(&stand.loop, &one.source, last | 1) == SK_OK);
    WANT(sk_event_loop_add(&stand.loop, &two.source, last | 2) == SK_ERR_DELETE_FIRST);
    WANT(sk_event_loop_add(&stand.loop, &two.source, 2) == SK_OK); /* nothing was left of it */
    sk_event_loop_remove(&stand.loop, &one.source);
    sk_event_loop_remove(&stand.loop, &one.source);

    /* What has no source is noticed. */
    sk_notification_signal(stand_bell(&stand, last));
    sk_notification_signal(stand_bell(&stand, 2));
    sk_event_loop_turn(&stand.loop);
    WANT(one.calls == 0 && two.calls == 1 && stand.loop.strays == last);
    /* A second time is for more bits: it is called once for all of them. */
    WANT(sk_event_loop_add(&stand.loop, &two.source, last) == SK_OK);
    WANT(sk_event_loop_add(&stand.loop, &two.source, 2) == SK_ERR_DELETE_FIRST);
    sk_notification_signal(stand_bell(&stand, last));
    sk_notification_signal(stand_bell(&stand, 2));
    sk_event_loop_turn(&stand.loop);
    WANT(two.calls == 2 && two.heard == (last | 2));
    sk_notification_signal(stand_bell(&stand, 2));
    sk_event_loop_turn(&stand.loop);
    WANT(two.calls == 3);
    sk_event_loop_remove(&stand.loop, &two.source);
    WANT(sk_event_loop_add(&stand.loop, &two.source, 4) == SK_OK && two.source.badges == 4);
    return NULL;
}

/* One that stops the loop after some calls. */
static void stop(struct sk_event_source *self, seL4_Word badges)
{
    struct stand_listener *it = (struct stand_listener *)self;

    stand_listen(self, badges);
    if (it->calls == 3) {
        sk_event_loop_stop(&stand.loop);
    }
}

static void ring_often(seL4_Word bell)
{
    for (;;) {
        seL4_Signal(bell);
    }
}

const char *a_loop_runs_until_it_is_stopped(struct scene *s)
{
    struct stand_listener it = {.source.fn = stop};
    sk_notification other = {scene_make(s, SK_BLUEPRINT(Notification))};

    WANT(stand_init(&stand, s, false));
    WANT(sk_event_loop_add(&stand.loop, &it.source, 1) == SK_OK);
    sk_event_loop_defer(&stand.loop, other);
    WANT(scene_thread(s, ring_often, stand_bell(&stand, 1).cptr, 100, 0) != 0);
    sk_event_loop_run(&stand.loop);
    WANT(it.calls == 3);

    /* What is deferred is done in the end, too. */
    (void)sk_notification_wait(other);
    it.calls = 2;
    sk_event_loop_defer(&stand.loop, other);
    sk_event_loop_defer(&stand.loop, stand.notification);
    sk_event_loop_run(&stand.loop);
    (void)sk_notification_wait(other);
    return NULL;
}

/* Signals another when it is called. */
struct echo {
    struct sk_event_source source;
    sk_notification first, second;
};

static void echo(struct sk_event_source *self, seL4_Word badges)
{
    struct echo *it = (struct echo *)self;

    (void)badges;
    sk_event_loop_defer(&stand.loop, it->first);
    sk_event_loop_defer(&stand.loop, it->first);
    sk_event_loop_defer(&stand.loop, it->second);
}

static seL4_Word heard_elsewhere;
static sk_notification elsewhere;

static void answer_bell(seL4_Word bell)
{
    (void)sk_notification_wait(elsewhere);
    heard_elsewhere++;
    seL4_Signal(bell);
    scene_stop();
}

const char *what_is_deferred_is_signalled_by_the_wait(struct scene *s)
{
    struct stand_listener done = {.source.fn = stand_listen};
    struct echo it = {.source.fn = echo};

    WANT(stand_init(&stand, s, false));
    elsewhere.cptr = scene_make(s, SK_BLUEPRINT(Notification));
    heard_elsewhere = 0;
    it.first = stand_bell(&stand, 8);
    it.second = elsewhere;
    WANT(sk_event_loop_add(&stand.loop, &it.source, 1) == SK_OK);
    WANT(sk_event_loop_add(&stand.loop, &done.source, 8 | 16) == SK_OK);
    WANT(scene_thread(s, answer_bell, stand_bell(&stand, 16).cptr, 100, 0) != 0);
    sk_notification_signal(stand_bell(&stand, 1));
    sk_event_loop_turn(&stand.loop); /* defers two, and has done the first */
    WANT(heard_elsewhere == 0 && done.calls == 0);
    sk_event_loop_turn(&stand.loop); /* the first was ours */
    WANT(done.heard == 8);
    sk_event_loop_turn(&stand.loop); /* and the second made the other signal us */
    WANT(heard_elsewhere == 1 && done.heard == (8 | 16));
    return NULL;
}

static void loop_without_caller(void *arg)
{
    struct sk_event_loop l;

    sk_event_loop_init(&l, arg);
}

static void time_without_clock(void *arg)
{
    static struct sk_event_loop l;
    struct sk_timer t = {0};

    (void)arg;
    sk_event_loop_init(&l, &(struct sk_event_loop_options){.clock = NULL});
    sk_timer_set(&l, &t, 1);
}

const char *misuse_of_a_loop_traps(struct scene *s)
{
    struct sk_event_loop_options options = {.endpoint = {1}};

    WANT(scene_traps(s, loop_without_caller, &options));
    options.endpoint.cptr = 0;
    WANT(!scene_traps(s, loop_without_caller, &options));
    WANT(scene_traps(s, time_without_clock, NULL));
    return NULL;
}
