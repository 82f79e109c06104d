/*
 * A root task that makes something of what it is given: it lists its boot info, creates
 * kernel objects from untyped memory, starts a second thread in a CSpace of its own, and
 * talks to it over an endpoint and a notification.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/rt/main.h>
#include <selkie/rt/panic.h>
#include <selkie/rt/print.h>

#include "boot_info.h"
#include "memory.h"
#include "thread.h"
#include "worker.h"

#define CALLER_BADGE 7
#define DONE_BADGE   0x100

/* What the two threads talk over. */
struct channel {
    seL4_CPtr endpoint;     /* ours, badged: the worker sees who calls */
    seL4_CPtr notification; /* the worker signals, we wait */
    seL4_CPtr worker_cnode;
};

/* Put a copy of one of our capabilities into a slot of the worker's CNode. */
static void give(seL4_CPtr worker_cnode, enum worker_slot slot, seL4_CPtr cap,
                 seL4_CapRights_t rights, seL4_Word badge)
{
    check(seL4_CNode_Mint(worker_cnode, slot, WORKER_CNODE_BITS, seL4_CapInitThreadCNode, cap,
                          seL4_WordBits, rights, badge),
          "seL4_CNode_Mint");
}

static struct channel make_channel(struct memory *memory)
{
    seL4_CPtr endpoint = memory_object(memory, seL4_EndpointObject, 0);
    seL4_CPtr reply = memory_object(memory, seL4_ReplyObject, 0);
    struct channel channel;

    channel.notification = memory_object(memory, seL4_NotificationObject, 0);
    channel.worker_cnode = memory_object(memory, seL4_CapTableObject, WORKER_CNODE_BITS);
    channel.endpoint = memory_slot(memory);
    check(seL4_CNode_Mint(seL4_CapInitThreadCNode, channel.endpoint, seL4_WordBits,
                          seL4_CapInitThreadCNode, endpoint, seL4_WordBits, seL4_AllRights,
                          CALLER_BADGE),
          "seL4_CNode_Mint");

    /* The worker may receive and signal, and nothing else. */
    give(channel.worker_cnode, WORKER_ENDPOINT, endpoint, seL4_CanRead, 0);
    give(channel.worker_cnode, WORKER_REPLY, reply, seL4_AllRights, 0);
    give(channel.worker_cnode, WORKER_NOTIFICATION, channel.notification, seL4_CanWrite,
         DONE_BADGE);
    return channel;
}

/* Call the worker with length words, and check that it added one to each. */
static void exchange(seL4_CPtr endpoint, seL4_Word length)
{
    for (seL4_Word i = 0; i < length; i++) {
        seL4_SetMR((int)i, length * 1000 + i);
    }

    seL4_MessageInfo_t answer =
        seL4_Call(endpoint, seL4_MessageInfo_new(WORKER_ADD_ONE, 0, 0, length));

    sk_assert(seL4_MessageInfo_get_label(answer) == CALLER_BADGE);
    sk_assert(seL4_MessageInfo_get_length(answer) == length);
    for (seL4_Word i = 0; i < length; i++) {
        sk_assert(seL4_GetMR((int)i) == length * 1000 + i + 1);
    }
    sk_printf("  %3lu words there and back\n", length);
}

SK_ROOT_TASK(bi)
{
    static const seL4_Word lengths[] = {0, 1, 4, 5, 8, 64, seL4_MsgMaxLength};
    const unsigned length_count = sizeof(lengths) / sizeof(lengths[0]);
    unsigned answered = 0;
    seL4_Word badge;

    print_boot_info(bi);

    /* A piece of memory of our own, cut from what the kernel gave us, for all objects. */
    struct memory memory = memory_init(bi, 20);
    memory.untyped = memory_object(&memory, seL4_UntypedObject, 17);

    sk_puts("a second thread");
    struct channel channel = make_channel(&memory);
    struct thread thread = thread_start(&memory, worker, &answered,
                                        &(struct thread_options){
                                            .sched_control = bi->schedcontrol.start,
                                            .cspace = channel.worker_cnode,
                                            .cspace_bits = WORKER_CNODE_BITS,
                                            .priority = 100,
                                            .budget_us = 10000,
                                            .period_us = 10000,
                                        });
    for (unsigned i = 0; i < length_count; i++) {
        exchange(channel.endpoint, lengths[i]);
    }

    seL4_Send(channel.endpoint, seL4_MessageInfo_new(WORKER_STOP, 0, 0, 0));
    seL4_Wait(channel.notification, &badge);
    check(seL4_TCB_Suspend(thread.tcb), "seL4_TCB_Suspend");
    sk_printf("  signal with badge 0x%lx\n", badge);

    sk_assert(badge == DONE_BADGE && answered == length_count);
    sk_assert(worker_answered == 0); /* Ours; the worker counted in its own. */
    sk_printf("done: %u calls answered, %lu capabilities made\n", answered,
              memory.slot - bi->empty.start);
    return 0;
}
