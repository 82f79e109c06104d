/*
 * Timers and coroutines, on a clock that goes on when the case says so.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/cap/notification.h>
#include <selkie/proto/coroutine.h>

#include "cases.h"
#include "stand.h"

#define BELL 1u

static struct stand stand;

/* One turn that hears nothing new. */
static void turn(void)
{
    sk_notification_signal(stand.clock.bell);
    sk_event_loop_turn(&stand.loop);
}

/* --- timers */

static unsigned order[16];
static unsigned called;

struct noting {
    struct sk_timer timer;
    unsigned number;
    struct noting *cancels; /* when it is called */
    uint64_t again;         /* then, if not 0 */
};

static void note(struct sk_timer *t)
{
    struct noting *it = (struct noting *)t;

    order[called++ % 16] = it->number;
    if (it->cancels != NULL) {
        sk_timer_cancel(&it->cancels->timer);
    }
    if (it->again != 0) {
        sk_timer_set(&stand.loop, t, it->again);
    }
}

const char *timers_are_called_in_order(struct scene *s)
{
    struct noting it[5];

    WANT(stand_init(&stand, s, false));
    called = 0;
    for (unsigned n = 0; n < 5; n++) {
        it[n] = (struct noting){.timer.fn = note, .number = n};
        sk_timer_set(&stand.loop, &it[n].timer, 100 - (n % 3) * 10);
    }
    /* 2 at 80, 1 and 4 at 90, 0 and 3 at 100. */
    turn();
    WANT(called == 0 && stand.clock.timeout == 80 && stand.clock.told == 1);
    stand_set_time(&stand, 89);
    sk_event_loop_turn(&stand.loop); /* hears the clock, or was told by it before */
    turn();
    WANT(called == 1 && order[0] == 2 && stand.clock.timeout == 90);

    /* One more in between, one set again to later, one cancelled, one by another. */
    sk_timer_set(&stand.loop, &it[2].timer, 95);
    sk_timer_set(&stand.loop, &it[4].timer, 101);
    it[2].cancels = &it[0];
    stand_set_time(&stand, 101);
    turn();
    turn();
    WANT(called == 5);
    WANT(order[1] == 1 && order[2] == 2 && order[3] == 3 && order[4] == 4);
    WANT(stand.loop.timers == NULL);
    WANT(it[0].timer.place == NULL && it[4].timer.place == NULL);
    sk_timer_cancel(&it[0].timer); /* it is not set: nothing */
    return NULL;
}

const char *a_timer_that_is_over_waits_for_a_turn(struct scene *s)
{
    struct noting it = {.timer.fn = note, .again = 5};

    WANT(stand_init(&stand, s, false));
    called = 0;
    stand_set_time(&stand, 50);
    sk_timer_set(&stand.loop, &it.timer, 10);
    for (unsigned n = 1; n <= 3; n++) {
        sk_event_loop_turn(&stand.loop); /* does not wait, since there is more to do */
        WANT(called == n);
    }
    it.again = 0;
    turn();
    WANT(called == 4);
    turn();
    WANT(called == 4 && stand.clock.told == 0); /* it never needed the clock's signal */
    return NULL;
}

/* --- coroutines */

struct waiter {
    struct sk_coroutine coroutine;
    struct sk_event *event;
    uint64_t until;
    unsigned woken;
    unsigned cleaned;
    unsigned steps;
};

SK_COROUTINE(wait_often, struct sk_coroutine *self)
{
    struct waiter *it = (struct waiter *)self;

    SK_COROUTINE_BEGIN(self);
    while (it->woken < 3) {
        SK_AWAIT(self, it->event);
        if (self->outcome != SK_OK) {
            break;
        }
        order[called++ % 16] = it->steps;
        it->woken++;
    }
    it->cleaned++;
    SK_COROUTINE_END(self);
}

const char *coroutines_go_on_when_events_are_fired(struct scene *s)
{
    struct sk_event_bell bell = {.event = {.is_over = false}};
    struct waiter it[3];
    sk_notification ring;

    WANT(stand_init(&stand, s, false));
    ring = stand_bell(&stand, BELL);
    WANT(sk_event_bell_add(&stand.loop, &bell, BELL) == SK_OK);
    called = 0;
    for (unsigned n = 0; n < 3; n++) {
        it[n] = (struct waiter){.event = &bell.event, .steps = n};
        sk_coroutine_start(&it[n].coroutine, &stand.loop, wait_often);
    }
    turn();
    for (unsigned n = 1; n <= 3; n++) {
        WANT(called == 3 * (n - 1));
        sk_notification_signal(ring);
        sk_event_loop_turn(&stand.loop);
        turn();
        WANT(called == 3 * n && it[0].woken == n && it[2].woken == n);
    }
    WANT(order[0] == 0 && order[1] == 1 && order[2] == 2); /* as they came */
    for (unsigned n = 0; n < 3; n++) {
        WANT(it[n].coroutine.is_ended && it[n].cleaned == 1);
    }
    sk_event_fire(&bell.event); /* nobody */
    WANT(stand.loop.ready.first == NULL);
    return NULL;
}

SK_COROUTINE(wait_in_time, struct sk_coroutine *self)
{
    struct waiter *it = (struct waiter *)self;

    SK_COROUTINE_BEGIN(self);
    SK_AWAIT_UNTIL(self, it->event, it->until);
    it->steps = self->outcome == SK_ERR_TIMED_OUT ? 1 : 100;
    SK_AWAIT_UNTIL(self, it->event, it->until + 100);
    it->steps += self->outcome == SK_OK ? 1 : 100;
    SK_SLEEP(self, 50);
    it->steps += self->outcome == SK_OK ? 1 : 100;
    SK_COROUTINE_END(self);
}

const char *waits_end_in_time(struct scene *s)
{
    struct sk_event event = {.is_over = false};
    struct waiter it = {.event = &event, .until = 10};

    WANT(stand_init(&stand, s, false));
    sk_coroutine_start(&it.coroutine, &stand.loop, wait_in_time);
    turn();
    WANT(it.steps == 0 && stand.clock.timeout == 10);
    stand_set_time(&stand, 10);
    turn();
    WANT(it.steps == 1 && event.waiting.first == &it.coroutine);
    sk_event_fire(&event);
    WANT(event.waiting.first == NULL && it.coroutine.timer.place == NULL);
    turn();
    WANT(it.steps == 2 && stand.clock.timeout == 60);
    sk_event_fire(&event); /* it waits for nothing but time */
    turn();
    WANT(it.steps == 2);
    stand_set_time(&stand, 200);
    turn();
    WANT(it.steps == 3 && it.coroutine.is_ended && stand.loop.timers == NULL);
    return NULL;
}

SK_COROUTINE(sleep_too_long, struct sk_coroutine *self)
{
    struct waiter *it = (struct waiter *)self;

    SK_COROUTINE_BEGIN(self);
    SK_SLEEP(self, it->until);
    it->steps = self->outcome == SK_ERR_CANCELLED ? 1 : 100;
    SK_COROUTINE_END(self);
}

const char *who_sleeps_too_long_sleeps_for_ever(struct scene *s)
{
    struct waiter it[2] = {{.until = SK_CLOCK_NEVER}, {.until = SK_CLOCK_NEVER - 50}};

    WANT(stand_init(&stand, s, false));
    stand_set_time(&stand, 50);
    WANT(sk_event_loop_after(&stand.loop, SK_CLOCK_NEVER - 51) == SK_CLOCK_NEVER - 1);
    for (unsigned n = 0; n < 2; n++) {
        sk_coroutine_start(&it[n].coroutine, &stand.loop, sleep_too_long);
    }
    turn();
    turn();
    WANT(it[0].steps == 0 && it[1].steps == 0 && stand.loop.timers == NULL);
    for (unsigned n = 0; n < 2; n++) {
        sk_coroutine_cancel(&it[n].coroutine);
    }
    turn();
    WANT(it[0].steps == 1 && it[1].steps == 1);
    return NULL;
}

SK_COROUTINE(wait_for_ever, struct sk_coroutine *self)
{
    struct waiter *it = (struct waiter *)self;

    SK_COROUTINE_BEGIN(self);
    SK_AWAIT_UNTIL(self, it->event, 1000);
    it->steps += self->outcome == SK_ERR_CANCELLED;
    SK_AWAIT(self, it->event); /* does not wait any more */
    it->steps += self->outcome == SK_ERR_CANCELLED;
    SK_PAUSE(self); /* nor this */
    it->steps += self->outcome == SK_ERR_CANCELLED;
    SK_AWAIT(self, NULL);
    it->cleaned++;
    SK_COROUTINE_END(self);
}

const char *cancelled_coroutines_clean_up(struct scene *s)
{
    struct sk_event event = {.is_over = false};
    struct waiter it[4];

    WANT(stand_init(&stand, s, false));
    for (unsigned n = 0; n < 4; n++) {
        it[n] = (struct waiter){.event = &event};
        sk_coroutine_start(&it[n].coroutine, &stand.loop, wait_for_ever);
    }
    sk_coroutine_cancel(&it[0].coroutine); /* before it began */
    turn();
    WANT(it[0].cleaned == 1 && it[0].steps == 3);
    sk_coroutine_cancel(&it[2].coroutine); /* in the middle of those that wait */
    sk_coroutine_cancel(&it[2].coroutine);
    turn();
    WANT(it[2].cleaned == 1 && it[2].steps == 3 && it[1].cleaned == 0 && it[3].cleaned == 0);
    WANT(event.waiting.first == &it[1].coroutine && event.waiting.last == &it[3].coroutine);

    /* One that was just woken goes on, and is cancelled where it waits next. */
    sk_event_fire(&event);
    sk_coroutine_cancel(&it[1].coroutine);
    sk_coroutine_cancel(&it[3].coroutine);
    turn();
    WANT(it[1].cleaned == 1 && it[1].steps == 2 && it[3].cleaned == 1);
    sk_coroutine_cancel(&it[3].coroutine); /* it has ended: nothing */
    WANT(stand.loop.ready.first == NULL && stand.loop.timers == NULL);
    return NULL;
}

struct parent {
    struct sk_coroutine coroutine;
    struct waiter child;
    unsigned steps;
};

SK_COROUTINE(wait_for_child, struct sk_coroutine *self)
{
    struct parent *it = (struct parent *)self;

    SK_COROUTINE_BEGIN(self);
    sk_coroutine_start(&it->child.coroutine, self->loop, wait_often);
    SK_AWAIT(self, &it->child.coroutine.ended);
    it->steps = it->child.woken;
    SK_AWAIT(self, &it->child.coroutine.ended); /* it has: does not wait */
    it->steps += self->outcome == SK_OK ? 10 : 100;
    SK_COROUTINE_END(self);
}

const char *coroutines_wait_for_coroutines(struct scene *s)
{
    struct sk_event event = {.is_over = false};
    struct parent it = {.child = {.event = &event}};

    WANT(stand_init(&stand, s, false));
    sk_coroutine_start(&it.coroutine, &stand.loop, wait_for_child);
    for (unsigned n = 0; n < 8; n++) {
        sk_event_fire(&event);
        turn();
    }
    WANT(it.coroutine.is_ended && it.steps == 13);
    return NULL;
}

SK_COROUTINE(switch_and_loop, struct sk_coroutine *self)
{
    struct waiter *it = (struct waiter *)self;

    SK_COROUTINE_BEGIN(self);
    for (it->woken = 0; it->woken < 6; it->woken++) {
        switch (it->woken % 3) {
        case 0:
            SK_PAUSE(self);
            it->steps += 1;
            break;
        case 1:
            SK_PAUSE(self);
            SK_PAUSE(self);
            it->steps += 10;
            continue;
        default:
            do {
                SK_PAUSE(self);
                it->steps += 100;
            } while (false);
        }
        it->cleaned++;
    }
    SK_COROUTINE_END(self);
}

const char *waits_stand_in_loops_and_switches(struct scene *s)
{
    struct waiter it = {.event = NULL};
    unsigned turns = 0;

    WANT(stand_init(&stand, s, false));
    sk_coroutine_start(&it.coroutine, &stand.loop, switch_and_loop);
    sk_notification_signal(stand.clock.bell);
    while (!it.coroutine.is_ended && turns < 100) {
        sk_notification_signal(stand.clock.bell); /* for the last turn, which waits */
        sk_event_loop_turn(&stand.loop);
        turns++;
    }
    WANT(it.steps == 222 && it.cleaned == 4);
    WANT(turns == 9); /* eight pauses */
    return NULL;
}

SK_COROUTINE(pause_for_ever, struct sk_coroutine *self)
{
    struct waiter *it = (struct waiter *)self;

    SK_COROUTINE_BEGIN(self);
    for (;;) {
        it->steps++;
        SK_PAUSE(self);
        if (self->outcome != SK_OK) {
            break;
        }
    }
    SK_COROUTINE_END(self);
}

const char *pausing_lets_signals_through(struct scene *s)
{
    struct sk_event_bell bell = {.event = {.is_over = false}};
    struct waiter it[2] = {{.steps = 0}, {.steps = 0}};
    struct waiter heard = {.event = &bell.event};

    WANT(stand_init(&stand, s, false));
    WANT(sk_event_bell_add(&stand.loop, &bell, BELL) == SK_OK);
    sk_coroutine_start(&it[0].coroutine, &stand.loop, pause_for_ever);
    sk_coroutine_start(&it[1].coroutine, &stand.loop, pause_for_ever);
    sk_coroutine_start(&heard.coroutine, &stand.loop, wait_often);
    for (unsigned n = 1; n <= 5; n++) {
        sk_event_loop_turn(&stand.loop); /* none of these waits */
        WANT(it[0].steps == n && it[1].steps == n);
    }
    sk_notification_signal(stand_bell(&stand, BELL));
    sk_event_loop_turn(&stand.loop);
    sk_event_loop_turn(&stand.loop);
    WANT(heard.woken == 1 && it[0].steps == 7);
    sk_coroutine_cancel(&it[0].coroutine);
    sk_coroutine_cancel(&it[1].coroutine);
    turn();
    WANT(it[0].coroutine.is_ended && it[1].coroutine.is_ended);
    return NULL;
}

SK_COROUTINE(just_return, struct sk_coroutine *self)
{
    SK_COROUTINE_BEGIN(self);
    if (self->fn != NULL) {
        return;
    }
    SK_COROUTINE_END(self);
}

static void run_one(void *arg)
{
    static struct sk_event_loop l;
    struct sk_coroutine c;

    sk_event_loop_init(&l, &(struct sk_event_loop_options){.clock = NULL});
    sk_coroutine_start(&c, &l, (void (*)(struct sk_coroutine *))arg);
    sk_event_loop_stop(&l);
    sk_event_loop_turn(&l);
}

SK_COROUTINE(end_well, struct sk_coroutine *self)
{
    SK_COROUTINE_BEGIN(self);
    SK_COROUTINE_END(self);
}

const char *an_end_without_the_end_traps(struct scene *s)
{
    WANT(scene_traps(s, run_one, (void *)just_return));
    WANT(!scene_traps(s, run_one, (void *)end_well));
    return NULL;
}
