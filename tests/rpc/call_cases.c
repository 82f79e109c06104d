/*
 * Calls through the stubs of tests/rpc/probe.xml.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <rpc/probe_client.h>
#include <selkie/cap/notification.h>
#include <selkie/config.h>

#include "cases.h"
#include "server.h"

#define CLIENT_VADDR (scene_vaddr + ((uintptr_t)SERVER_PAGES << seL4_PageBits))

/* What a right to answer is made of: a reply object, or nothing. */
#define ANSWER_OBJECTS (SK_CFG_KERNEL_MCS ? 1u : 0u)

/* A client of its own badge, with a page of its own unless number is 0. */
static sk_err connect(struct scene_source *source, seL4_Word number, struct probe_client *ret)
{
    uintptr_t vaddr = CLIENT_VADDR + (number << seL4_PageBits);

    return probe_connect(probe_server_badged(source->scene, number + 1),
                         (struct sk_rpc_client_options){
                             .source = &source->source,
                             .page_vaddr = number == 0 ? 0 : vaddr,
                         },
                         ret);
}

static void fill(uint8_t *bytes, size_t size, unsigned seed)
{
    for (size_t n = 0; n < size; n++) {
        bytes[n] = (uint8_t)(n * 7 + seed);
    }
}

static bool is_filled(const uint8_t *bytes, size_t size, unsigned seed)
{
    for (size_t n = 0; n < size; n++) {
        if (bytes[n] != (uint8_t)(n * 7 + seed)) {
            return false;
        }
    }
    return true;
}

static bool is_same(const char *a, const char *b)
{
    while (*a != '\0' && *a == *b) {
        a++;
        b++;
    }
    return *a == *b;
}

const char *every_type_comes_back(struct scene *s)
{
    struct scene_source source = scene_source_open(s);
    struct probe_server *server = probe_server_start(s, 100);
    struct probe_client client;
    struct probe_shape back;
    uint64_t sum = 0;
    uint8_t small = 0;
    bool flag = false;
    enum probe_colour colour = PROBE_COLOUR_RED;
    seL4_Word word = 0;

    WANT(server != NULL);
    WANT(connect(&source, 0, &client) == SK_OK);
    WANT(client.rpc.method_count == PROBE_METHODS);
    WANT(probe_nothing(&client) == SK_OK);
    WANT(probe_add(&client, UINT64_MAX, 43, &sum) == SK_OK && sum == 42);
    WANT(probe_mix(&client, 255, false, PROBE_COLOUR_GREEN, ~(seL4_Word)0, &small, &flag,
                   &colour, &word) == SK_OK);
    WANT(small == 255 && flag && colour == PROBE_COLOUR_BLUE && word == ~(seL4_Word)0);

    const struct probe_shape shape = {
        .corners = {{UINT32_MAX, 2}, {3, UINT16_MAX}},
        .colour = PROBE_COLOUR_BLUE,
        .weights = {7, 0, 255},
    };
    WANT(probe_turn(&client, &shape, 180, &back) == SK_OK);
    WANT(back.corners[0].x == 3 && back.corners[0].y == UINT16_MAX);
    WANT(back.corners[1].x == UINT32_MAX && back.corners[1].y == 2);
    WANT(back.colour == PROBE_COLOUR_BLUE && back.weights[0] == 7 && back.weights[2] == 255);
    WANT(server->handled == 4 && server->wrong == 0);
    return NULL;
}

const char *bytes_of_every_size_come_back(struct scene *s)
{
    struct scene_source source = scene_source_open(s);
    struct probe_client client;
    uint8_t sent[PROBE_ECHO_DATA_MAX];
    uint8_t data[PROBE_ECHO_RET_DATA_MAX];
    char text[PROBE_ECHO_RET_TEXT_MAX + 1];
    char sent_text[PROBE_ECHO_TEXT_MAX + 1] = "";

    WANT(probe_server_start(s, 100) != NULL);
    WANT(connect(&source, 0, &client) == SK_OK);
    for (size_t size = 0; size <= PROBE_ECHO_DATA_MAX; size++) {
        size_t got = 1234;

        fill(sent, size, (unsigned)size);
        WANT(probe_echo(&client, sent, size, sent_text, &data, &got, &text) == SK_OK);
        WANT(got == size && is_filled(data, size, (unsigned)size));
        WANT(is_same(text, sent_text));
        if (size < PROBE_ECHO_TEXT_MAX) {
            sent_text[size] = (char)('a' + size);
        }
    }
    WANT(sk_rpc_count(text, 99) == PROBE_ECHO_TEXT_MAX);
    return NULL;
}

const char *what_is_too_long_is_not_sent(struct scene *s)
{
    struct scene_source source = scene_source_open(s);
    struct probe_server *server = probe_server_start(s, 100);
    struct probe_client client;
    uint8_t data[PROBE_ECHO_RET_DATA_MAX + 1] = {0};
    char text[PROBE_ECHO_RET_TEXT_MAX + 1];
    char long_text[PROBE_ECHO_TEXT_MAX + 2];
    volatile size_t size = PROBE_ECHO_DATA_MAX + 1;
    size_t got = 1234;

    for (size_t n = 0; n < sizeof(long_text); n++) {
        long_text[n] = n + 1 < sizeof(long_text) ? 'x' : '\0';
    }
    WANT(server != NULL);
    WANT(connect(&source, 0, &client) == SK_OK);
    uint8_t(*room)[PROBE_ECHO_RET_DATA_MAX] = (uint8_t(*)[PROBE_ECHO_RET_DATA_MAX]) & data;
    WANT(probe_echo(&client, data, size, "", room, &got, &text) == SK_ERR_RANGE);
    WANT(probe_echo(&client, data, 1, long_text, room, &got, &text) == SK_ERR_RANGE);
    WANT(got == 1234 && server->handled == 0);
    return NULL;
}

const char *large_messages_go_by_a_page(struct scene *s)
{
    static uint8_t sent[PROBE_STORE_DATA_MAX];
    static uint8_t data[PROBE_FETCH_RET_DATA_MAX];
    struct scene_source source = scene_source_open(s);
    struct probe_server *server = probe_server_start(s, 100);
    struct probe_client clients[3];
    char name[PROBE_FETCH_RET_NAME_MAX + 1];
    size_t size = 0;

    WANT(server != NULL);
    WANT(connect(&source, 0, &clients[0]) == SK_OK);
    WANT(connect(&source, 1, &clients[1]) == SK_OK);
    WANT(connect(&source, 2, &clients[2]) == SK_OK);
    WANT(server->source.mappings_out == 2 && source.mappings_out == 2);
    WANT(clients[1].rpc.page != clients[2].rpc.page);

    fill(sent, sizeof(sent), 1);
    WANT(probe_store(&clients[1], 0, "the first", sent, sizeof(sent)) == SK_OK);
    fill(sent, 3, 2);
    WANT(probe_store(&clients[2], 1, "", sent, 3) == SK_OK);
    WANT(probe_fetch(&clients[2], 0, &name, &data, &size) == SK_OK);
    WANT(size == sizeof(sent) && is_filled(data, size, 1) && is_same(name, "the first"));
    WANT(probe_fetch(&clients[1], 1, &name, &data, &size) == SK_OK);
    WANT(size == 3 && is_filled(data, 3, 2) && is_same(name, ""));
    size = 1234;
    WANT(probe_fetch(&clients[1], 2, &name, &data, &size) == PROBE_ERR_FULL && size == 1234);

    /* Without a page: the stub knows, and the server finds none for the badge. */
    WANT(probe_store(&clients[0], 0, "", sent, 1) == SK_ERR_ILLEGAL_OPERATION);
    WANT(connect(&source, 3, &clients[0]) == SK_ERR_NO_MEMORY);
    clients[0] = clients[1];
    clients[0].rpc.server = server->rpc.endpoint;
    WANT(probe_store(&clients[0], 0, "", sent, 1) == SK_ERR_ILLEGAL_OPERATION);
    WANT(server->wrong == 0);
    return NULL;
}

const char *pages_end_and_can_be_taken_back(struct scene *s)
{
    struct scene_source source = scene_source_open(s);
    struct probe_server *server = probe_server_start(s, 100);
    struct probe_client client;
    struct probe_client again;
    sk_frame page;

    WANT(server != NULL);
    WANT(connect(&source, 1, &client) == SK_OK);
    WANT(server->source.objects_out == ANSWER_OBJECTS + 1); /* and a frame */
    probe_close(&client);
    WANT(source.slots_out == 0 && source.mappings_out == 0);

    /* The same badge: the same page, mapped once more. */
    WANT(connect(&source, 1, &client) == SK_OK);
    WANT(probe_connect(client.rpc.server,
                       (struct sk_rpc_client_options){&source.source,
                                                      CLIENT_VADDR + (5 << seL4_PageBits)},
                       &again) == SK_OK);
    WANT(server->source.mappings_out == 1);
    again.rpc.page[77] = 78;
    WANT(((volatile uint8_t *)client.rpc.page)[77] == 78);

    page = (sk_frame){sk_owned_slot_cptr(&client.rpc.page_slot)};
    sk_rpc_forget(&server->rpc, 1);
    WANT(server->source.objects_out == ANSWER_OBJECTS + 1);
    sk_rpc_forget(&server->rpc, 2);
    WANT(server->source.objects_out == ANSWER_OBJECTS);
    WANT(server->source.mappings_out == 0);
    WANT(seL4_ARM_Page_GetAddress(page.cptr).error == seL4_InvalidCapability);
    WANT(probe_store(&client, 0, "", "", 0) == SK_ERR_ILLEGAL_OPERATION);

    WANT(probe_nothing(&client) == SK_OK);
    return NULL;
}

const char *capabilities_arrive_in_slots_that_one_has(struct scene *s)
{
    struct scene_source source = scene_source_open(s);
    struct probe_server *server = probe_server_start(s, 100);
    sk_endpoint endpoint = {scene_make(s, SK_BLUEPRINT(Endpoint))};
    struct probe_client client;
    sk_notification bell = {0};
    seL4_Word badge = 0;
    bool is_kept = true;

    WANT(server != NULL && endpoint.cptr != 0);
    WANT(connect(&source, 0, &client) == SK_OK);
    WANT(probe_give(&client, false, endpoint, &is_kept) == SK_OK && !is_kept);
    WANT(probe_give(&client, true, endpoint, &is_kept) == SK_OK && is_kept);
    WANT(probe_give(&client, true, endpoint, &is_kept) == SK_OK && !is_kept);
    WANT(!sk_own_is_empty(&server->endpoint_slot));
    WANT(server->source.slots_out == 3); /* the right to answer, the kept one, the next */
    sk_owned_slot_drop(&server->endpoint_slot);
    WANT(server->source.slots_out == 2 && server->wrong == 0);

    {
        SK_AUTO(sk_owned_slot) slot = {0};

        WANT(probe_get(&client, &bell, &slot, &badge) == SK_OK);
        WANT(bell.cptr == sk_owned_slot_cptr(&slot) && badge == 5 && source.slots_out == 1);
        sk_notification_signal(bell);
        WANT(sk_notification_poll(server->bell) == 5);
    }
    WANT(source.slots_out == 0);

    /* Without a source there is no slot, and nothing is asked. */
    SK_AUTO(sk_owned_slot) none = {0};
    unsigned handled = server->handled;
    client.rpc.source = NULL;
    WANT(probe_get(&client, &bell, &none, &badge) == SK_ERR_NO_SLOT);
    WANT(server->handled == handled);
    return NULL;
}

const char *errors_arrive_as_they_are(struct scene *s)
{
    struct scene_source source = scene_source_open(s);
    struct probe_client client;
    const struct {
        uint16_t how;
        sk_err arrives;
    } rows[] = {
        {0, SK_OK},
        {SK_ERR_RANGE, SK_ERR_RANGE},
        {SK_ERR_NO_SLOT, SK_ERR_NO_SLOT},
        {SK_ERR_MALFORMED, SK_ERR_MALFORMED},
        {(uint16_t)PROBE_ERR_FULL, PROBE_ERR_FULL},
        {(uint16_t)PROBE_ERR_UNWANTED, PROBE_ERR_UNWANTED},
        {(uint16_t)PROBE_ERR_UNWANTED + 1, SK_ERR_MALFORMED},
        {11, SK_ERR_MALFORMED},
        {63, SK_ERR_MALFORMED},
        {(uint16_t)PROBE_ERR_FULL - 1, (sk_err)255}, /* an error that layers may have later */
        {UINT16_MAX, SK_ERR_MALFORMED},
    };

    WANT(probe_server_start(s, 100) != NULL);
    WANT(connect(&source, 0, &client) == SK_OK);
    for (size_t n = 0; n < sizeof(rows) / sizeof(rows[0]); n++) {
        WANT(probe_fail(&client, rows[n].how) == rows[n].arrives);
    }
    return NULL;
}

static struct waiting {
    struct probe_client client;
    sk_notification done;
    sk_notification never; /* signalled */
    seL4_Word word;
    sk_err e;
} waiting;

static void wait_there(seL4_Word argument)
{
    (void)argument;
    waiting.e = probe_wait(&waiting.client, &waiting.word);
    seL4_Signal(waiting.done.cptr);
    /* Its priority is above the server's: it must not spin. */
    (void)sk_notification_wait(waiting.never);
}

const char *a_call_can_be_answered_later(struct scene *s)
{
    struct scene_source source = scene_source_open(s);
    struct probe_server *server = probe_server_start(s, 100);
    struct probe_client client;

    WANT(server != NULL);
    WANT(connect(&source, 0, &client) == SK_OK);
    WANT(probe_wake(&client, 1) == PROBE_ERR_UNWANTED);
    for (seL4_Word word = 0; word < 3; word++) {
        waiting = (struct waiting){
            .client = client,
            .done = {scene_make(s, SK_BLUEPRINT(Notification))},
            .never = {scene_make(s, SK_BLUEPRINT(Notification))},
            .word = 1234,
        };
        /* It waits at the server before this thread goes on. */
        WANT(scene_thread(s, wait_there, 0, 101, seL4_CapNull) != 0);
        while (sk_own_is_empty(&server->later)) {
            WANT(probe_nothing(&client) == SK_OK);
        }
        WANT(server->source.slots_out == 3);
        WANT(probe_wait(&client, &waiting.word) == PROBE_ERR_FULL);
        WANT(probe_wake(&client, word) == SK_OK);
        (void)sk_notification_wait(waiting.done);
        WANT(waiting.e == (word == 0 ? PROBE_ERR_UNWANTED : SK_OK));
        WANT(waiting.word == (word == 0 ? 1234 : word));
        WANT(server->source.slots_out == 2);
    }
    return NULL;
}

const char *versions_are_compared(struct scene *s)
{
    const struct sk_rpc_client_options options = {0};
    struct probe_server *server = probe_server_start(s, 100);
    struct sk_rpc_client client = {.method_count = 1234};
    struct probe_client typed;

    WANT(server != NULL);
    WANT(sk_rpc_connect(&client, server->rpc.endpoint, PROBE_ID, PROBE_VERSION + 1, options) ==
         SK_ERR_VERSION);
    WANT(sk_rpc_connect(&client, server->rpc.endpoint, PROBE_ID, PROBE_VERSION - 1, options) ==
         SK_ERR_VERSION);
    WANT(sk_rpc_connect(&client, server->rpc.endpoint, PROBE_ID + 1, PROBE_VERSION, options) ==
         SK_ERR_PROTOCOL);
    WANT(client.method_count == 1234);
    WANT(probe_connect(server->rpc.endpoint, options, &typed) == SK_OK);
    WANT(probe_absent(&typed) == SK_ERR_NO_METHOD);

    /* A client of a later description, with a method more. */
    sk_builder message = sk_builder_open(SK_RPC_METHOD(PROBE_METHODS + 1));
    SK_AUTO(sk_reader) answer = sk_builder_call(&message, server->rpc.endpoint);
    WANT(sk_rpc_has(&answer, SK_ERR_NO_METHOD, 0, 0));
    return NULL;
}

const char *a_loop_may_be_ones_own(struct scene *s)
{
    struct scene_source source = scene_source_open(s);
    struct probe_server *server = probe_server_start_loop(s, 100);
    struct probe_client client;
    uint64_t sum = 0;

    WANT(server != NULL);
    WANT(connect(&source, 0, &client) == SK_OK);
    WANT(probe_add(&client, 1, 2, &sum) == SK_OK && sum == 3);
    {
        sk_builder message = sk_builder_open(SK_RPC_CONNECT - 1);
        SK_AUTO(sk_reader) answer = sk_builder_call(&message, server->rpc.endpoint);

        WANT(sk_reader_label(&answer) == SERVER_OTHER);
    }
    WANT(probe_add(&client, sum, 4, &sum) == SK_OK && sum == 7);
    return NULL;
}

/* Each method is in some case above; here: everything ends, and all is given back. */
const char *nothing_is_left_out(struct scene *s)
{
    struct scene_source source = scene_source_open(s);
    struct probe_server *server = probe_server_start(s, 100);
    struct probe_client client;
    bool is_kept;

    WANT(server != NULL);
    WANT(connect(&source, 1, &client) == SK_OK);
    WANT(probe_give(&client, false, client.rpc.server, &is_kept) == SK_ERR_MALFORMED);
    probe_close(&client);
    WANT(source.slots_out == 0 && source.mappings_out == 0);
    sk_rpc_server_fini(&server->rpc);
    WANT(server->source.slots_out == 0 && server->source.objects_out == 0);
    WANT(server->source.mappings_out == 0);
    return NULL;
}

const char *whatever_request_fails_nothing_is_lost(struct scene *s)
{
    struct scene_source source = scene_source_open(s);
    struct probe_server *server = probe_server_start(s, 100);
    sk_endpoint endpoint = {scene_make(s, SK_BLUEPRINT(Endpoint))};
    struct probe_client client;
    struct probe_client plain;
    bool is_kept = false;

    WANT(server != NULL && endpoint.cptr != 0);
    WANT(connect(&source, 0, &plain) == SK_OK);

    /* The client: a slot, one to look at the page in, and the mapping. */
    for (unsigned n = 1; n <= 3; n++) {
        source.requests = 0;
        source.fail_at = n;
        WANT(connect(&source, 1, &client) == (n < 3 ? SK_ERR_NO_SLOT : SK_ERR_DELETE_FIRST));
        WANT(source.slots_out == 0 && source.mappings_out == 0);
    }
    source.fail_at = 0;
    WANT(connect(&source, 1, &client) == SK_OK);

    /* The server: a page needs a slot, a frame and a mapping. */
    for (unsigned n = 1; n <= 3; n++) {
        const sk_err errors[] = {SK_ERR_NO_SLOT, SK_ERR_NO_MEMORY, SK_ERR_DELETE_FIRST};
        struct probe_client other;

        server->source.requests = 0;
        server->source.fail_at = n;
        WANT(connect(&source, 2, &other) == errors[n - 1]);
        WANT(server->source.slots_out == 3);
        WANT(server->source.objects_out == ANSWER_OBJECTS + 1);
        WANT(source.slots_out == 1);
    }

    /* It has no slot for the next capability: that is said, and then it has one again. */
    server->source.requests = 0;
    server->source.fail_at = 1;
    WANT(probe_give(&plain, true, endpoint, &is_kept) == SK_OK && is_kept);
    WANT(probe_give(&plain, false, endpoint, &is_kept) == SK_ERR_NO_SLOT);
    WANT(probe_give(&plain, false, endpoint, &is_kept) == SK_OK && !is_kept);

    /* It cannot answer later. */
    for (unsigned n = 1; n <= (SK_CFG_KERNEL_MCS ? 2 : 1); n++) {
        seL4_Word word = 1234;

        server->source.requests = 0;
        server->source.fail_at = n;
        WANT(probe_wait(&plain, &word) == (n == 1 ? SK_ERR_NO_SLOT : SK_ERR_NO_MEMORY));
        WANT(word == 1234);
    }
    for (unsigned n = 1; n <= ANSWER_OBJECTS + 1; n++) {
        const struct sk_rpc_server_options options = {.source = &server->source.source};
        struct sk_rpc_server never;
        unsigned slots = server->source.slots_out;

        server->source.requests = 0;
        server->source.fail_at = n;
        WANT(sk_rpc_server_init(&never, options) ==
             (n == 1 ? SK_ERR_NO_SLOT : SK_ERR_NO_MEMORY));
        WANT(server->source.slots_out == slots);
    }

    /* A client without a slot for what comes does not ask. */
    SK_AUTO(sk_owned_slot) slot = {0};
    sk_notification bell = {0};
    seL4_Word badge = 0;
    unsigned handled = server->handled;

    source.requests = 0;
    source.fail_at = 1;
    WANT(probe_get(&plain, &bell, &slot, &badge) == SK_ERR_NO_SLOT);
    WANT(server->handled == handled);
    WANT(probe_get(&plain, &bell, &slot, &badge) == SK_OK);
    return NULL;
}
