/*
 * A full-length echo, written against the raw layer alone: the root task calls a second
 * thread with up to seL4_MsgMaxLength words, the thread adds one to each and answers, and the
 * root task checks every word. echo.sh builds and boots it at each optimisation level, with
 * both compilers, and with the IPC buffer's address in a thread-local and in a plain global.
 *
 * With the plain global both threads must have the same IPC buffer, because the stubs of
 * either look for it in the same variable. The kernel then copies each message onto itself.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <stdint.h>

#include <selkie/arch/rt/thread.h>
#include <selkie/base/assert.h>
#include <selkie/config.h>
#include <selkie/rt/main.h>
#include <selkie/rt/print.h>
#include <selkie/rt/tls.h>

#define PAGE_SIZE ((uintptr_t)1 << seL4_PageBits)
#define LABEL     0xec40
#define BUDGET_US 10000

/* One page for the second thread's IPC buffer, and its stack. */
static _Alignas(1 << seL4_PageBits) char buffer_page[1 << seL4_PageBits];
static _Alignas(16) char stack[16384];

/* What the second thread needs, and the slots we fill for it. */
struct server {
    seL4_CPtr tcb;
    seL4_CPtr context;
    seL4_CPtr endpoint;
    seL4_CPtr reply;
    seL4_CPtr buffer_frame;
    seL4_IPCBuffer *buffer;
};

static void check(seL4_Error error, const char *what)
{
    if (error != seL4_NoError) {
        sk_panic_at(__FILE__, __LINE__, "%s: error %d", what, (int)error);
    }
}

/* The first piece of ordinary memory with room for everything here. */
static seL4_CPtr find_memory(const seL4_BootInfo *bi)
{
    for (seL4_Word i = 0; i < bi->untyped.end - bi->untyped.start; i++) {
        if (!bi->untypedList[i].isDevice && bi->untypedList[i].sizeBits >= 16) {
            return bi->untyped.start + i;
        }
    }
    sk_panic_at(__FILE__, __LINE__, "no memory");
}

/* The kernel maps the image as a row of pages that ends at the IPC buffer. */
static seL4_CPtr frame_of(const seL4_BootInfo *bi, const void *page)
{
    uintptr_t distance = (uintptr_t)bi->ipcBuffer - (uintptr_t)page;

    return bi->userImageFrames.end - distance / PAGE_SIZE;
}

static seL4_CPtr make(seL4_CPtr memory, seL4_Word type, seL4_Word size_bits, seL4_CPtr slot)
{
    check(seL4_Untyped_Retype(memory, type, size_bits, seL4_CapInitThreadCNode, 0, 0, slot, 1),
          "seL4_Untyped_Retype");
    return slot;
}

static struct server make_server(const seL4_BootInfo *bi)
{
    seL4_CPtr memory = find_memory(bi);
    seL4_CPtr slot = bi->empty.start;
    struct server server = {
        .tcb = make(memory, seL4_TCBObject, 0, slot),
        .context = make(memory, seL4_SchedContextObject, seL4_MinSchedContextBits, slot + 1),
        .endpoint = make(memory, seL4_EndpointObject, 0, slot + 2),
        .reply = make(memory, seL4_ReplyObject, 0, slot + 3),
        .buffer = bi->ipcBuffer,
        .buffer_frame = seL4_CapInitThreadIPCBuffer,
    };

    if (SK_CFG_LIB_SEL4_USE_THREAD_LOCALS) {
        server.buffer = (seL4_IPCBuffer *)(void *)buffer_page;
        server.buffer_frame = frame_of(bi, buffer_page);
    }
    return server;
}

/* Add one to every word, for ever. */
static void serve(void *arg)
{
    const struct server *server = arg;
    seL4_Word badge;

    seL4_SetIPCBuffer(server->buffer);

    seL4_MessageInfo_t info = seL4_Recv(server->endpoint, &badge, server->reply);
    for (;;) {
        seL4_Word length = seL4_MessageInfo_get_length(info);

        for (seL4_Word i = 0; i < length; i++) {
            seL4_SetMR((int)i, seL4_GetMR((int)i) + 1);
        }
        info = seL4_ReplyRecv(server->endpoint, seL4_MessageInfo_new(LABEL + 1, 0, 0, length),
                              &badge, server->reply);
    }
}

static void start(const seL4_BootInfo *bi, struct server *server)
{
    /* Without thread-locals there is nothing to lay out, and room stays unused. */
    char *room = stack + sizeof(stack) - sk_tls_size();
    uintptr_t thread_pointer = sk_tls_init(room);
    uintptr_t stack_top = (uintptr_t)room & ~(uintptr_t)15;
    seL4_UserContext regs = sk_arch_thread_registers(serve, server, stack_top, thread_pointer);

    check(seL4_TCB_Configure(server->tcb, seL4_CapInitThreadCNode, 0, seL4_CapInitThreadVSpace,
                             0, (seL4_Word)server->buffer, server->buffer_frame),
          "seL4_TCB_Configure");
    check(seL4_SchedControl_ConfigureFlags(bi->schedcontrol.start, server->context, BUDGET_US,
                                           BUDGET_US, 0, 0, 0),
          "seL4_SchedControl_ConfigureFlags");
    check(seL4_TCB_SetSchedParams(server->tcb, seL4_CapInitThreadTCB, seL4_MaxPrio,
                                  seL4_MaxPrio, server->context, seL4_CapNull),
          "seL4_TCB_SetSchedParams");
    check(seL4_TCB_WriteRegisters(server->tcb, 1, 0, SK_ARCH_REGISTER_COUNT, &regs),
          "seL4_TCB_WriteRegisters");
}

/* A word that tells its place and its message apart from any other. */
static seL4_Word pattern(seL4_Word length, seL4_Word i)
{
    return (length << 48) ^ (i * 0x9e3779b97f4a7c15);
}

static void call(seL4_CPtr endpoint, seL4_Word length)
{
    for (seL4_Word i = 0; i < length; i++) {
        seL4_SetMR((int)i, pattern(length, i));
    }

    seL4_MessageInfo_t info = seL4_Call(endpoint, seL4_MessageInfo_new(LABEL, 0, 0, length));

    sk_assert(seL4_MessageInfo_get_label(info) == LABEL + 1);
    sk_assert(seL4_MessageInfo_get_length(info) == length);
    for (seL4_Word i = 0; i < length; i++) {
        seL4_Word word = seL4_GetMR((int)i);

        if (word != pattern(length, i) + 1) {
            sk_panic_at(__FILE__, __LINE__, "word %lu of %lu is %lx", i, length, word);
        }
    }
}

SK_ROOT_TASK(bi)
{
    static const seL4_Word lengths[] = {seL4_MsgMaxLength, 0, 1, 3, 4, 5, 119,
                                        seL4_MsgMaxLength};
    static struct server server;

    server = make_server(bi);
    start(bi, &server);
    for (unsigned i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++) {
        call(server.endpoint, lengths[i]);
    }
    sk_puts("every word came back, one larger");
    return 0;
}
