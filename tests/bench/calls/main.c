/*
 * The calls that the benchmark measures. Each runs COUNT times between two marks, after a
 * warm-up; tests/bench/run.sh divides the instructions in between by COUNT.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <stddef.h>

#include <selkie/arch/rt/mark.h>
#include <selkie/rt/main.h>
#include <selkie/rt/print.h>

#include "memory.h"
#include "operations.h"
#include "servers.h"
#include "thread.h"

#define COUNT   1000
#define WARM_UP 100

/* Marks 2 * number and 2 * number + 1 enclose COUNT repetitions of what call does to cap. */
#define MEASURE(number, call, target)         \
    do {                                      \
        seL4_CPtr cap = (target);             \
        MEASURE_OPERATION(number, call, cap); \
    } while (0)

#define MEASURE_OPERATION(number, call, operand) \
    do {                                         \
        call(operand, WARM_UP);                  \
        sk_arch_mark(2 * (number));              \
        call(operand, COUNT);                    \
        sk_arch_mark(2 * (number) + 1);          \
    } while (0)

__attribute__((noinline)) static void yield(seL4_CPtr unused, unsigned count)
{
    (void)unused;
    for (unsigned i = 0; i < count; i++) {
        seL4_Yield();
    }
}

__attribute__((noinline)) static void poll(seL4_CPtr notification, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        (void)seL4_Poll(notification, NULL);
    }
}

__attribute__((noinline)) static void signal(seL4_CPtr notification, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        seL4_Signal(notification);
    }
}

/*
 * Start a server of our own priority that has no time of its own: it runs on that of its
 * callers, as the fast path wants it. Returns its endpoint.
 */
static seL4_CPtr start_server(struct memory *memory, const seL4_BootInfo *bi,
                              void (*serve)(void *arg), struct server *server)
{
    const struct thread_options options = {
        .sched_control = bi->schedcontrol.start,
        .cspace = seL4_CapInitThreadCNode,
        .cspace_bits = bi->initThreadCNodeSizeBits,
        .priority = seL4_MaxPrio,
        .budget_us = 10000,
        .period_us = 10000,
    };

    server->endpoint = memory_object(memory, seL4_EndpointObject, 0);
    server->reply = memory_object(memory, seL4_ReplyObject, 0);
    server->ready = memory_object(memory, seL4_NotificationObject, 0);
    struct thread thread = thread_start(memory, serve, server, &options);
    seL4_Wait(server->ready, NULL);
    check(seL4_SchedContext_Unbind(thread.context), "seL4_SchedContext_Unbind");
    return server->endpoint;
}

SK_ROOT_TASK(bi)
{
    struct memory memory = memory_init(bi, 20);
    struct server servers[3];
    seL4_CPtr notification = memory_object(&memory, seL4_NotificationObject, 0);

    MEASURE(0, yield, seL4_CapNull);
    MEASURE(1, poll, notification);
    MEASURE(2, signal, notification);
    MEASURE(3, call_0_words, start_server(&memory, bi, serve_0_words, &servers[0]));
    MEASURE(4, call_4_words, start_server(&memory, bi, serve_4_words, &servers[1]));
    MEASURE(5, call_8_words, start_server(&memory, bi, serve_8_words, &servers[2]));

    struct operands operands = operands_make(&memory);
    MEASURE_OPERATION(6, copy_and_delete, &operands);
    MEASURE_OPERATION(7, unmap_and_map, &operands);
    MEASURE_OPERATION(8, make_and_delete_endpoint, &operands);
    MEASURE_OPERATION(9, make_and_delete_tcb, &operands);
    sk_puts("measured");
    return 0;
}
