/* SPDX-License-Identifier: BSD-2-Clause */
#include "server.h"

static struct probe_server *self_of(struct sk_rpc_server *server)
{
    struct probe_server *self = server->self;

    self->handled++;
    return self;
}

/* The generated code promises this; what it lets through counts against it. */
static void promise(struct probe_server *self, bool is_kept)
{
    self->wrong += is_kept ? 0 : 1;
}

static bool is_text(const char *text, size_t max)
{
    return sk_rpc_count(text, max) <= max;
}

static void copy(void *to, const void *from, size_t size)
{
    for (size_t n = 0; n < size; n++) {
        ((uint8_t *)to)[n] = ((const uint8_t *)from)[n];
    }
}

static sk_err nothing(struct sk_rpc_server *server)
{
    (void)self_of(server);
    return SK_OK;
}

static sk_err add(struct sk_rpc_server *server, uint64_t a, uint64_t b, uint64_t *ret_sum)
{
    (void)self_of(server);
    *ret_sum = a + b;
    return SK_OK;
}

static sk_err mix(struct sk_rpc_server *server, uint8_t small, bool flag,
                  enum probe_colour colour, seL4_Word word, uint8_t *ret_small, bool *ret_flag,
                  enum probe_colour *ret_colour, seL4_Word *ret_word)
{
    struct probe_server *self = self_of(server);

    promise(self, colour <= PROBE_COLOUR_BLUE);
    *ret_small = small;
    *ret_flag = !flag;
    *ret_colour = (enum probe_colour)((colour + 1) % 3);
    *ret_word = word;
    return SK_OK;
}

static sk_err turn(struct sk_rpc_server *server, const struct probe_shape *shape, uint16_t by,
                   struct probe_shape *ret_shape)
{
    struct probe_server *self = self_of(server);

    promise(self, shape->colour <= PROBE_COLOUR_BLUE);
    if (by % 180 != 0) {
        return PROBE_ERR_UNWANTED;
    }
    *ret_shape = *shape;
    ret_shape->corners[0] = shape->corners[by / 180 % 2];
    ret_shape->corners[1] = shape->corners[(by / 180 + 1) % 2];
    return SK_OK;
}

static sk_err echo(struct sk_rpc_server *server, const uint8_t *data, size_t data_size,
                   const char *text, uint8_t (*ret_data)[PROBE_ECHO_RET_DATA_MAX],
                   size_t *ret_data_size, char (*ret_text)[PROBE_ECHO_RET_TEXT_MAX + 1])
{
    struct probe_server *self = self_of(server);

    promise(self, data_size <= PROBE_ECHO_DATA_MAX && is_text(text, PROBE_ECHO_TEXT_MAX));
    copy(*ret_data, data, data_size);
    *ret_data_size = data_size;
    copy(*ret_text, text, sk_rpc_count(text, PROBE_ECHO_TEXT_MAX));
    return SK_OK;
}

static sk_err store(struct sk_rpc_server *server, uint8_t at, const char *name,
                    const uint8_t *data, size_t data_size)
{
    struct probe_server *self = self_of(server);

    promise(self, data_size <= PROBE_STORE_DATA_MAX && is_text(name, PROBE_STORE_NAME_MAX));
    if (at > 1) {
        return PROBE_ERR_FULL;
    }
    copy(self->stored[at].name, name, sk_rpc_count(name, PROBE_STORE_NAME_MAX) + 1);
    copy(self->stored[at].data, data, data_size);
    self->stored[at].size = data_size;
    return SK_OK;
}

static sk_err fetch(struct sk_rpc_server *server, uint8_t at,
                    char (*ret_name)[PROBE_FETCH_RET_NAME_MAX + 1],
                    uint8_t (*ret_data)[PROBE_FETCH_RET_DATA_MAX], size_t *ret_data_size)
{
    struct probe_server *self = self_of(server);

    if (at > 1) {
        return PROBE_ERR_FULL;
    }
    copy(*ret_name, self->stored[at].name, sizeof(*ret_name));
    copy(*ret_data, self->stored[at].data, self->stored[at].size);
    *ret_data_size = self->stored[at].size;
    return SK_OK;
}

static sk_err give(struct sk_rpc_server *server, bool keep, sk_endpoint endpoint,
                   sk_owned_slot *endpoint_slot, bool *ret_is_kept)
{
    struct probe_server *self = self_of(server);

    promise(self, endpoint.cptr == sk_owned_slot_cptr(endpoint_slot));
    if (keep && sk_own_is_empty(&self->endpoint_slot)) {
        self->endpoint_slot = SK_MOVE(*endpoint_slot);
        *ret_is_kept = true;
    }
    return SK_OK;
}

static sk_err get(struct sk_rpc_server *server, sk_notification *ret_bell, seL4_Word *ret_badge)
{
    struct probe_server *self = self_of(server);

    *ret_bell = self->handle;
    *ret_badge = 5;
    return SK_OK;
}

static sk_err fail(struct sk_rpc_server *server, uint16_t how)
{
    (void)self_of(server);
    return (sk_err)how;
}

static sk_err wait(struct sk_rpc_server *server, seL4_Word *ret_word)
{
    struct probe_server *self = self_of(server);

    *ret_word = 0;
    if (!sk_own_is_empty(&self->later)) {
        return PROBE_ERR_FULL;
    }
    return sk_rpc_keep(server, &self->later);
}

static sk_err wake(struct sk_rpc_server *server, seL4_Word word)
{
    struct probe_server *self = self_of(server);

    if (sk_own_is_empty(&self->later)) {
        return PROBE_ERR_UNWANTED;
    }
    probe_wait_answer(&self->later, word == 0 ? PROBE_ERR_UNWANTED : SK_OK, word);
    return SK_OK;
}

const struct probe_handlers probe_handlers = {
    .nothing = nothing,
    .add = add,
    .mix = mix,
    .turn = turn,
    .echo = echo,
    .store = store,
    .fetch = fetch,
    .give = give,
    .get = get,
    .fail = fail,
    .wait = wait,
    .wake = wake,
};

static struct probe_server the_server;

/* A copy of a capability, with a badge. */
static seL4_CPtr mint(struct scene *s, seL4_CPtr from, seL4_Word badge)
{
    sk_slot to = scene_slot(s);
    seL4_Error e = seL4_CNode_Mint(to.root.cptr, to.index, to.depth, s->cnode, from,
                                   seL4_WordBits, seL4_AllRights, badge);

    return e == seL4_NoError ? sk_slot_cptr(to) : seL4_CapNull;
}

static void run(seL4_Word argument)
{
    (void)argument;
    probe_serve(&the_server.rpc, &probe_handlers);
}

/* A loop of one's own: what is below the protocol's labels is answered here. */
static void run_loop(seL4_Word argument)
{
    (void)argument;
    sk_reader message = sk_rpc_receive(&the_server.rpc);

    for (;;) {
        bool is_call = sk_reader_label(&message) >= SK_RPC_CONNECT;
        sk_builder answer = is_call ? probe_handle(&the_server.rpc, &probe_handlers, &message)
                                    : sk_reader_answer(&message, SERVER_OTHER);

        message = sk_rpc_answer_receive(&the_server.rpc, &answer);
    }
}

static struct probe_server *start(struct scene *s, void (*entry)(seL4_Word argument),
                                  seL4_Word priority)
{
    the_server = (struct probe_server){
        .source = scene_source_open(s),
        .bell = {scene_make(s, SK_BLUEPRINT(Notification))},
    };
    the_server.handle = (sk_notification){mint(s, the_server.bell.cptr, 5)};
    sk_err e = sk_rpc_server_init(&the_server.rpc,
                                  (struct sk_rpc_server_options){
                                      .endpoint = {scene_make(s, SK_BLUEPRINT(Endpoint))},
                                      .source = &the_server.source.source,
                                      .self = &the_server,
                                      .pages = the_server.pages,
                                      .page_count = SERVER_PAGES,
                                      .page_vaddr = scene_vaddr,
                                  });
    bool is_started = e == SK_OK && the_server.handle.cptr != 0 &&
                      the_server.rpc.endpoint.cptr != 0 &&
                      scene_thread(s, entry, 0, priority, seL4_CapNull) != 0;

    return is_started ? &the_server : NULL;
}

struct probe_server *probe_server_start(struct scene *s, seL4_Word priority)
{
    return start(s, run, priority);
}

struct probe_server *probe_server_start_loop(struct scene *s, seL4_Word priority)
{
    return start(s, run_loop, priority);
}

sk_endpoint probe_server_badged(struct scene *s, seL4_Word badge)
{
    return (sk_endpoint){mint(s, the_server.rpc.endpoint.cptr, badge)};
}
