/*
 * Event loops: messages and their answers, and faults.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/cap/notification.h>

#include "cases.h"
#include "stand.h"

static struct stand stand;

#define CLIENT (SK_EVENT_MESSAGE | 0x10)
#define FAULTS (SK_EVENT_MESSAGE | 0x20)

struct adder {
    struct sk_event_server server;
    unsigned calls;
    seL4_Word badge;
    sk_caller *keep; /* not null: answer later, from here */
};

static void add(struct sk_event_server *self, struct sk_event_loop *l, sk_reader *in)
{
    struct adder *it = (struct adder *)self;
    seL4_Word a = 0, b = 0;
    sk_builder out;

    it->calls++;
    it->badge = in->badge;
    if (sk_reader_word(in, &a) != SK_OK || sk_reader_word(in, &b) != SK_OK) {
        return;
    }
    if (it->keep != NULL) {
        if (sk_event_loop_keep_caller(l, it->keep) != SK_OK) {
            it->calls = 1000;
        }
        return;
    }
    out = sk_reader_answer(in, SK_OK);
    sk_builder_word(&out, a + b);
    sk_event_loop_answer(l, &out);
}

static seL4_Word sum_of_answers;

static void call_often(seL4_Word door)
{
    for (seL4_Word n = 1; n <= 3; n++) {
        sk_builder out = sk_builder_open(7);

        sk_builder_word(&out, n);
        sk_builder_word(&out, 100);
        SK_AUTO(sk_reader) in = sk_builder_call(&out, (sk_endpoint){door});
        seL4_Word sum = 0;

        if (sk_reader_word(&in, &sum) == SK_OK) {
            sum_of_answers += sum;
        }
    }

    /* One without words, that nobody answers: all answers before have come. */
    sk_builder last = sk_builder_open(8);
    SK_AUTO(sk_reader) never = sk_builder_call(&last, (sk_endpoint){door});

    scene_stop();
}

const char *messages_and_signals_come_to_one_place(struct scene *s)
{
    struct adder it = {.server = {.badge = CLIENT, .mask = ~(seL4_Word)0xf, .on_message = add}};
    struct adder nobody = {.server = {.badge = 1, .mask = 0}};
    struct stand_listener bell = {.source.fn = stand_listen};

    WANT(stand_init(&stand, s, false));
    WANT(sk_event_loop_serve(&stand.loop, &it.server) == SK_ERR_INVALID_ARGUMENT);
    WANT(stand_init(&stand, s, true));
    sum_of_answers = 0;
    WANT(sk_event_loop_serve(&stand.loop, &nobody.server) == SK_ERR_INVALID_ARGUMENT);
    WANT(sk_event_loop_serve(&stand.loop, &it.server) == SK_OK);
    WANT(sk_event_loop_add(&stand.loop, &bell.source, 1) == SK_OK);
    WANT(scene_thread(s, call_often, stand_door(&stand, CLIENT | 5).cptr, 100, 0) != 0);
    for (unsigned n = 0; n < 3; n++) {
        sk_event_loop_turn(&stand.loop);
        WANT(it.calls == n + 1 && it.badge == (CLIENT | 5));
        sk_notification_signal(stand_bell(&stand, 1));
        sk_event_loop_turn(&stand.loop); /* answers, and hears the bell */
        WANT(bell.calls == n + 1 && it.calls == n + 1);
    }
    sk_event_loop_turn(&stand.loop);
    stand_fini(&stand);
    WANT(it.calls == 4 && sum_of_answers == 306);
    return NULL;
}

static void answer_kept(struct sk_timer *t)
{
    (void)t;
}

static void send_to_all(seL4_Word door)
{
    for (;;) {
        sk_builder out = sk_builder_open(9);

        sk_builder_send(&out, (sk_endpoint){door});
    }
}

static void count_message(struct sk_event_server *self, struct sk_event_loop *l, sk_reader *in)
{
    struct adder *it = (struct adder *)self;

    (void)l;
    it->calls += sk_reader_label(in) == 9;
}

const char *the_first_server_that_fits_gets_the_message(struct scene *s)
{
    struct adder one = {.server = {.badge = CLIENT | 1, .mask = ~(seL4_Word)0}};
    struct adder all = {
        .server = {.badge = CLIENT, .mask = CLIENT, .on_message = count_message}};
    struct adder late = all;

    one.server.on_message = count_message;
    WANT(stand_init(&stand, s, true));
    WANT(sk_event_loop_serve(&stand.loop, &one.server) == SK_OK);
    WANT(sk_event_loop_serve(&stand.loop, &all.server) == SK_OK);
    WANT(sk_event_loop_serve(&stand.loop, &late.server) == SK_OK);
    WANT(sk_event_loop_serve(&stand.loop, &one.server) == SK_ERR_DELETE_FIRST);
    WANT(sk_event_loop_serve(&stand.loop, &late.server) == SK_ERR_DELETE_FIRST);
    WANT(scene_thread(s, send_to_all, stand_door(&stand, CLIENT | 1).cptr, 100, 0) != 0);
    sk_event_loop_turn(&stand.loop);
    WANT(one.calls == 1 && all.calls == 0 && late.calls == 0);
    sk_event_loop_unserve(&stand.loop, &one.server);
    sk_event_loop_unserve(&stand.loop, &one.server);
    sk_event_loop_turn(&stand.loop);
    WANT(one.calls == 1 && all.calls == 1 && late.calls == 0);
    sk_event_loop_unserve(&stand.loop, &all.server);
    sk_event_loop_turn(&stand.loop);
    WANT(all.calls == 1 && late.calls == 1);
    sk_event_loop_unserve(&stand.loop, &late.server);
    sk_event_loop_turn(&stand.loop); /* nobody's */
    WANT(late.calls == 1 && stand.loop.servers == NULL);
    stand_fini(&stand);
    return NULL;
}

const char *answers_can_be_given_later(struct scene *s)
{
    struct adder it = {.server = {.badge = CLIENT, .mask = ~(seL4_Word)0, .on_message = add}};
    struct sk_timer timer = {.fn = answer_kept};
    sk_caller kept;

    WANT(stand_init(&stand, s, true));
    kept = scene_caller(s);
    it.keep = &kept;
    sum_of_answers = 0;
    WANT(sk_event_loop_serve(&stand.loop, &it.server) == SK_OK);
    WANT(scene_thread(s, call_often, stand_door(&stand, CLIENT).cptr, 100, 0) != 0);
    for (unsigned n = 1; n <= 3; n++) {
        sk_event_loop_turn(&stand.loop);
        WANT(it.calls == n && kept.is_kept && !stand.caller.is_kept);

        /* Others are served meanwhile: here, the clock. */
        sk_timer_set(&stand.loop, &timer, n);
        stand_set_time(&stand, n);
        sk_notification_signal(stand_bell(&stand, 2));
        sk_event_loop_turn(&stand.loop);

        sk_builder out = sk_builder_open(SK_OK);
        sk_builder_word(&out, 1000);
        sk_builder_answer(&out, &kept);
        WANT(!kept.is_kept);
    }
    sk_notification_signal(stand_bell(&stand, 2));
    sk_event_loop_turn(&stand.loop);
    WANT(it.calls == 3 && stand.loop.strays == 2);
    sk_event_loop_turn(&stand.loop);
    stand_fini(&stand);
    WANT(it.calls == 4 && sum_of_answers == 3000);
    return NULL;
}

const char *answers_wait_for_nobody_else(struct scene *s)
{
    struct adder it = {.server = {.badge = CLIENT, .mask = ~(seL4_Word)0, .on_message = add}};
    struct sk_timer timer = {.fn = answer_kept};

    WANT(stand_init(&stand, s, true));
    sum_of_answers = 0;
    WANT(sk_event_loop_serve(&stand.loop, &it.server) == SK_OK);
    WANT(scene_thread(s, call_often, stand_door(&stand, CLIENT).cptr, 100, 0) != 0);
    for (unsigned n = 1; n <= 3; n++) {
        sk_event_loop_turn(&stand.loop);
        WANT(stand.loop.answer.is_open != 0); /* it goes with the next wait */
        sk_timer_set(&stand.loop, &timer, 0);
        sk_notification_signal(stand_bell(&stand, 2));
        sk_event_loop_turn(&stand.loop); /* but before the timer's callback */
        WANT(stand.loop.answer.is_open == 0);
    }
    sk_event_loop_turn(&stand.loop);
    stand_fini(&stand);
    WANT(it.calls == 4 && sum_of_answers == 306);
    return NULL;
}

/* Sets itself once more, so that there is always something to do besides waiting. */
static void again(struct sk_timer *t)
{
    sk_timer_set(&stand.loop, t, 0);
}

const char *whatever_receives_first_an_answer_follows(struct scene *s)
{
    sk_notification other = {scene_make(s, SK_BLUEPRINT(Notification))};
    struct sk_timer timer = {.fn = again};

    WANT(other.cptr != 0);
    for (unsigned is_busy = 0; is_busy < 2; is_busy++) {
        struct adder it = {
            .server = {.badge = CLIENT, .mask = ~(seL4_Word)0, .on_message = add}};

        WANT(stand_init(&stand, s, true));
        sum_of_answers = 0;
        WANT(sk_event_loop_serve(&stand.loop, &it.server) == SK_OK);
        if (is_busy != 0) {
            sk_timer_set(&stand.loop, &timer, 0);
        } else {
            sk_event_loop_defer(&stand.loop, other);
        }
        WANT(scene_thread(s, call_often, stand_door(&stand, CLIENT).cptr, 255, 0) != 0);
        for (unsigned n = 0; it.calls < 4; n++) {
            WANT(n < 1000);
            seL4_Yield();
            sk_event_loop_turn(&stand.loop);
        }
        WANT(sum_of_answers == 306);
        sk_timer_cancel(&timer);
        stand_fini(&stand);
    }
    return NULL;
}

/* --- faults */

struct handler {
    struct sk_event_server server;
    unsigned faults;
    unsigned messages;
    seL4_Word badge;
    struct sk_fault last;
};

static void on_fault(struct sk_event_server *self, struct sk_event_loop *l, seL4_Word badge,
                     const struct sk_fault *fault)
{
    struct handler *it = (struct handler *)self;

    it->faults++;
    it->badge = badge;
    it->last = *fault;
    if (it->faults == 1) {
        sk_builder out = sk_builder_open(0); /* try again */

        sk_event_loop_answer(l, &out);
    }
}

static void on_message(struct sk_event_server *self, struct sk_event_loop *l, sk_reader *in)
{
    struct handler *it = (struct handler *)self;
    sk_builder out;

    it->messages++;
    out = sk_reader_answer(in, SK_OK);
    sk_builder_word(&out, 1);
    sk_event_loop_answer(l, &out);
}

static void touch(seL4_Word address)
{
    *(volatile char *)address = 1;
    scene_stop();
}

const char *faults_and_calls_come_to_one_endpoint(struct scene *s)
{
    struct handler it = {.server = {.badge = FAULTS,
                                    .mask = ~(seL4_Word)0xf,
                                    .on_message = on_message,
                                    .on_fault = on_fault}};

    WANT(stand_init(&stand, s, true));
    sum_of_answers = 0;
    WANT(sk_event_loop_serve(&stand.loop, &it.server) == SK_OK);
    WANT(scene_thread(s, touch, SCENE_UNMAPPED, 101, stand_door(&stand, FAULTS | 3).cptr) != 0);
    sk_event_loop_turn(&stand.loop);
    WANT(it.faults == 1 && it.messages == 0 && it.badge == (FAULTS | 3));
    WANT(it.last.kind == SK_FAULT_VM && it.last.vm.address == SCENE_UNMAPPED &&
         it.last.vm.is_write);
    sk_event_loop_turn(&stand.loop);
    WANT(it.faults == 2 && it.last.vm.address == SCENE_UNMAPPED); /* it went on, to the same */
    WANT(scene_thread(s, call_often, stand_door(&stand, FAULTS | 4).cptr, 100, 0) != 0);
    for (unsigned n = 1; n <= 3; n++) {
        sk_event_loop_turn(&stand.loop);
        WANT(it.faults == 2 && it.messages == n);
    }
    stand_fini(&stand);
    return NULL;
}
