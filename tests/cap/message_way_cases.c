/*
 * Messages one way, if one is there, and several steps in one.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/cap/message.h>
#include <selkie/cap/notification.h>

#include "cases.h"

static void send_some(seL4_Word endpoint)
{
    sk_endpoint to = {endpoint};
    sk_builder out = sk_builder_open(1);

    sk_builder_word(&out, 11);
    sk_builder_send(&out, to);
    out = sk_builder_open(2);
    sk_builder_word(&out, 22);
    sk_builder_send_now(&out, to); /* nobody waits: the receiver is elsewhere */
    out = sk_builder_open(3);
    for (seL4_Word n = 0; n < 6; n++) {
        sk_builder_word(&out, 33 + n);
    }
    sk_builder_send(&out, to);
    scene_stop();
}

/* The next message at from: its label, its length in ret_length, its last word in ret_last. */
static seL4_Word receive(sk_endpoint from, const sk_caller *c, seL4_Word *ret_length,
                         seL4_Word *ret_last)
{
    SK_AUTO(sk_reader) in = sk_reader_receive(from, c);

    *ret_length = sk_reader_left(&in);
    while (sk_reader_left(&in) > 0 && sk_reader_word(&in, ret_last) == SK_OK) {
    }
    return sk_reader_label(&in);
}

const char *messages_can_go_one_way(struct scene *s)
{
    sk_endpoint endpoint = {scene_make(s, SK_BLUEPRINT(Endpoint))};
    sk_notification pause = {scene_make(s, SK_BLUEPRINT(Notification))};
    sk_caller caller = scene_caller(s);
    seL4_Word length = 0;
    seL4_Word last = 0;

    WANT(scene_thread(s, send_some, endpoint.cptr, 100, seL4_CapNull) != 0);
    WANT(receive(endpoint, &caller, &length, &last) == 1);
    WANT(length == 1 && last == 11);
    WANT(scene_thread(s, scene_signal, pause.cptr, 50, seL4_CapNull) != 0);
    (void)sk_notification_wait(pause); /* the sender goes on, up to where it has to wait */
    WANT(receive(endpoint, &caller, &length, &last) == 3);
    WANT(length == 6 && last == 38);
    return NULL;
}

static void send_word(seL4_Word endpoint)
{
    sk_builder out = sk_builder_open(5);

    sk_builder_word(&out, 55);
    sk_builder_send(&out, (sk_endpoint){endpoint});
    scene_stop();
}

const char *a_message_is_taken_if_one_is_there(struct scene *s)
{
    sk_endpoint endpoint = {scene_make(s, SK_BLUEPRINT(Endpoint))};
    sk_notification pause = {scene_make(s, SK_BLUEPRINT(Notification))};
    sk_caller caller = scene_caller(s);
    sk_endpoint nine = {scene_slot(s).index};
    SK_AUTO(sk_reader) in = {0};
    seL4_Word word = 0;

    WANT(seL4_CNode_Mint(s->cnode, nine.cptr, seL4_WordBits, s->cnode, endpoint.cptr,
                         seL4_WordBits, seL4_AllRights, 9) == seL4_NoError);
    WANT(!sk_reader_receive_now(endpoint, &caller, &in));
    WANT(in.is_open == 0);
    WANT(scene_thread(s, send_word, nine.cptr, 100, seL4_CapNull) != 0);
    WANT(scene_thread(s, scene_signal, pause.cptr, 50, seL4_CapNull) != 0);
    (void)sk_notification_wait(pause); /* the sender goes on, up to where it has to wait */
    /* That nothing was there has let go of the buffer, or this would trap. */
    WANT(sk_reader_receive_now(endpoint, &caller, &in));
    WANT(in.badge == 9 && sk_reader_label(&in) == 5);
    WANT(sk_reader_word(&in, &word) == SK_OK && word == 55);
    sk_reader_drop(&in);
    WANT(!sk_reader_receive_now(endpoint, &caller, &in));
    return NULL;
}

static sk_endpoint relay_to; /* of the thread that sends what it got on, and one more */
static sk_caller relay_caller;

static void relay(seL4_Word endpoint)
{
    SK_AUTO(sk_reader) in = sk_reader_receive((sk_endpoint){endpoint}, &relay_caller);
    seL4_Word word = 0;

    (void)sk_reader_word(&in, &word);
    sk_reader_drop(&in);

    sk_builder out = sk_builder_open(6);

    sk_builder_word(&out, word + 1);
    sk_builder_send(&out, relay_to);
    scene_stop();
}

const char *sending_and_receiving_is_one_step(struct scene *s)
{
    sk_endpoint there = {scene_make(s, SK_BLUEPRINT(Endpoint))};
    sk_notification pause = {scene_make(s, SK_BLUEPRINT(Notification))};
    sk_caller caller = scene_caller(s);
    seL4_Word word = 0;

    relay_to = (sk_endpoint){scene_make(s, SK_BLUEPRINT(Endpoint))};
    relay_caller = scene_caller(s);
    WANT(scene_thread(s, relay, there.cptr, 100, seL4_CapNull) != 0);
    WANT(scene_thread(s, scene_signal, pause.cptr, 50, seL4_CapNull) != 0);
    (void)sk_notification_wait(pause); /* the relay waits now */

    sk_builder out = sk_builder_open(7);

    sk_builder_word(&out, 70);

    SK_AUTO(sk_reader) in = sk_builder_send_receive(&out, there, relay_to, &caller);
    WANT(out.is_open == 0);
    WANT(sk_reader_label(&in) == 6 && sk_reader_left(&in) == 1);
    WANT(sk_reader_word(&in, &word) == SK_OK && word == 71);
    return NULL;
}
