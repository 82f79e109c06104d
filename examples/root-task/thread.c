/* SPDX-License-Identifier: BSD-2-Clause */
#include "thread.h"

#include <selkie/arch/rt/thread.h>
#include <selkie/rt/tls.h>

#define STACK_PAGES 2

/* What the new thread runs first: a thread must know its IPC buffer before it sends. */
struct start {
    void (*entry)(void *arg);
    void *arg;
    seL4_IPCBuffer *ipc_buffer;
};

static void start_here(void *arg)
{
    const struct start *start = arg;

    seL4_SetIPCBuffer(start->ipc_buffer);
    start->entry(start->arg);
    for (;;) { /* There is nowhere to return to. */
        seL4_Yield();
    }
}

/* A stack, with a page below it where nothing is mapped: its guard. Returns its top. */
static uintptr_t make_stack(struct memory *memory)
{
    memory->vaddr += PAGE_SIZE;
    for (int i = 0; i < STACK_PAGES; i++) {
        memory_page(memory);
    }
    return memory->vaddr;
}

/* Time on this machine's only core: budget_us in every period_us. */
static seL4_CPtr make_context(struct memory *memory, const struct thread_options *options)
{
    seL4_CPtr context =
        memory_object(memory, seL4_SchedContextObject, seL4_MinSchedContextBits);

    check(seL4_SchedControl_ConfigureFlags(options->sched_control, context, options->budget_us,
                                           options->period_us, 0, 0, seL4_SchedContext_NoFlag),
          "seL4_SchedControl_ConfigureFlags");
    return context;
}

struct thread thread_start(struct memory *memory, void (*entry)(void *arg), void *arg,
                           const struct thread_options *options)
{
    seL4_CPtr tcb = memory_object(memory, seL4_TCBObject, 0);
    seL4_CPtr context = make_context(memory, options);
    uintptr_t ipc_buffer = memory->vaddr;
    seL4_CPtr ipc_buffer_page = memory_page(memory);

    /* At the top of the stack: where to start, and below it the thread-local variables. */
    struct start *start = (struct start *)make_stack(memory) - 1;
    uintptr_t top = ((uintptr_t)start & ~(uintptr_t)15) - sk_tls_size();
    uintptr_t thread_pointer = sk_tls_init((void *)top);

    *start = (struct start){entry, arg, (seL4_IPCBuffer *)ipc_buffer};

    /* A guard of zeros fills the bits that the small CNode does not decode. */
    seL4_Word guard = seL4_CNode_CapData_new(0, seL4_WordBits - options->cspace_bits).words[0];
    check(seL4_TCB_Configure(tcb, options->cspace, guard, seL4_CapInitThreadVSpace, 0,
                             ipc_buffer, ipc_buffer_page),
          "seL4_TCB_Configure");
    check(seL4_TCB_SetSchedParams(tcb, seL4_CapInitThreadTCB, 0, options->priority, context,
                                  seL4_CapNull),
          "seL4_TCB_SetSchedParams");

    seL4_UserContext registers =
        sk_arch_thread_registers(start_here, start, top, thread_pointer);
    check(seL4_TCB_WriteRegisters(tcb, 1, 0, SK_ARCH_REGISTER_COUNT, &registers),
          "seL4_TCB_WriteRegisters");
    return (struct thread){tcb, context};
}
