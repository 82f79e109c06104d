/* SPDX-License-Identifier: BSD-2-Clause */
#include "server.h"

#include <selkie/rt/string.h>

/* The client whose call is being handled. Badges are what main.c gave. */
static unsigned caller_of(const struct sk_rpc_server *server)
{
    return (unsigned)(server->badge - 1) % SERVER_CLIENTS;
}

static sk_err write_note(struct sk_rpc_server *server, enum notes_colour colour,
                         const char *text, uint16_t *ret_number)
{
    struct notes_server *self = server->self;
    unsigned c = caller_of(server);

    if (self->clients[c].count == SERVER_NOTES) {
        return NOTES_ERR_FULL;
    }
    *ret_number = self->clients[c].count++;

    struct note *note = &self->clients[c].notes[*ret_number];
    note->colour = colour;
    memcpy(note->text, text, strlen(text) + 1);
    return SK_OK;
}

static sk_err read_note(struct sk_rpc_server *server, uint16_t number,
                        enum notes_colour *ret_colour,
                        char (*ret_text)[NOTES_READ_RET_TEXT_MAX + 1])
{
    const struct notes_server *self = server->self;
    unsigned c = caller_of(server);

    if (number >= self->clients[c].count) {
        return NOTES_ERR_UNKNOWN;
    }
    *ret_colour = self->clients[c].notes[number].colour;
    memcpy(*ret_text, self->clients[c].notes[number].text, sizeof(*ret_text));
    return SK_OK;
}

static sk_err look(struct sk_rpc_server *server, struct notes_usage *ret_usage)
{
    const struct notes_server *self = server->self;

    *ret_usage = (struct notes_usage){self->clients[caller_of(server)].count, SERVER_NOTES};
    return SK_OK;
}

static sk_err clear(struct sk_rpc_server *server)
{
    struct notes_server *self = server->self;

    self->clients[caller_of(server)].count = 0;
    return SK_OK;
}

void notes_server_run(void *arg)
{
    static const struct notes_handlers handlers = {
        .write = write_note,
        .read = read_note,
        .look = look,
        .clear = clear,
    };
    struct notes_server *self = arg;

    notes_serve(&self->rpc, &handlers);
}
