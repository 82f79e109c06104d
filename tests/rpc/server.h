/*
 * A server of tests/rpc/probe.xml, which has all but the method absent.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <rpc/probe_server.h>

#include "source.h"

#define SERVER_PAGES 2

struct probe_server {
    struct sk_rpc_server rpc; /* its self is this */
    struct scene_source source;
    struct sk_rpc_page pages[SERVER_PAGES];
    sk_notification bell;   /* what get() gives away signals it */
    sk_notification handle; /* the same with badge 5 */
    struct {
        char name[PROBE_STORE_NAME_MAX + 1];
        uint8_t data[PROBE_STORE_DATA_MAX];
        size_t size;
    } stored[2];
    sk_owned_slot endpoint_slot; /* what was given and kept */
    sk_rpc_later later;
    unsigned handled; /* calls that a handler saw */
    unsigned wrong;   /* of these, with arguments that should not have come */
};

extern const struct probe_handlers probe_handlers;

/* Start it in a thread; null if something cannot be made. It lives as long as the case. */
struct probe_server *probe_server_start(struct scene *s, seL4_Word priority);

/* The same with a loop of its own: what is no method it answers with SERVER_OTHER. */
#define SERVER_OTHER 4321
struct probe_server *probe_server_start_loop(struct scene *s, seL4_Word priority);

/* A capability to it with a badge. */
sk_endpoint probe_server_badged(struct scene *s, seL4_Word badge);
