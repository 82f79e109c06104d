/*
 * Round trips by generated stubs, beside the same by hand: row n of rows.txt is done COUNT
 * times between the marks 2 * n and 2 * n + 1, after a warm-up.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <rpc/adder_client.h>
#include <selkie/arch/rt/mark.h>
#include <selkie/base/assert.h>
#include <selkie/rt/boot_source.h>
#include <selkie/rt/main.h>
#include <selkie/rt/print.h>

#include "memory.h"
#include "server.h"
#include "servers.h"
#include "thread.h"

#define COUNT   1000
#define WARM_UP 100

#define SERVER_PAGE 0x1000180000ul
#define CLIENT_PAGE 0x1000190000ul

#define MEASURE(number, call, target)   \
    do {                                \
        call(target, WARM_UP);          \
        sk_arch_mark(2 * (number));     \
        call(target, COUNT);            \
        sk_arch_mark(2 * (number) + 1); \
    } while (0)

static uint8_t bytes[ADDER_LOAD_DATA_MAX];

__attribute__((noinline)) static void call_nothing(const struct adder_client *c, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        sk_require(adder_nothing(c) == SK_OK);
    }
}

__attribute__((noinline)) static void call_four(const struct adder_client *client,
                                                unsigned count)
{
    seL4_Word a = 1;
    seL4_Word b = 2;
    seL4_Word c = 3;
    seL4_Word d = 4;

    for (unsigned i = 0; i < count; i++) {
        sk_require(adder_four(client, a, b, c, d, &a, &b, &c, &d) == SK_OK);
    }
}

__attribute__((noinline)) static void call_eight(const struct adder_client *c, unsigned count)
{
    struct adder_eight words = {{1, 2, 3, 4, 5, 6, 7, 8}};

    for (unsigned i = 0; i < count; i++) {
        sk_require(adder_eight(c, &words, &words) == SK_OK);
    }
}

__attribute__((noinline)) static void call_64(const struct adder_client *c, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        sk_require(adder_text(c, bytes, 64) == SK_OK);
    }
}

__attribute__((noinline)) static void call_400(const struct adder_client *c, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        sk_require(adder_text(c, bytes, 400) == SK_OK);
    }
}

__attribute__((noinline)) static void call_page(const struct adder_client *c, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        sk_require(adder_load(c, bytes, sizeof(bytes)) == SK_OK);
    }
}

/*
 * The same by hand: the size and the bytes, checked and copied by the server. The first three
 * words are in registers.
 */
#define BY_REGISTERS (3 * sizeof(seL4_Word))

static void raw_bytes(seL4_CPtr endpoint, unsigned count, size_t size)
{
    for (unsigned i = 0; i < count; i++) {
        seL4_Word word[4] = {size};

        __builtin_memcpy(&word[1], bytes, BY_REGISTERS);
        __builtin_memcpy(&seL4_GetIPCBuffer()->msg[4], bytes + BY_REGISTERS,
                         size - BY_REGISTERS);
        (void)seL4_CallWithMRs(endpoint,
                               seL4_MessageInfo_new(0, 0, 0, 1 + size / sizeof(seL4_Word)),
                               &word[0], &word[1], &word[2], &word[3]);
    }
}

__attribute__((noinline)) static void raw_64(seL4_CPtr endpoint, unsigned count)
{
    raw_bytes(endpoint, count, 64);
}

__attribute__((noinline)) static void raw_400(seL4_CPtr endpoint, unsigned count)
{
    raw_bytes(endpoint, count, 400);
}

static void serve_bytes(void *arg)
{
    static uint8_t copy[ADDER_TEXT_DATA_MAX];
    const struct server server = *(struct server *)arg;
    seL4_Word word[4] = {0};

    seL4_Signal(server.ready);
    seL4_MessageInfo_t info = seL4_RecvWithMRs(server.endpoint, NULL, server.reply, &word[0],
                                               &word[1], &word[2], &word[3]);
    for (;;) {
        seL4_Word size = word[0];

        sk_require(size >= BY_REGISTERS && size <= sizeof(copy) &&
                   seL4_MessageInfo_get_length(info) == 1 + size / sizeof(seL4_Word));
        __builtin_memcpy(copy, &word[1], BY_REGISTERS);
        __builtin_memcpy(copy + BY_REGISTERS, &seL4_GetIPCBuffer()->msg[4],
                         size - BY_REGISTERS);
        info = seL4_ReplyRecvWithMRs(server.endpoint, seL4_MessageInfo_new(0, 0, 0, 0), NULL,
                                     &word[0], &word[1], &word[2], &word[3], server.reply);
    }
}

/* Start a server that runs on its callers' time, as the fast path wants it. */
static void start(struct memory *memory, const seL4_BootInfo *bi, void (*serve)(void *arg),
                  void *arg, seL4_CPtr ready)
{
    const struct thread_options options = {
        .sched_control = bi->schedcontrol.start,
        .cspace = seL4_CapInitThreadCNode,
        .cspace_bits = bi->initThreadCNodeSizeBits,
        .priority = seL4_MaxPrio,
        .budget_us = 10000,
        .period_us = 10000,
    };
    struct thread thread = thread_start(memory, serve, arg, &options);

    seL4_Wait(ready, NULL);
    check(seL4_SchedContext_Unbind(thread.context), "seL4_SchedContext_Unbind");
}

static void by_hand(struct memory *memory, const seL4_BootInfo *bi, void (*serve)(void *arg),
                    struct server *server)
{
    server->endpoint = memory_object(memory, seL4_EndpointObject, 0);
    server->reply = memory_object(memory, seL4_ReplyObject, 0);
    server->ready = memory_object(memory, seL4_NotificationObject, 0);
    start(memory, bi, serve, server, server->ready);
}

SK_ROOT_TASK(bi)
{
    static struct adder adder;
    struct memory memory = memory_init(bi, 20);
    struct sk_source *source = sk_boot_source();
    struct server servers[4];
    struct adder_client client;

    adder.ready = memory_object(&memory, seL4_NotificationObject, 0);
    sk_assert(sk_rpc_server_init(
                  &adder.rpc, (struct sk_rpc_server_options){
                                  .endpoint = {memory_object(&memory, seL4_EndpointObject, 0)},
                                  .source = source,
                                  .pages = &adder.page,
                                  .page_count = 1,
                                  .page_vaddr = SERVER_PAGE,
                              }) == SK_OK);
    start(&memory, bi, serve_adder, &adder, adder.ready);
    sk_assert(adder_connect(adder.rpc.endpoint,
                            (struct sk_rpc_client_options){source, CLIENT_PAGE},
                            &client) == SK_OK);

    by_hand(&memory, bi, serve_0_words, &servers[0]);
    by_hand(&memory, bi, serve_4_words, &servers[1]);
    by_hand(&memory, bi, serve_8_words, &servers[2]);
    by_hand(&memory, bi, serve_bytes, &servers[3]);

    MEASURE(0, call_0_words, servers[0].endpoint);
    MEASURE(1, call_nothing, &client);
    MEASURE(2, call_4_words, servers[1].endpoint);
    MEASURE(3, call_four, &client);
    MEASURE(4, call_8_words, servers[2].endpoint);
    MEASURE(5, call_eight, &client);
    MEASURE(6, raw_64, servers[3].endpoint);
    MEASURE(7, call_64, &client);
    MEASURE(8, raw_400, servers[3].endpoint);
    MEASURE(9, call_400, &client);
    MEASURE(10, call_page, &client);
    sk_puts("measured");
    return 0;
}
