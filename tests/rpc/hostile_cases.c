/*
 * Messages that no stub sends, and answers that no server of ours gives.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <rpc/probe_client.h>

#include "cases.h"
#include "server.h"

/* A message by hand: words[0] is not there if count is 0, and so on. */
struct message {
    seL4_Word label;
    unsigned count;
    seL4_Word words[6];
    unsigned cap_count;
};

static seL4_MessageInfo_t send_raw(sk_endpoint to, const struct message *m, seL4_CPtr cap)
{
    sk_builder out = sk_builder_open(m->label);

    for (unsigned n = 0; n < m->count; n++) {
        sk_builder_word(&out, n < 6 ? m->words[n] : 0);
    }
    for (unsigned n = 0; n < m->cap_count; n++) {
        sk_builder_cptr(&out, cap);
    }
    SK_AUTO(sk_reader) in = sk_builder_call(&out, to);
    return in.info;
}

static bool is_refused(sk_endpoint to, const struct message *m, seL4_CPtr cap, sk_err e)
{
    return send_raw(to, m, cap).words[0] ==
           seL4_MessageInfo_new((seL4_Word)e, 0, 0, 0).words[0];
}

const char *malformed_messages_are_refused(struct scene *s)
{
    static const struct message messages[] = {
        {PROBE_METHOD_NOTHING, 1, {0}, 0},                    /* long */
        {PROBE_METHOD_ADD, 1, {1}, 0},                        /* short */
        {PROBE_METHOD_ADD, 3, {1, 2, 3}, 0},                  /* long */
        {PROBE_METHOD_ADD, 120, {1, 2}, 0},                   /* as long as can be */
        {PROBE_METHOD_MIX, 4, {256, 0, 0, 0}, 0},             /* no u8 */
        {PROBE_METHOD_MIX, 4, {~0ul, 0, 0, 0}, 0},            /* no u8 */
        {PROBE_METHOD_MIX, 4, {0, 2, 0, 0}, 0},               /* no bool */
        {PROBE_METHOD_MIX, 4, {0, 1ul << 32, 0, 0}, 0},       /* no bool */
        {PROBE_METHOD_MIX, 4, {0, 0, 3, 0}, 0},               /* no colour */
        {PROBE_METHOD_MIX, 4, {0, 0, 1ul << 32, 0}, 0},       /* no colour */
        {PROBE_METHOD_TURN, 9, {1ul << 32}, 0},               /* no u32 in a structure */
        {PROBE_METHOD_TURN, 9, {0, 0, 0, 0, 3}, 0},           /* no colour in a structure */
        {PROBE_METHOD_TURN, 9, {0, 0, 0, 0, 0, 256}, 0},      /* no u8 in an array */
        {PROBE_METHOD_TURN, 8, {0}, 0},                       /* short */
        {PROBE_METHOD_ECHO, 0, {0}, 0},                       /* not even sizes */
        {PROBE_METHOD_ECHO, 1, {0}, 0},                       /* no text */
        {PROBE_METHOD_ECHO, 3, {0, 0, 0}, 0},                 /* something behind the end */
        {PROBE_METHOD_ECHO, 2, {8, 0}, 0},                    /* fewer bytes than it says */
        {PROBE_METHOD_ECHO, 20, {101}, 0},                    /* more than there may be */
        {PROBE_METHOD_ECHO, 20, {~0ul}, 0},                   /* much more */
        {PROBE_METHOD_ECHO, 6, {0, 21}, 0},                   /* a long text */
        {PROBE_METHOD_ECHO, 3, {0, 3, 'a' | 'c' << 16}, 0},   /* a text with an end inside */
        {PROBE_METHOD_GIVE, 1, {0}, 0},                       /* no capability */
        {PROBE_METHOD_GIVE, 1, {2}, 1},                       /* one, but no bool */
        {PROBE_METHOD_ADD, 2, {1, 2}, 1},                     /* a capability too many */
        {SK_RPC_CONNECT, 2, {0}, 0},                          /* short */
        {SK_RPC_CONNECT, 4, {0}, 0},                          /* long */
        {SK_RPC_CONNECT, 3, {PROBE_ID, PROBE_VERSION, 2}, 0}, /* no bool */
        {SK_RPC_CONNECT, 3, {PROBE_ID, PROBE_VERSION, 0}, 1}, /* a capability */
    };
    static const struct message unknown[] = {
        {0, 0, {0}, 0},
        {1, 4, {0}, 0},
        {SK_RPC_CONNECT - 1, 3, {0}, 0},
        {SK_RPC_METHOD(PROBE_METHODS + 1), 0, {0}, 0},
        {PROBE_METHOD_ABSENT, 0, {0}, 0},
        {SK_MESSAGE_LABEL_MAX, 120, {0}, 1},
    };
    struct probe_server *server = probe_server_start(s, 100);
    seL4_CPtr cap = scene_make(s, SK_BLUEPRINT(Notification));
    struct message good = {PROBE_METHOD_ADD, 2, {1, 2}, 0};

    WANT(server != NULL && cap != 0);
    for (size_t n = 0; n < sizeof(messages) / sizeof(messages[0]); n++) {
        WANT(is_refused(server->rpc.endpoint, &messages[n], cap, SK_ERR_MALFORMED));
    }
    for (size_t n = 0; n < sizeof(unknown) / sizeof(unknown[0]); n++) {
        WANT(is_refused(server->rpc.endpoint, &unknown[n], cap, SK_ERR_NO_METHOD));
    }
    WANT(server->handled == 0);
    WANT(server->source.slots_out == 2);
    WANT(send_raw(server->rpc.endpoint, &good, 0).words[0] ==
         seL4_MessageInfo_new(SK_OK, 0, 0, 1).words[0]);
    return NULL;
}

const char *capabilities_that_are_wrong_are_refused(struct scene *s)
{
    const struct message m = {PROBE_METHOD_GIVE, 1, {0}, 1};
    struct probe_server *server = probe_server_start(s, 100);
    seL4_CPtr cap = scene_make(s, SK_BLUEPRINT(Endpoint));
    sk_slot empty = scene_slot(s);
    sk_endpoint badged;

    WANT(server != NULL && cap != 0);
    badged = probe_server_badged(s, 9);

    /* One to the server itself does not arrive: the kernel shows only its badge. */
    WANT(is_refused(server->rpc.endpoint, &m, badged.cptr, SK_ERR_MALFORMED));
    /* An empty slot is no capability. */
    WANT(is_refused(server->rpc.endpoint, &m, sk_slot_cptr(empty), SK_ERR_MALFORMED));
    WANT(server->handled == 0);
    /* What was refused did not stay in the way. */
    WANT(send_raw(server->rpc.endpoint, &m, cap).words[0] ==
         seL4_MessageInfo_new(SK_OK, 0, 0, 1).words[0]);
    WANT(server->handled == 1);
    return NULL;
}

const char *texts_end_where_they_say(struct scene *s)
{
    struct scene_source source = scene_source_open(s);
    struct probe_server *server = probe_server_start(s, 100);
    struct message m = {PROBE_METHOD_STORE, 3, {0, 4, 0}, 0};
    struct probe_client client;

    WANT(server != NULL);
    WANT(probe_connect(
             probe_server_badged(s, 1),
             (struct sk_rpc_client_options){&source.source, scene_vaddr + (4 << seL4_PageBits)},
             &client) == SK_OK);
    for (unsigned n = 0; n < 4; n++) {
        client.rpc.page[n] = 'a';
    }
    WANT(send_raw(client.rpc.server, &m, 0).words[0] == 0);
    WANT(server->handled == 1 && server->stored[0].name[4] == '\0');
    client.rpc.page[2] = '\0';
    WANT(is_refused(client.rpc.server, &m, 0, SK_ERR_MALFORMED));
    client.rpc.page[2] = 'a';
    m.words[1] = PROBE_STORE_NAME_MAX + 1;
    WANT(is_refused(client.rpc.server, &m, 0, SK_ERR_MALFORMED));
    m.words[1] = 0;
    m.words[2] = PROBE_STORE_DATA_MAX + 1;
    WANT(is_refused(client.rpc.server, &m, 0, SK_ERR_MALFORMED));
    m.words[2] = 1ul << 63;
    WANT(is_refused(client.rpc.server, &m, 0, SK_ERR_MALFORMED));
    WANT(server->handled == 1 && server->wrong == 0);
    return NULL;
}

/* A server that answers whatever the case says. */
static struct liar {
    sk_endpoint endpoint;
    sk_caller caller;
    struct message answer;
    seL4_CPtr cap;
} liar;

static void lie(seL4_Word argument)
{
    (void)argument;
    sk_reader in = sk_reader_receive(liar.endpoint, &liar.caller);

    for (;;) {
        sk_builder out = sk_reader_answer(&in, liar.answer.label);

        for (unsigned n = 0; n < liar.answer.count; n++) {
            sk_builder_word(&out, n < 6 ? liar.answer.words[n] : 0);
        }
        for (unsigned n = 0; n < liar.answer.cap_count; n++) {
            sk_builder_cptr(&out, liar.cap);
        }
        in = sk_builder_answer_receive(&out, liar.endpoint, &liar.caller);
    }
}

/* What comes of a method when the answer is as it should not be. */
static sk_err believe(const struct probe_client *client, seL4_Word method)
{
    SK_AUTO(sk_owned_slot) slot = {0};
    uint8_t data[PROBE_ECHO_RET_DATA_MAX];
    char text[PROBE_ECHO_RET_TEXT_MAX + 1];
    struct probe_shape shape = {0};
    enum probe_colour colour;
    sk_notification bell = {0};
    seL4_Word word;
    size_t size;
    uint8_t small;
    bool flag;

    switch (method) {
    case PROBE_METHOD_NOTHING:
        return probe_nothing(client);
    case PROBE_METHOD_MIX:
        return probe_mix(client, 0, false, PROBE_COLOUR_RED, 0, &small, &flag, &colour, &word);
    case PROBE_METHOD_TURN:
        return probe_turn(client, &shape, 0, &shape);
    case PROBE_METHOD_ECHO:
        return probe_echo(client, "", 0, "", &data, &size, &text);
    default:
        return probe_get(client, &bell, &slot, &word);
    }
}

const char *malformed_answers_are_refused(struct scene *s)
{
    static const struct {
        seL4_Word method;
        struct message answer;
        sk_err e;
    } rows[] = {
        {PROBE_METHOD_NOTHING, {SK_OK, 0, {0}, 0}, SK_OK},
        {PROBE_METHOD_NOTHING, {SK_OK, 1, {0}, 0}, SK_ERR_MALFORMED},
        {PROBE_METHOD_NOTHING, {SK_OK, 0, {0}, 1}, SK_ERR_MALFORMED},
        {PROBE_METHOD_NOTHING, {SK_ERR_RANGE, 0, {0}, 0}, SK_ERR_RANGE},
        {PROBE_METHOD_NOTHING, {SK_ERR_RANGE, 1, {0}, 0}, SK_ERR_MALFORMED},
        {PROBE_METHOD_NOTHING, {SK_ERR_RANGE, 0, {0}, 1}, SK_ERR_MALFORMED},
        {PROBE_METHOD_NOTHING, {SK_MESSAGE_LABEL_MAX, 0, {0}, 0}, SK_ERR_MALFORMED},
        {PROBE_METHOD_NOTHING, {1ul << 32 | SK_ERR_RANGE, 0, {0}, 0}, SK_ERR_MALFORMED},
        {PROBE_METHOD_MIX, {SK_OK, 4, {0, 1, 2, 3}, 0}, SK_OK},
        {PROBE_METHOD_MIX, {SK_OK, 3, {0}, 0}, SK_ERR_MALFORMED},
        {PROBE_METHOD_MIX, {SK_OK, 4, {256}, 0}, SK_ERR_MALFORMED},
        {PROBE_METHOD_MIX, {SK_OK, 4, {0, 2}, 0}, SK_ERR_MALFORMED},
        {PROBE_METHOD_MIX, {SK_OK, 4, {0, 0, 3}, 0}, SK_ERR_MALFORMED},
        {PROBE_METHOD_TURN, {SK_OK, 8, {0}, 0}, SK_OK},
        {PROBE_METHOD_TURN, {SK_OK, 8, {0, 65536}, 0}, SK_ERR_MALFORMED},
        {PROBE_METHOD_ECHO, {SK_OK, 2, {0, 0}, 0}, SK_OK},
        {PROBE_METHOD_ECHO, {SK_OK, 20, {101, 0}, 0}, SK_ERR_MALFORMED},
        {PROBE_METHOD_ECHO, {SK_OK, 2, {1, 0}, 0}, SK_ERR_MALFORMED},
        {PROBE_METHOD_ECHO, {SK_OK, 3, {0, 1}, 0}, SK_ERR_MALFORMED},
        {PROBE_METHOD_GET, {SK_OK, 1, {0}, 1}, SK_OK},
        {PROBE_METHOD_GET, {SK_OK, 1, {0}, 0}, SK_ERR_MALFORMED},
        {PROBE_METHOD_GET, {SK_OK, 2, {0}, 1}, SK_ERR_MALFORMED},
        {PROBE_METHOD_GET, {SK_ERR_RANGE, 0, {0}, 1}, SK_ERR_MALFORMED},
    };
    struct scene_source source = scene_source_open(s);
    sk_rpc_gift unwanted = {0};
    struct probe_client client = {.rpc = {.source = &source.source}};
    sk_caller caller;

    WANT(sk_caller_make(&source.source, &caller) == SK_OK);
    liar = (struct liar){
        .endpoint = {scene_make(s, SK_BLUEPRINT(Endpoint))},
        .caller = caller,
        .cap = scene_make(s, SK_BLUEPRINT(Notification)),
    };
    WANT(liar.endpoint.cptr != 0 && liar.cap != 0);
    WANT(scene_thread(s, lie, 0, 100, seL4_CapNull) != 0);
    client.rpc.server = liar.endpoint;
    /* Somewhere an unwanted one arrives: the calling thread may be a server itself. */
    WANT(sk_rpc_gift_open(&source.source, &unwanted) == SK_OK);
    for (size_t n = 0; n < sizeof(rows) / sizeof(rows[0]); n++) {
        liar.answer = rows[n].answer;
        WANT(believe(&client, rows[n].method) == rows[n].e);
        WANT(source.slots_out == 2);
        /* The slot is empty all the same. */
        WANT(seL4_CNode_Copy(s->cnode, sk_owned_slot_cptr(&unwanted.slot), seL4_WordBits,
                             s->cnode, liar.cap, seL4_WordBits,
                             seL4_AllRights) == seL4_NoError);
        WANT(seL4_CNode_Delete(s->cnode, sk_owned_slot_cptr(&unwanted.slot), seL4_WordBits) ==
             seL4_NoError);
    }
    sk_rpc_gift_drop(&unwanted);

    /* A connection that is answered wrongly is none. */
    liar.answer = (struct message){SK_OK, 2, {0}, 0};
    WANT(probe_connect(liar.endpoint, (struct sk_rpc_client_options){0}, &client) ==
         SK_ERR_MALFORMED);
    liar.answer = (struct message){SK_OK, 1, {0}, 0};
    WANT(probe_connect(liar.endpoint,
                       (struct sk_rpc_client_options){&source.source, scene_vaddr},
                       &client) == SK_ERR_MALFORMED);
    WANT(source.slots_out == 1 && source.mappings_out == 0);
    return NULL;
}

/* The generator is splitmix64. */
static seL4_Word next(seL4_Word *state)
{
    seL4_Word z = *state += 0x9e3779b97f4a7c15u;

    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

static seL4_Word below(seL4_Word *state, seL4_Word limit)
{
    return next(state) % limit;
}

/* Mostly small: sizes, flags and numbers that are almost right. */
static seL4_Word some_word(seL4_Word *state)
{
    static const seL4_Word edges[] = {0, 1, 2, 3, 20, 21, 60, 100, 101, 255, 256, 4000, 4001};

    switch (below(state, 4)) {
    case 0:
        return next(state);
    case 1:
        return below(state, 8);
    case 2:
        return (seL4_Word)1 << below(state, 64);
    default:
        return edges[below(state, sizeof(edges) / sizeof(edges[0]))];
    }
}

/* Send one; false if the answer is none. */
static bool send_random(sk_endpoint to, seL4_Word *state, const seL4_CPtr caps[3])
{
    seL4_Word label = SK_RPC_CONNECT + below(state, PROBE_METHODS + 2);
    seL4_Word count = below(state, 2) != 0 ? below(state, 10) : below(state, 121);

    /* What it waits for would not come. */
    if (label == PROBE_METHOD_WAIT && count == 0) {
        count = 1;
    }
    sk_builder out = sk_builder_open(below(state, 20) == 0 ? next(state) >> 12 : label);
    for (seL4_Word n = 0; n < count; n++) {
        sk_builder_word(&out, some_word(state));
    }
    for (seL4_Word n = below(state, 3) == 0 ? below(state, 4) : 0; n > 0; n--) {
        sk_builder_cptr(&out, caps[below(state, 3)]);
    }
    SK_AUTO(sk_reader) in = sk_builder_call(&out, to);
    label = sk_reader_label(&in);
    return label == SK_OK || sk_reader_left(&in) == 0;
}

#define RANDOM_MESSAGES 20000

const char *random_messages_are_answered(struct scene *s)
{
    struct scene_source source = scene_source_open(s);
    struct probe_server *server = probe_server_start(s, 100);
    struct probe_client client;
    seL4_CPtr caps[3];
    seL4_Word state = 20261122;
    seL4_Word sum = 0;

    WANT(server != NULL);
    WANT(probe_connect(
             probe_server_badged(s, 1),
             (struct sk_rpc_client_options){&source.source, scene_vaddr + (4 << seL4_PageBits)},
             &client) == SK_OK);
    caps[0] = scene_make(s, SK_BLUEPRINT(Endpoint));
    caps[1] = scene_make(s, SK_BLUEPRINT(Notification));
    caps[2] = client.rpc.server.cptr;
    for (unsigned n = 0; n < RANDOM_MESSAGES; n++) {
        sk_rpc_gift gift = {0};

        for (unsigned k = 0; k < 4; k++) {
            ((seL4_Word *)(void *)client.rpc.page)[below(&state, 512)] = some_word(&state);
        }
        /* What is answered with a capability is deleted again. */
        WANT(sk_rpc_gift_open(&source.source, &gift) == SK_OK);
        WANT(send_random(client.rpc.server, &state, caps));
        sk_rpc_gift_drop(&gift);
    }
    WANT(probe_add(&client, 3, 4, &sum) == SK_OK && sum == 7);
    WANT(server->wrong == 0);
    WANT(server->handled > RANDOM_MESSAGES / 100);
    return NULL;
}
