/*
 * The server that the benchmark calls.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <rpc/adder_server.h>

struct adder {
    struct sk_rpc_server rpc;
    struct sk_rpc_page page;
    seL4_CPtr ready; /* a notification, signalled once before the first message */
};

/* A thread's body; arg is a struct adder. */
void serve_adder(void *arg);
