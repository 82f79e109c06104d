/* SPDX-License-Identifier: BSD-2-Clause */
#include "stage.h"

#include <selkie/arch/rt/thread.h>
#include <selkie/rt/print.h>
#include <selkie/rt/tls.h>

#include "../../cap/victim.h"

#define STACK_SIZE 8192
#define PAGE_SIZE  (1 << seL4_PageBits)

/* A thread's own pages. They are the program's, so the kernel maps them and we need no more. */
struct room {
    union {
        _Alignas(PAGE_SIZE) char page[PAGE_SIZE];
        seL4_IPCBuffer ipc_buffer;
    };
    char stack[STACK_SIZE];
    void (*entry)(seL4_Word argument);
    seL4_Word argument;
};

static struct room rooms[SCENE_THREADS];

extern char __executable_start[];

static void start_here(void *arg)
{
    struct room *room = arg;

    seL4_SetIPCBuffer(&room->ipc_buffer);
    room->entry(room->argument);
    for (;;) { /* There is nowhere to return to. */
        seL4_Yield();
    }
}

/* The page of the program that is at address. */
static seL4_CPtr page_of(const struct stage *stage, const void *address)
{
    return stage->info->userImageFrames.start +
           ((uintptr_t)address - (uintptr_t)__executable_start) / PAGE_SIZE;
}

seL4_CPtr scene_thread(struct scene *s, void (*entry)(seL4_Word argument), seL4_Word argument,
                       seL4_Word priority, seL4_CPtr fault_handler)
{
    struct stage *stage = s->stage;
    struct room *room = &rooms[stage->thread_count];
    seL4_CPtr tcb = scene_make(s, SK_BLUEPRINT(TCB));
    uintptr_t top = ((uintptr_t)room->stack + STACK_SIZE - sk_tls_size()) & ~(uintptr_t)15;
    uintptr_t thread_pointer = sk_tls_init((void *)top);
    seL4_UserContext registers =
        sk_arch_thread_registers(start_here, room, top, thread_pointer);

    room->entry = entry;
    room->argument = argument;
    room->ipc_buffer = (seL4_IPCBuffer){0};
    if (tcb == 0 || !stage_give_time(s, tcb) ||
        seL4_TCB_SetSpace(tcb, fault_handler, s->cnode, 0, s->vspace, 0) != seL4_NoError ||
        seL4_TCB_SetIPCBuffer(tcb, (seL4_Word)&room->ipc_buffer, page_of(stage, room)) !=
            seL4_NoError ||
        seL4_TCB_SetPriority(tcb, s->tcb, priority) != seL4_NoError ||
        seL4_TCB_WriteRegisters(tcb, 1, 0, SK_ARCH_REGISTER_COUNT, &registers) !=
            seL4_NoError) {
        return seL4_CapNull;
    }
    stage->threads[stage->thread_count++] = tcb;
    return tcb;
}

#define RETURNED 1234 /* no fault has this label */

struct attempt {
    void (*body)(void *arg);
    void *arg;
    sk_endpoint result;
};

static void run_attempt(seL4_Word argument)
{
    struct attempt *a = (struct attempt *)argument;

    a->body(a->arg);
    seL4_Send(a->result.cptr, seL4_MessageInfo_new(RETURNED, 0, 0, 0));
    scene_stop();
}

bool scene_traps(struct scene *s, void (*body)(void *arg), void *arg)
{
    struct attempt a = {body, arg, {seL4_CapNull}};
    struct victim v;
    seL4_Word label;

    if (!start_victim(s, &v, run_attempt, (seL4_Word)&a)) {
        return false;
    }
    a.result = v.faults;

    SK_AUTO(sk_reader) in = sk_reader_receive(v.faults, &v.caller);
    label = sk_reader_label(&in);
    return label != RETURNED && label != seL4_Fault_CapFault && label != seL4_Fault_VMFault;
}

void stage_clear(struct scene *s)
{
    struct stage *stage = s->stage;

    while (stage->thread_count > 0) {
        (void)seL4_TCB_Suspend(stage->threads[--stage->thread_count]);
    }
}

/* The largest piece of RAM, or of device memory: its number in the list. */
static seL4_Word largest(const seL4_BootInfo *bi, bool is_device)
{
    seL4_Word best = 0;
    seL4_Word bits = 0;

    for (seL4_Word n = 0; n < bi->untyped.end - bi->untyped.start; n++) {
        if (bi->untypedList[n].isDevice == is_device && bi->untypedList[n].sizeBits > bits) {
            best = n;
            bits = bi->untypedList[n].sizeBits;
        }
    }
    return best;
}

struct scene stage_scene(struct stage *stage)
{
    const seL4_BootInfo *bi = stage->info;
    seL4_Word device = largest(bi, true);

    return (struct scene){
        .untyped = bi->untyped.start + largest(bi, false),
        .device = bi->untyped.start + device,
        .device_bits = bi->untypedList[device].sizeBits,
        .cnode = seL4_CapInitThreadCNode,
        .node = sk_node_whole((unsigned)bi->initThreadCNodeSizeBits),
        .tcb = seL4_CapInitThreadTCB,
        .vspace = seL4_CapInitThreadVSpace,
        .sched_control = stage_sched_control(bi),
        .next_slot = bi->empty.start,
        .stage = stage,
    };
}

bool stage_say(const char *name, const char *wrong)
{
    sk_printf("%s %s%s%s\n", wrong == NULL ? "ok" : "not ok", name, wrong == NULL ? "" : ": ",
              wrong == NULL ? "" : wrong);
    return wrong != NULL;
}

unsigned stage_run(struct scene *s, const struct scene_case cases[], unsigned count)
{
    unsigned failures = 0;

    for (unsigned n = 0; n < count; n++) {
        failures += stage_say(cases[n].name, cases[n].run(s));
        stage_clear(s);
    }
    return failures;
}
