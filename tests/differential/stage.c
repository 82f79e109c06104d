/* SPDX-License-Identifier: BSD-2-Clause */
#include "stage.h"

#include <selkie/base/assert.h>

#include "trace.h"

#define ROOT     seL4_CapInitThreadCNode
#define KIT_BITS 16
#define LAB_BITS 23                              /* kit, memory and the stage's own objects */
#define FOREVER  ((seL4_Time)1000 * 1000 * 1000) /* us */

#define ROOTS_BITS  8
#define FIXED_BITS  8
#define CSPACE_BITS 4

static struct {
    const seL4_BootInfo *bi;
    seL4_SlotPos next_slot;
    seL4_CPtr untyped, kit, memory, device;
    seL4_CPtr endpoint, reply;
    seL4_CPtr cspace, fixed, roots; /* CNodes that live for the whole run */
    /* Slots that a seed fills. */
    seL4_SlotPos space;
    seL4_SlotPos actors, contexts, endpoints; /* ACTORS slots each */
} stage;

void must(int line, const char *call, seL4_Error error)
{
    if (error != seL4_NoError) {
        sk_panic_at("stage", line, "%s returned %d", call, (int)error);
    }
}

seL4_CPtr stage_actor(unsigned actor)
{
    return stage.actors + actor;
}

seL4_CPtr stage_context(unsigned actor)
{
    return stage.contexts + actor;
}

seL4_CPtr stage_endpoint_for(unsigned actor)
{
    return stage.endpoints + actor;
}

seL4_CPtr stage_endpoint(void)
{
    return stage.endpoint;
}

seL4_CPtr stage_reply(void)
{
    return stage.reply;
}

seL4_CPtr stage_cspace(void)
{
    return stage.cspace;
}

seL4_CPtr stage_sched_control(void)
{
    return stage.bi->schedcontrol.start;
}

seL4_CPtr stage_image_page(const void *address)
{
    /* The image is a row of pages, and the IPC buffer's page comes right after it. */
    uintptr_t end = (uintptr_t)stage.bi->ipcBuffer;

    return stage.bi->userImageFrames.end - ((end - (uintptr_t)address) >> seL4_PageBits);
}

static seL4_CPtr find_untyped(seL4_Uint8 is_device, seL4_Word bits)
{
    const seL4_BootInfo *bi = stage.bi;

    for (seL4_Word i = 0; i < bi->untyped.end - bi->untyped.start; i++) {
        const seL4_UntypedDesc *untyped = &bi->untypedList[i];

        if (untyped->isDevice == is_device && untyped->sizeBits >= bits) {
            return bi->untyped.start + i;
        }
    }
    sk_panic_at("stage", __LINE__, "no untyped of 2^%lu bytes", bits);
}

static void make_at(seL4_CPtr untyped, seL4_Word type, seL4_Word bits, seL4_SlotPos slot,
                    seL4_Word count)
{
    MUST(seL4_Untyped_Retype(untyped, type, bits, ROOT, 0, 0, slot, count));
}

static seL4_CPtr make(seL4_Word type, seL4_Word bits)
{
    make_at(stage.untyped, type, bits, stage.next_slot, 1);
    return stage.next_slot++;
}

static seL4_Word guard(seL4_Word bits)
{
    return seL4_CNode_CapData_new(0, bits).words[0];
}

/* Mint one of our capabilities into a slot of one of our CNodes with 8 bits. */
static void put(seL4_CPtr cnode, seL4_Word slot, seL4_CPtr cap, seL4_Word badge)
{
    MUST(seL4_CNode_Mint(cnode, slot, FIXED_DEPTH, ROOT, cap, seL4_WordBits, seL4_AllRights,
                         badge));
}

static void put_root(seL4_Word slot, seL4_CPtr cap)
{
    MUST(seL4_CNode_Mint(stage.cspace, slot, CSPACE_BITS, ROOT, cap, seL4_WordBits,
                         seL4_AllRights, guard(0)));
}

void stage_init(const seL4_BootInfo *bi)
{
    stage.bi = bi;
    stage.next_slot = bi->empty.start;
    stage.untyped = find_untyped(0, LAB_BITS);
    stage.device = find_untyped(1, seL4_HugePageBits);
    stage.memory = make(seL4_UntypedObject, MEMORY_BITS);
    stage.kit = make(seL4_UntypedObject, KIT_BITS);
    stage.endpoint = make(seL4_EndpointObject, 0);
    stage.reply = make(seL4_ReplyObject, 0);
    stage.cspace = make(seL4_CapTableObject, CSPACE_BITS);
    stage.fixed = make(seL4_CapTableObject, FIXED_BITS);
    stage.roots = make(seL4_CapTableObject, ROOTS_BITS);
    stage.space = stage.next_slot++;
    stage.actors = stage.next_slot;
    stage.contexts = stage.actors + ACTORS;
    stage.endpoints = stage.contexts + ACTORS;
    stage.next_slot = stage.endpoints + ACTORS;

    /* The stage must not be preempted by the end of a time slice. */
    MUST(seL4_SchedControl_ConfigureFlags(stage_sched_control(), seL4_CapInitThreadSC, FOREVER,
                                          FOREVER, 0, 0, seL4_SchedContext_NoFlag));
    put_root(1, stage.fixed);
    put_root(2, stage.roots);
    put(stage.roots, ROOT_OF_FIXED & 0xff, stage.fixed, guard(0));
    put(stage.roots, ROOT_OF_ACTORS & 0xff, stage.cspace,
        guard(seL4_WordBits - CSPACE_BITS - SPACE_BITS));
    for (unsigned i = 0; i < ACTORS; i++) {
        MUST(seL4_CNode_Mint(ROOT, stage_endpoint_for(i), seL4_WordBits, ROOT, stage.endpoint,
                             seL4_WordBits, seL4_AllRights, BADGE_OF_ACTOR(i)));
    }
    put(stage.fixed, FIXED_ASID_CONTROL, seL4_CapASIDControl, 0);
    put(stage.fixed, FIXED_SCHED_CONTROL, stage_sched_control(), 0);
    put(stage.fixed, FIXED_DOMAIN, seL4_CapDomain, 0);
    put(stage.fixed, FIXED_VSPACE, seL4_CapInitThreadVSpace, 0);
    put(stage.fixed, FIXED_ASID_POOL, seL4_CapInitThreadASIDPool, 0);
    MUST(seL4_CNode_Mint(stage.fixed, FIXED_HANDLER, FIXED_DEPTH, ROOT, stage.endpoint,
                         seL4_WordBits, seL4_CapRights_new(1, 1, 0, 1), BADGE_OF_HANDLER));
    /* It cannot be copied. */
    MUST(seL4_CNode_Move(stage.fixed, FIXED_IRQ_CONTROL, FIXED_DEPTH, ROOT, seL4_CapIRQControl,
                         seL4_WordBits));
}

void stage_open(void)
{
    make_at(stage.kit, seL4_CapTableObject, SPACE_BITS, stage.space, 1);
    make_at(stage.kit, seL4_TCBObject, 0, stage.actors, ACTORS);
    make_at(stage.kit, seL4_SchedContextObject, 8, stage.contexts, ACTORS);
    put_root(0, stage.space);
    put(stage.fixed, FIXED_SPACE, stage.space, guard(0));
    put(stage.fixed, FIXED_UNTYPED, stage.memory, 0);
    put(stage.fixed, FIXED_DEVICE, stage.device, 0);
    for (unsigned i = 0; i < ACTORS; i++) {
        put(stage.fixed, FIXED_ACTOR + i, stage_actor(i), 0);
        put(stage.fixed, FIXED_CONTEXT + i, stage_context(i), 0);
    }
}

static void revoke(seL4_CPtr cap)
{
    MUST(seL4_CNode_Revoke(ROOT, cap, seL4_WordBits));
}

/* All bytes of an untyped are to be had again: the answer to too much says how many. */
static void check_whole(seL4_CPtr untyped, seL4_Word bits)
{
    seL4_Error error = seL4_Untyped_Retype(untyped, seL4_UntypedObject, bits + 1, ROOT, 0, 0,
                                           stage.bi->empty.end - 1, 1);

    if (error != seL4_NotEnoughMemory || seL4_GetMR(0) != (seL4_Word)1 << bits) {
        sk_panic_at("stage", __LINE__, "memory is not whole again after a revoke");
    }
}

void stage_census(void)
{
    seL4_Word slots[(1 << SPACE_BITS) / 64] = {0};

    for (unsigned i = 0; i < 1 << SPACE_BITS; i++) {
        /* Moving a capability onto itself comes to nothing, and tells if there is one. */
        if (seL4_CNode_Move(stage.space, i, FIXED_DEPTH, stage.space, i, FIXED_DEPTH) ==
            seL4_DeleteFirst) {
            slots[i / 64] |= (seL4_Word)1 << i % 64;
        }
    }
    trace_bits("slots", slots, sizeof(slots) / sizeof(slots[0]));
}

void stage_close(void)
{
    for (unsigned i = 0; i < ACTORS; i++) {
        MUST(seL4_TCB_Suspend(stage_actor(i)));
    }
    revoke(stage.kit);
    revoke(stage.memory);
    revoke(stage.device);
    MUST(seL4_CNode_Revoke(stage.fixed, FIXED_IRQ_CONTROL, FIXED_DEPTH));
    check_whole(stage.kit, KIT_BITS);
    check_whole(stage.memory, MEMORY_BITS);
    /* The schedule as it was. */
    MUST(seL4_DomainSet_ScheduleConfigure(seL4_CapDomain, 0, 0, ((seL4_Time)1 << 56) - 1));
    MUST(seL4_DomainSet_ScheduleSetStart(seL4_CapDomain, 0));
}
