/*
 * The server of the notes: a thread that keeps them, each client's apart.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <rpc/notes_server.h>

#define SERVER_CLIENTS 2
#define SERVER_NOTES   3

struct note {
    enum notes_colour colour;
    char text[NOTES_WRITE_TEXT_MAX + 1];
};

struct notes_server {
    struct sk_rpc_server rpc;
    struct {
        struct note notes[SERVER_NOTES];
        uint16_t count;
    } clients[SERVER_CLIENTS]; /* client n has badge n + 1 */
};

/* A thread's body; arg is a struct notes_server whose rpc is ready. It does not return. */
void notes_server_run(void *arg);
