/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/arch/rt/thread.h>
#include <selkie/rt/tls.h>

#include "sandbox.h"
#include "verdict.h"

#define TIME_SLICE 10000 /* us */

/* The threads of the test that runs. */
static struct thread threads[MAX_THREADS];
static size_t thread_count;

static seL4_CPtr supervisor_endpoint;

void threads_reset(void)
{
    thread_count = 0;
}

void threads_init(seL4_CPtr endpoint)
{
    supervisor_endpoint = endpoint;
}

/* The first function of a thread, whose arg is its struct. */
static void thread_main(void *arg)
{
    struct thread *self = arg;

    seL4_SetIPCBuffer(self->ipc_buffer);
    verdict_supervise();
    self->body(self->arg);
    self->is_done = true;
    for (;;) {
        seL4_TCB_Suspend(self->tcb);
    }
}

struct thread *thread_make(void (*body)(void *arg), void *arg, seL4_Word priority)
{
    seL4_Word number = thread_count;
    seL4_SlotPos fault_endpoint = slot();

    if (number == MAX_THREADS) {
        fail(__FILE__, __LINE__, "a test has no more than %d threads", MAX_THREADS);
    }
    struct room *room = &rooms[number];
    struct thread *thread = &threads[number];
    uintptr_t top = (uintptr_t)(room + 1) - sk_tls_size();

    thread_count++;
    __builtin_memset(&room->ipc_buffer, 0, sizeof(room->ipc_buffer));
    *thread = (struct thread){
        .tcb = make(seL4_TCBObject),
        .context = make_sized(seL4_SchedContextObject, 8),
        .ipc_buffer_page = copy_from_root(image_page(room)),
        .ipc_buffer = &room->ipc_buffer,
        .body = body,
        .arg = arg,
        .stack_top = top,
        .thread_pointer = sk_tls_init((void *)top),
    };
    OK(seL4_CNode_Mint(MY_CNODE, fault_endpoint, seL4_WordBits, ROOT_CNODE, supervisor_endpoint,
                       seL4_WordBits, seL4_AllRights, BADGE_THREAD + number));
    OK(seL4_SchedControl_ConfigureFlags(SCHED_CONTROL, thread->context, TIME_SLICE, TIME_SLICE,
                                        0, 0, seL4_SchedContext_NoFlag));
    OK(seL4_TCB_Configure(thread->tcb, MY_CNODE, 0, MY_VSPACE, 0, (seL4_Word)room,
                          thread->ipc_buffer_page));
    OK(seL4_TCB_SetSchedParams(thread->tcb, MY_TCB, TEST_MCP, priority, thread->context,
                               fault_endpoint));
    return thread;
}

void thread_start(struct thread *thread)
{
    seL4_UserContext registers = sk_arch_thread_registers(
        thread_main, thread, thread->stack_top, thread->thread_pointer);

    OK(seL4_TCB_WriteRegisters(thread->tcb, 1, 0, SK_ARCH_REGISTER_COUNT, &registers));
}

struct thread *thread_run(void (*body)(void *arg), void *arg, seL4_Word priority)
{
    struct thread *thread = thread_make(body, arg, priority);

    thread_start(thread);
    return thread;
}

void settle(void)
{
    /* At the lowest priority, going on means that nobody else can. */
    OK(seL4_TCB_SetPriority(MY_TCB, MY_TCB, seL4_MinPrio));
    OK(seL4_TCB_SetPriority(MY_TCB, MY_TCB, TEST_PRIORITY));
}
