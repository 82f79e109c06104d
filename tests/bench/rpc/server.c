/* SPDX-License-Identifier: BSD-2-Clause */
#include "server.h"

static sk_err nothing(struct sk_rpc_server *server)
{
    (void)server;
    return SK_OK;
}

static sk_err four(struct sk_rpc_server *server, seL4_Word a, seL4_Word b, seL4_Word c,
                   seL4_Word d, seL4_Word *ret_a, seL4_Word *ret_b, seL4_Word *ret_c,
                   seL4_Word *ret_d)
{
    (void)server;
    *ret_a = a;
    *ret_b = b;
    *ret_c = c;
    *ret_d = d;
    return SK_OK;
}

static sk_err eight(struct sk_rpc_server *server, const struct adder_eight *in,
                    struct adder_eight *ret_out)
{
    (void)server;
    *ret_out = *in;
    return SK_OK;
}

static sk_err take(struct sk_rpc_server *server, const uint8_t *data, size_t data_size)
{
    (void)server;
    (void)data;
    (void)data_size;
    return SK_OK;
}

void serve_adder(void *arg)
{
    static const struct adder_handlers handlers = {
        .nothing = nothing,
        .four = four,
        .eight = eight,
        .text = take,
        .load = take,
    };
    struct adder *adder = arg;

    seL4_Signal(adder->ready);
    adder_serve(&adder->rpc, &handlers);
}
