/* SPDX-License-Identifier: BSD-2-Clause */
#include "actor.h"

#include "ground.h"
#include "stub.h"
#include "trace.h"

#define SLICE    ((seL4_Time)10 * 1000 * 1000) /* us: no seed takes so long */
#define MCP      200
#define PRIORITY 100

/* The words of an UnknownSyscall fault. */
#define FAULT_X1      1
#define FAULT_NUMBER  12
#define KERNEL_MEMORY 0xffff000000000000u

static bool is_busy[ACTORS];

uintptr_t actor_ipc_buffer(unsigned actor)
{
    return (uintptr_t)&ground_rooms()[actor];
}

bool actor_is_busy(unsigned actor)
{
    return is_busy[actor];
}

void actors_repair(void)
{
    for (unsigned i = 0; i < ACTORS; i++) {
        seL4_CPtr tcb = stage_actor(i);
        seL4_Word cspace_guard = seL4_CNode_CapData_new(0, 64 - 12).words[0];
        const seL4_Word results[] = {
            seL4_TCB_Configure(tcb, stage_cspace(), cspace_guard, seL4_CapInitThreadVSpace, 0,
                               actor_ipc_buffer(i), stage_image_page(&ground_rooms()[i])),
            seL4_TCB_SetSchedParams(tcb, seL4_CapInitThreadTCB, MCP, PRIORITY + i / 2 * 10,
                                    stage_context(i), stage_endpoint_for(i)),
        };
        trace_words("repair", results, 2);
    }
}

void actors_init(void)
{
    for (unsigned i = 0; i < ACTORS; i++) {
        is_busy[i] = false;
        __builtin_memset(&ground_rooms()[i], 0, sizeof(union room));
        MUST(seL4_SchedControl_ConfigureFlags(stage_sched_control(), stage_context(i), SLICE,
                                              SLICE, 0, 0, seL4_SchedContext_NoFlag));
    }
    actors_repair();
}

void actor_command(unsigned actor, const struct command *command)
{
    seL4_IPCBuffer *buffer = &ground_rooms()[actor].buffer;
    seL4_UserContext registers = {
        .pc = ground_code() + command->code,
        .sp = 0x5000 + actor * 0x100,
        .x0 = command->x0,
        .x1 = command->info.words[0],
        .x2 = command->words[0],
        .x3 = command->words[1],
        .x4 = command->words[2],
        .x5 = command->words[3],
        .x6 = command->reply,
        .x7 = command->syscall,
        .x8 = command->destination,
        .x30 = 0x7000,
    };

    for (unsigned i = 4; i < MAX_WORDS; i++) {
        buffer->msg[i] = command->words[i];
    }
    for (unsigned i = 0; i < 3; i++) {
        buffer->caps_or_badges[i] = command->caps[i];
    }
    buffer->receiveCNode = command->receive[0];
    buffer->receiveIndex = command->receive[1];
    buffer->receiveDepth = command->receive[2];
    is_busy[actor] = true;
    MUST(seL4_TCB_WriteRegisters(stage_actor(actor), 1, 0, REGISTERS, &registers));
}

/* What a message in an IPC buffer has beyond the registers. */
static void trace_buffer(unsigned actor, seL4_MessageInfo_t info)
{
    const seL4_IPCBuffer *buffer = &ground_rooms()[actor].buffer;
    seL4_Word words[MAX_WORDS];
    unsigned count = 0;

    for (unsigned i = 4; i < seL4_MessageInfo_get_length(info) && i < MAX_WORDS - 3; i++) {
        words[count++] = buffer->msg[i];
    }
    if (seL4_MessageInfo_get_extraCaps(info) != 0) {
        for (unsigned i = 0; i < 3; i++) {
            words[count++] = buffer->caps_or_badges[i];
        }
    }
    if (count != 0) {
        trace_words("  buffer", words, count);
    }
}

/* How a kernel maps its own addresses is its own affair: only that they fault is compared. */
static void hide_kernel_memory(seL4_MessageInfo_t info, seL4_Word *fault)
{
    bool is_kernel = fault[seL4_VMFault_Addr] >= KERNEL_MEMORY;

    if (seL4_MessageInfo_get_label(info) == seL4_Fault_VMFault && is_kernel) {
        fault[seL4_VMFault_FSR] &= ~(seL4_Word)0x3f;
    }
}

static void trace_event(seL4_MessageInfo_t info, seL4_Word badge)
{
    seL4_Word words[2 + MAX_WORDS] = {badge, info.words[0]};
    unsigned length = (unsigned)seL4_MessageInfo_get_length(info);
    unsigned actor = (unsigned)(badge - BADGE_OF_ACTOR(0));
    bool is_actor = actor < ACTORS;

    for (unsigned i = 0; i < length && i < MAX_WORDS; i++) {
        words[2 + i] = seL4_GetMR((int)i);
    }
    if (is_actor) {
        MUST(seL4_TCB_Suspend(stage_actor(actor)));
    }
    if (is_actor && seL4_MessageInfo_get_label(info) == seL4_Fault_UnknownSyscall &&
        words[2 + FAULT_NUMBER] == STUB_NUMBER) {
        is_busy[actor] = false;
        trace_done(actor, words + 2);
        trace_buffer(actor, (seL4_MessageInfo_t){{words[2 + FAULT_X1]}});
        return;
    }
    if (is_actor) {
        is_busy[actor] = false;
    }
    hide_kernel_memory(info, words + 2);
    trace_words("  event", words, 2 + (length < MAX_WORDS ? length : MAX_WORDS));
}

void actors_settle(void)
{
    /* At the lowest priority, going on means that nobody else can. */
    MUST(seL4_TCB_SetPriority(seL4_CapInitThreadTCB, seL4_CapInitThreadTCB, seL4_MinPrio));
    MUST(seL4_TCB_SetPriority(seL4_CapInitThreadTCB, seL4_CapInitThreadTCB, seL4_MaxPrio));
    for (;;) {
        seL4_Word badge = 0;
        seL4_MessageInfo_t info = seL4_NBRecv(stage_endpoint(), &badge, stage_reply());

        if (badge == 0) {
            return;
        }
        trace_event(info, badge);
    }
}
