/*
 * Messages between threads, and answers: the same server on kernels with and without reply
 * objects.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/cap/message.h>
#include <selkie/cap/notification.h>

#include "cases.h"

enum label {
    LABEL_SUM = 10, /* answers the sum of all words, and the badge */
    LABEL_ECHO,     /* answers the same words */
    LABEL_PAIR,     /* waits for a second one; both get the other's word */
    LABEL_TAKE,     /* copies the capability that came into a slot, and says what arrived */
};

struct server {
    sk_endpoint endpoint;
    sk_caller now;
    sk_caller later;
    sk_slot gifts;
};

static void answer_sum(sk_reader *in, sk_builder *ret_out)
{
    seL4_Word sum = 0;
    seL4_Word word;
    seL4_Word badge = in->badge;

    while (sk_reader_word(in, &word) == SK_OK) {
        sum += word;
    }
    *ret_out = sk_reader_answer(in, SK_OK);
    sk_builder_word(ret_out, sum);
    sk_builder_word(ret_out, badge);
}

static void answer_echo(sk_reader *in, sk_builder *ret_out)
{
    seL4_Word words[seL4_MsgMaxLength];
    seL4_Word count = sk_reader_left(in);
    sk_err e = sk_reader_words(in, words, count);

    *ret_out = sk_reader_answer(in, e);
    sk_builder_words(ret_out, words, count);
}

static void answer_take(struct server *server, sk_reader *in, sk_builder *ret_out)
{
    seL4_Word count = sk_reader_cap_count(in);
    seL4_Word is_unwrapped = count > 0 && sk_reader_cap_is_unwrapped(in, 0);
    seL4_Word badge = is_unwrapped ? sk_reader_cap_badge(in, 0) : 0;

    *ret_out = sk_reader_answer(in, SK_OK);
    sk_builder_word(ret_out, count);
    sk_builder_word(ret_out, is_unwrapped);
    sk_builder_word(ret_out, badge);
    server->gifts = sk_slot_plus(server->gifts, count);
}

/* The first of a pair is kept; the second is answered with the first's word, and then it. */
static sk_reader serve_pair(struct server *server, sk_reader *in)
{
    seL4_Word first = 0;
    seL4_Word second = 0;
    sk_err e = sk_reader_word(in, &first);
    sk_builder out;

    sk_reader_drop(in);
    if (e == SK_OK) {
        e = sk_caller_keep(&server->now);
    }
    *in = sk_reader_receive(server->endpoint, &server->later);
    if (e == SK_OK) {
        e = sk_reader_word(in, &second);
    }
    out = sk_reader_answer(in, e);
    sk_builder_word(&out, first);
    sk_builder_answer(&out, &server->later);

    out = sk_builder_open(e);
    sk_builder_word(&out, second);
    return sk_builder_answer_receive(&out, server->endpoint, &server->now);
}

static void serve(seL4_Word argument)
{
    struct server *server = (struct server *)argument;
    sk_reader in;

    sk_reader_put_caps_in(server->gifts);
    in = sk_reader_receive(server->endpoint, &server->now);
    for (;;) {
        seL4_Word label = sk_reader_label(&in);
        sk_builder out;

        if (label == LABEL_PAIR) {
            in = serve_pair(server, &in);
            continue;
        }
        if (label == LABEL_SUM) {
            answer_sum(&in, &out);
        } else if (label == LABEL_ECHO) {
            answer_echo(&in, &out);
        } else if (label == LABEL_TAKE) {
            answer_take(server, &in, &out);
            sk_reader_put_caps_in(server->gifts);
        } else {
            out = sk_reader_answer(&in, SK_ERR_ILLEGAL_OPERATION);
        }
        in = sk_builder_answer_receive(&out, server->endpoint, &server->now);
    }
}

/* Start a server; false if something cannot be made. It lives as long as the case. */
static struct server the_server;

static bool start_server(struct scene *s, seL4_Word priority)
{
    the_server = (struct server){
        .endpoint = {scene_make(s, SK_BLUEPRINT(Endpoint))},
        .now = scene_caller(s),
        .later = scene_caller(s),
        .gifts = scene_slots(s, 4).first,
    };
    return the_server.endpoint.cptr != 0 &&
           scene_thread(s, serve, (seL4_Word)&the_server, priority, seL4_CapNull) != 0;
}

/* A capability to the server with a badge. */
static sk_endpoint badged(struct scene *s, seL4_Word badge)
{
    sk_slot to = scene_slot(s);
    seL4_Error e =
        seL4_CNode_Mint(to.root.cptr, to.index, to.depth, s->cnode, the_server.endpoint.cptr,
                        seL4_WordBits, seL4_AllRights, badge);

    return (sk_endpoint){e == seL4_NoError ? sk_slot_cptr(to) : seL4_CapNull};
}

const char *a_server_answers_on_every_kernel(struct scene *s)
{
    sk_endpoint seven;

    WANT(start_server(s, 100));
    seven = badged(s, 7);
    WANT(seven.cptr != 0);

    /* A message that wants no answer: there is nobody to answer, and the server goes on. */
    sk_builder plain = sk_builder_open(LABEL_SUM);
    sk_builder_send(&plain, seven);
    for (seL4_Word n = 0; n <= seL4_MsgMaxLength; n++) {
        sk_builder out = sk_builder_open(LABEL_SUM);
        seL4_Word sum;
        seL4_Word badge;

        for (seL4_Word m = 1; m <= n; m++) {
            sk_builder_word(&out, m);
        }
        SK_AUTO(sk_reader) in = sk_builder_call(&out, n % 2 == 0 ? the_server.endpoint : seven);
        WANT(sk_reader_label(&in) == SK_OK);
        WANT(sk_reader_left(&in) == 2);
        WANT(sk_reader_word(&in, &sum) == SK_OK);
        WANT(sk_reader_word(&in, &badge) == SK_OK);
        WANT(sum == n * (n + 1) / 2);
        WANT(badge == (n % 2 == 0 ? 0 : 7));
        badge = 1234;
        WANT(sk_reader_word(&in, &badge) == SK_ERR_TRUNCATED_MESSAGE);
        WANT(badge == 1234);
    }
    return NULL;
}

const char *long_messages_come_back_whole(struct scene *s)
{
    seL4_Word words[seL4_MsgMaxLength];

    WANT(start_server(s, 100));
    for (seL4_Word n = 0; n < seL4_MsgMaxLength; n++) {
        words[n] = (n + 1) * 0x0101010101010101ul;
    }
    for (seL4_Word count = 0; count <= seL4_MsgMaxLength; count += 5) {
        seL4_Word back[seL4_MsgMaxLength + 1] = {0};
        sk_builder out = sk_builder_open(LABEL_ECHO);

        sk_builder_words(&out, words, count);
        SK_AUTO(sk_reader) in = sk_builder_call(&out, the_server.endpoint);
        WANT(sk_reader_left(&in) == count);
        WANT(sk_reader_words(&in, back, count + 1) == SK_ERR_TRUNCATED_MESSAGE);
        WANT(back[0] == 0);
        WANT(sk_reader_words(&in, back, count) == SK_OK);
        for (seL4_Word n = 0; n < count; n++) {
            WANT(back[n] == words[n]);
        }
    }
    return NULL;
}

struct sample {
    seL4_Uint8 small;
    seL4_Uint32 middle;
    seL4_Word large[3];
    seL4_Uint8 last;
};

const char *values_keep_their_types(struct scene *s)
{
    struct sample sample = {1, 2, {3, 4, 5}, 6};
    struct sample back = {0};
    sk_builder out = sk_builder_open(LABEL_ECHO);
    seL4_Uint8 byte = 0;

    WANT(start_server(s, 100));
    sk_builder_value(&out, (seL4_Uint8)200);
    sk_builder_value(&out, sample);
    SK_AUTO(sk_reader) in = sk_builder_call(&out, the_server.endpoint);
    WANT(sk_reader_left(&in) == 6);
    WANT(sk_reader_value(&in, &byte) == SK_OK);
    WANT(byte == 200);
    WANT(sk_reader_value(&in, &back) == SK_OK);
    WANT(back.small == 1 && back.middle == 2 && back.last == 6);
    WANT(back.large[0] == 3 && back.large[1] == 4 && back.large[2] == 5);
    WANT(sk_reader_value(&in, &byte) == SK_ERR_TRUNCATED_MESSAGE);
    WANT(byte == 200);
    return NULL;
}

struct client {
    seL4_Word word;
    seL4_Word answer;
    sk_notification done;
};

static void call_pair(seL4_Word argument)
{
    struct client *client = (struct client *)argument;
    sk_builder out = sk_builder_open(LABEL_PAIR);

    sk_builder_word(&out, client->word);
    sk_reader in = sk_builder_call(&out, the_server.endpoint);

    if (sk_reader_word(&in, &client->answer) != SK_OK) {
        client->answer = 0;
    }
    sk_reader_drop(&in);
    seL4_Signal(client->done.cptr);
    scene_stop();
}

const char *a_caller_can_be_answered_later(struct scene *s)
{
    static struct client clients[2];
    sk_builder out;

    WANT(start_server(s, 100));
    for (unsigned n = 0; n < 2; n++) {
        clients[n] =
            (struct client){.word = n + 1, .done = {scene_make(s, SK_BLUEPRINT(Notification))}};
        WANT(scene_thread(s, call_pair, (seL4_Word)&clients[n], 90, seL4_CapNull) != 0);
    }
    (void)sk_notification_wait(clients[0].done);
    (void)sk_notification_wait(clients[1].done);
    WANT(clients[0].answer == 2);
    WANT(clients[1].answer == 1);

    /* Both places are free again, and the server answers as before. */
    out = sk_builder_open(LABEL_SUM);
    sk_builder_word(&out, 5);
    SK_AUTO(sk_reader) in = sk_builder_call(&out, the_server.endpoint);
    WANT(sk_reader_word(&in, &clients[0].answer) == SK_OK);
    WANT(clients[0].answer == 5);
    return NULL;
}

/* Call for a pair; the word of the first of it. */
static sk_err pair_with(seL4_Word word, seL4_Word *ret_word)
{
    sk_builder out = sk_builder_open(LABEL_PAIR);

    sk_builder_word(&out, word);
    SK_AUTO(sk_reader) in = sk_builder_call(&out, the_server.endpoint);
    SK_TRY((sk_err)sk_reader_label(&in));
    return sk_reader_word(&in, ret_word);
}

/* Does it still answer? */
static bool server_lives(void)
{
    sk_builder out = sk_builder_open(LABEL_SUM);
    seL4_Word sum = 0;

    sk_builder_word(&out, 5);
    SK_AUTO(sk_reader) in = sk_builder_call(&out, the_server.endpoint);
    return sk_reader_word(&in, &sum) == SK_OK && sum == 5;
}

const char *nobody_can_be_answered_later(struct scene *s)
{
    static struct client gone;
    seL4_Word word = 0;
    seL4_CPtr tcb;

    /* The first of the pair wants no answer. */
    WANT(start_server(s, 100));
    sk_builder out = sk_builder_open(LABEL_PAIR);
    sk_builder_word(&out, 3);
    sk_builder_send(&out, the_server.endpoint);
    WANT(pair_with(4, &word) == SK_OK);
    WANT(word == 3);
    WANT(server_lives());

    /* The first of the pair is deleted before it has one. */
    gone = (struct client){.word = 6, .done = {scene_make(s, SK_BLUEPRINT(Notification))}};
    tcb = scene_thread(s, call_pair, (seL4_Word)&gone, 100, seL4_CapNull);
    WANT(tcb != 0);
    WANT(scene_thread(s, scene_signal, gone.done.cptr, 50, seL4_CapNull) != 0);
    (void)sk_notification_wait(gone.done); /* the first has called now */
    WANT(seL4_CNode_Delete(s->cnode, tcb, seL4_WordBits) == seL4_NoError);
    WANT(pair_with(7, &word) == SK_OK);
    WANT(word == 6);
    WANT(server_lives());
    return NULL;
}

/* What the server says about a message with this capability. */
static sk_err give(sk_endpoint to, seL4_CPtr cptr, seL4_Word ret_words[3])
{
    sk_builder out = sk_builder_open(LABEL_TAKE);

    if (cptr != 0) {
        sk_builder_cap(&out, (sk_tcb){cptr});
    }
    SK_AUTO(sk_reader) in = sk_builder_call(&out, to);
    return sk_reader_words(&in, ret_words, 3);
}

const char *capabilities_travel_with_messages(struct scene *s)
{
    seL4_CPtr plain = scene_make(s, SK_BLUEPRINT(Notification));
    seL4_CPtr other = scene_slot(s).index;
    seL4_Word words[3];
    sk_slot gift;
    sk_endpoint nine;

    WANT(start_server(s, 100));
    gift = the_server.gifts;
    nine = badged(s, 9);
    WANT(seL4_CNode_Mint(s->cnode, other, seL4_WordBits, s->cnode, plain, seL4_WordBits,
                         seL4_AllRights, 4) == seL4_NoError);
    WANT(give(the_server.endpoint, seL4_CapNull, words) == SK_OK);
    WANT(words[0] == 0);
    WANT(give(the_server.endpoint, other, words) == SK_OK);
    WANT(words[0] == 1 && words[1] == 0);
    WANT(sk_notification_poll((sk_notification){plain}) == 0);
    sk_notification_signal((sk_notification){sk_slot_cptr(gift)});
    WANT(sk_notification_poll((sk_notification){plain}) == 4); /* the same, badge and all */
    WANT(sk_notification_poll((sk_notification){plain}) == 0);
    WANT(seL4_CNode_Delete(gift.root.cptr, gift.index, gift.depth) == seL4_NoError);
    WANT(give(the_server.endpoint, nine.cptr, words) == SK_OK);
    WANT(words[0] == 1 && words[1] == 1 && words[2] == 9);
    return NULL;
}

/* The server's two places receive one after the other; then arg says which answers. */
static void answer_one_of_two(void *arg)
{
    sk_caller places[2] = {the_server.now, the_server.later};
    seL4_Word which = *(seL4_Word *)arg;

    sk_caller_note(&places[0]);
    if (which == 2 && sk_caller_keep(&places[0]) != SK_OK) {
        return;
    }
    sk_caller_note(&places[1]);

    sk_builder out = sk_builder_open(0);
    sk_builder_answer(&out, &places[which % 2]);
}

const char *rights_end_with_the_next_receive(struct scene *s)
{
    seL4_Word first = 0;
    seL4_Word second = 1;
    seL4_Word kept = 2;

    WANT(start_server(s, 50));
    WANT(scene_traps(s, answer_one_of_two, &first) == SK_CFG_DEBUG_BUILD);
    WANT(!scene_traps(s, answer_one_of_two, &second));
    WANT(!scene_traps(s, answer_one_of_two, &kept));
    return NULL;
}
