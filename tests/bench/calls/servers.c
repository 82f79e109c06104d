/* SPDX-License-Identifier: BSD-2-Clause */
#include "servers.h"

#include <stddef.h>

static void start(const struct server *server)
{
    seL4_Signal(server->ready);
    (void)seL4_Recv(server->endpoint, NULL, server->reply);
}

void serve_0_words(void *arg)
{
    const struct server server = *(struct server *)arg;

    start(&server);
    for (;;) {
        (void)seL4_ReplyRecvWithMRs(server.endpoint, seL4_MessageInfo_new(0, 0, 0, 0), NULL,
                                    NULL, NULL, NULL, NULL, server.reply);
    }
}

void serve_4_words(void *arg)
{
    const struct server server = *(struct server *)arg;
    seL4_Word word[4] = {0};

    start(&server);
    for (;;) {
        (void)seL4_ReplyRecvWithMRs(server.endpoint, seL4_MessageInfo_new(0, 0, 0, 4), NULL,
                                    &word[0], &word[1], &word[2], &word[3], server.reply);
    }
}

/* The words beyond the fourth stay in the message buffer, where the kernel put them. */
void serve_8_words(void *arg)
{
    const struct server server = *(struct server *)arg;
    seL4_Word word[4] = {0};

    start(&server);
    for (;;) {
        (void)seL4_ReplyRecvWithMRs(server.endpoint, seL4_MessageInfo_new(0, 0, 0, 8), NULL,
                                    &word[0], &word[1], &word[2], &word[3], server.reply);
    }
}

void call_0_words(seL4_CPtr endpoint, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        (void)seL4_CallWithMRs(endpoint, seL4_MessageInfo_new(0, 0, 0, 0), NULL, NULL, NULL,
                               NULL);
    }
}

void call_4_words(seL4_CPtr endpoint, unsigned count)
{
    seL4_Word word[4] = {1, 2, 3, 4};

    for (unsigned i = 0; i < count; i++) {
        (void)seL4_CallWithMRs(endpoint, seL4_MessageInfo_new(0, 0, 0, 4), &word[0], &word[1],
                               &word[2], &word[3]);
    }
}

void call_8_words(seL4_CPtr endpoint, unsigned count)
{
    seL4_Word word[4] = {1, 2, 3, 4};

    for (unsigned i = 0; i < count; i++) {
        for (int k = 4; k < 8; k++) {
            seL4_SetMR(k, i);
        }
        (void)seL4_CallWithMRs(endpoint, seL4_MessageInfo_new(0, 0, 0, 8), &word[0], &word[1],
                               &word[2], &word[3]);
    }
}
