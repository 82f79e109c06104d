/* SPDX-License-Identifier: BSD-2-Clause */
#include "prison.h"

#include <stddef.h>

#include <selkie/arch/rt/thread.h>
#include <selkie/arch/rt/vspace.h>
#include <selkie/base/assert.h>

#define ROOT        seL4_CapInitThreadCNode
#define LAB_BITS    22
#define MEMORY_BITS 20
#define LOOT_BITS   16 /* untyped memory for the attackers themselves */
#define CODE_PAGES  2
#define SLICE       10000 /* us */
#define CLOCK_PRIO  (seL4_MaxPrio - 1)
#define DEPTH       seL4_WordBits

/* Slots of the fixed half. */
enum fixed { FIXED_IRQ_CONTROL = 1, FIXED_ASID_CONTROL, FIXED_SCHED_CONTROL, FIXED_DOMAIN };

static union page {
    _Alignas(1 << seL4_PageBits) char bytes[1 << seL4_PageBits];
    struct room room;
} room_pages[ATTACKERS], code[CODE_PAGES], clock_stack;

struct room *const rooms[ATTACKERS] = {&room_pages[0].room, &room_pages[1].room,
                                       &room_pages[2].room, &room_pages[3].room};

static struct {
    const seL4_BootInfo *bi;
    seL4_SlotPos next_slot;
    seL4_CPtr untyped, memory, endpoint, fixed, clock, clock_context, tick_endpoint;
    seL4_SlotPos round; /* the first slot of those that a round uses */
} prison;

/* Slots of a round, from prison.round on, per attacker. */
enum own {
    TCB,
    CONTEXT,
    CSPACE,
    CNODE,
    VSPACE,
    HANDLER,
    ROOM,
    CODE,
    TABLES = CODE + CODE_PAGES,
    OWN_COUNT = TABLES + 3
};
/* And in common. */
enum common {
    LOOT,
    ENDPOINTS = LOOT + ATTACKERS,
    NOTIFICATIONS = ENDPOINTS + 2,
    REPLIES = NOTIFICATIONS + 2,
    FRAMES = REPLIES + 2,
    POOL = FRAMES + 3,
    IRQ,
    GIVEN_END,
    POOL_MEMORY = GIVEN_END,
    COMMON_COUNT
};

static seL4_SlotPos own(unsigned attacker, unsigned slot)
{
    return prison.round + COMMON_COUNT + attacker * OWN_COUNT + slot;
}

static seL4_SlotPos common(unsigned slot)
{
    return prison.round + slot;
}

#define MUST(call) must(__LINE__, #call, call)
static void must(int line, const char *call, seL4_Error error)
{
    if (error != seL4_NoError) {
        sk_panic_at("prison", line, "%s returned %d", call, (int)error);
    }
}

seL4_CPtr prison_endpoint(void)
{
    return prison.endpoint;
}

static seL4_CPtr image_page(const void *address)
{
    /* The image is a row of pages, and the IPC buffer's page comes right after it. */
    uintptr_t end = (uintptr_t)prison.bi->ipcBuffer;

    return prison.bi->userImageFrames.end - ((end - (uintptr_t)address) >> seL4_PageBits);
}

static void make(seL4_CPtr untyped, seL4_Word type, seL4_Word bits, seL4_SlotPos slot,
                 seL4_Word count)
{
    MUST(seL4_Untyped_Retype(untyped, type, bits, ROOT, 0, 0, slot, count));
}

static seL4_CPtr keep(seL4_Word type, seL4_Word bits)
{
    make(prison.untyped, type, bits, prison.next_slot, 1);
    return prison.next_slot++;
}

static seL4_Word guard(seL4_Word bits)
{
    return seL4_CNode_CapData_new(0, bits).words[0];
}

static void mint(seL4_SlotPos to, seL4_CPtr from, seL4_CapRights_t rights, seL4_Word badge)
{
    MUST(seL4_CNode_Mint(ROOT, to, DEPTH, ROOT, from, DEPTH, rights, badge));
}

/* Into a slot of a CNode of OWN_BITS. */
static void give(seL4_CPtr cnode, seL4_Word slot, seL4_CPtr cap, seL4_CapRights_t rights,
                 seL4_Word badge)
{
    MUST(seL4_CNode_Mint(cnode, slot, OWN_BITS, ROOT, cap, DEPTH, rights, badge));
}

static seL4_CPtr find_untyped(void)
{
    const seL4_BootInfo *bi = prison.bi;

    for (seL4_Word i = 0; i < bi->untyped.end - bi->untyped.start; i++) {
        if (!bi->untypedList[i].isDevice && bi->untypedList[i].sizeBits >= LAB_BITS) {
            return bi->untyped.start + i;
        }
    }
    sk_panic_at("prison", __LINE__, "no untyped of 2^%d bytes", LAB_BITS);
}

void prison_init(const seL4_BootInfo *bi)
{
    size_t size = (size_t)(__stop_attacks - __start_attacks);

    sk_assert(size <= sizeof(code));
    __builtin_memcpy(code, __start_attacks, size);
    prison.bi = bi;
    prison.next_slot = bi->empty.start;
    prison.untyped = find_untyped();
    prison.memory = keep(seL4_UntypedObject, MEMORY_BITS);
    prison.endpoint = keep(seL4_EndpointObject, 0);
    prison.fixed = keep(seL4_CapTableObject, OWN_BITS);
    prison.clock = keep(seL4_TCBObject, 0);
    prison.clock_context = keep(seL4_SchedContextObject, seL4_MinSchedContextBits);
    prison.tick_endpoint = prison.next_slot++;
    prison.round = prison.next_slot;
    mint(prison.tick_endpoint, prison.endpoint, seL4_AllRights, BADGE_TICK);
    give(prison.fixed, FIXED_ASID_CONTROL, seL4_CapASIDControl, seL4_AllRights, 0);
    give(prison.fixed, FIXED_SCHED_CONTROL, bi->schedcontrol.start, seL4_AllRights, 0);
    give(prison.fixed, FIXED_DOMAIN, seL4_CapDomain, seL4_AllRights, 0);
    /* It cannot be copied. */
    MUST(seL4_CNode_Move(prison.fixed, FIXED_IRQ_CONTROL, OWN_BITS, ROOT, seL4_CapIRQControl,
                         DEPTH));
}

static void clock_main(void *arg)
{
    seL4_Yield(); /* until the next period */
    for (;;) {    /* It has no IPC buffer. */
        seL4_SendWithMRs((seL4_CPtr)(uintptr_t)arg, seL4_MessageInfo_new(0, 0, 0, 0), NULL,
                         NULL, NULL, NULL);
        seL4_Yield();
    }
}

void prison_start_clock(seL4_Time us)
{
    seL4_UserContext registers = sk_arch_thread_registers(
        clock_main, (void *)(uintptr_t)prison.tick_endpoint, (uintptr_t)(&clock_stack + 1), 0);

    MUST(seL4_SchedControl_ConfigureFlags(prison.bi->schedcontrol.start, prison.clock_context,
                                          us / 10, us, 0, 0, seL4_SchedContext_NoFlag));
    MUST(seL4_TCB_SetSpace(prison.clock, seL4_CapNull, ROOT, 0, seL4_CapInitThreadVSpace, 0));
    MUST(seL4_TCB_SetPriority(prison.clock, seL4_CapInitThreadTCB, CLOCK_PRIO));
    MUST(seL4_SchedContext_Bind(prison.clock_context, prison.clock));
    MUST(seL4_TCB_WriteRegisters(prison.clock, 1, 0, SK_ARCH_REGISTER_COUNT, &registers));
}

static void map(unsigned attacker, unsigned slot, const void *page, uintptr_t at, bool is_code)
{
    seL4_CPtr vspace = own(attacker, VSPACE);

    mint(own(attacker, slot), image_page(page), seL4_AllRights, 0);
    MUST(seL4_ARM_Page_Map(
        own(attacker, slot), vspace, at, is_code ? seL4_CanRead : seL4_ReadWrite,
        seL4_ARM_Default_VMAttributes | (is_code ? 0 : seL4_ARM_ExecuteNever)));
}

static void make_attacker(unsigned attacker)
{
    seL4_CPtr cspace = own(attacker, CSPACE);

    make(prison.memory, seL4_TCBObject, 0, own(attacker, TCB), 1);
    make(prison.memory, seL4_SchedContextObject, 8, own(attacker, CONTEXT), 1);
    make(prison.memory, seL4_CapTableObject, 1, cspace, 1);
    make(prison.memory, seL4_CapTableObject, OWN_BITS, own(attacker, CNODE), 1);
    make(prison.memory, seL4_ARM_VSpaceObject, 0, own(attacker, VSPACE), 1);
    make(prison.memory, SK_ARCH_PAGE_TABLE_OBJECT, 0, own(attacker, TABLES), 3);
    mint(own(attacker, HANDLER), prison.endpoint, seL4_AllRights, BADGE_OF(attacker));
    MUST(seL4_CNode_Copy(cspace, 0, 1, ROOT, own(attacker, CNODE), DEPTH, seL4_AllRights));
    MUST(seL4_CNode_Copy(cspace, 1, 1, ROOT, prison.fixed, DEPTH, seL4_AllRights));
    MUST(seL4_ARM_ASIDPool_Assign(seL4_CapInitThreadASIDPool, own(attacker, VSPACE)));
    for (unsigned i = 0; i < 3; i++) {
        MUST(sk_arch_page_table_map(own(attacker, TABLES) + i, own(attacker, VSPACE),
                                    ATTACKER_CODE));
    }
    for (unsigned i = 0; i < CODE_PAGES; i++) {
        map(attacker, CODE + i, &code[i], ATTACKER_CODE + i * ROOM_SIZE, true);
    }
    map(attacker, ROOM, &room_pages[attacker], ATTACKER_ROOM, false);
}

static void make_common(void)
{
    make(prison.memory, seL4_UntypedObject, LOOT_BITS, common(LOOT), ATTACKERS);
    make(prison.memory, seL4_EndpointObject, 0, common(ENDPOINTS), 2);
    make(prison.memory, seL4_NotificationObject, 0, common(NOTIFICATIONS), 2);
    make(prison.memory, seL4_ReplyObject, 0, common(REPLIES), 2);
    make(prison.memory, SK_ARCH_PAGE_OBJECT, 0, common(FRAMES), 3);
    make(prison.memory, seL4_UntypedObject, seL4_ASIDPoolBits, common(POOL_MEMORY), 1);
    MUST(seL4_ARM_ASIDControl_MakePool(seL4_CapASIDControl, common(POOL_MEMORY), ROOT,
                                       common(POOL), DEPTH));
    MUST(seL4_IRQControl_Get(seL4_CapIRQControl, 40, ROOT, common(IRQ), DEPTH));
}

/* Fill the attacker's own half: slots below SLOTS_USED, some of them left empty. */
static void fill(unsigned attacker)
{
    seL4_CPtr cnode = own(attacker, CNODE);
    seL4_Word slot = 1;

    for (unsigned i = ENDPOINTS; i < GIVEN_END; i++) {
        give(cnode, slot++, common(i), seL4_AllRights, i == ENDPOINTS ? attacker : 0);
    }
    give(cnode, slot++, common(LOOT) + attacker, seL4_AllRights, 0);
    give(cnode, slot++, common(FRAMES), seL4_CanRead, 0);
    give(cnode, slot++, common(ENDPOINTS), seL4_CanWrite, 7);
    for (unsigned i = 0; i < ATTACKERS; i++) {
        unsigned other = (attacker + i) % ATTACKERS;

        give(cnode, slot++, own(other, TCB), seL4_AllRights, 0);
        give(cnode, slot++, own(other, CONTEXT), seL4_AllRights, 0);
    }
    /* Twice: for indices of OWN_BITS and for whole addresses. */
    give(cnode, slot++, own(attacker, CNODE), seL4_AllRights, 0);
    give(cnode, slot++, own(attacker, CNODE), seL4_AllRights, guard(DEPTH - OWN_BITS));
    give(cnode, slot++, own(attacker, VSPACE), seL4_AllRights, 0);
    give(cnode, slot++, own(attacker, TABLES) + 2, seL4_AllRights, 0);
    give(cnode, slot++, own(attacker, CSPACE), seL4_AllRights, 0);
    sk_assert(slot < SLOTS_USED);
}

void prison_restart(unsigned attacker)
{
    uintptr_t entry = ATTACKER_CODE + ((uintptr_t)attack - (uintptr_t)__start_attacks);
    seL4_UserContext registers = {
        .pc = entry, .sp = ATTACKER_ROOM + ROOM_SIZE, .x0 = ATTACKER_ROOM};

    MUST(seL4_TCB_WriteRegisters(own(attacker, TCB), 1, 0, SK_ARCH_REGISTER_COUNT, &registers));
}

/* IPC buffers: its own page; one that is not mapped; one to read only; none. */
static void choose_buffer(unsigned attacker, struct random *random)
{
    static const seL4_CPtr none = seL4_CapNull;
    const seL4_CPtr frames[] = {own(attacker, ROOM), own(attacker, ROOM), common(FRAMES),
                                common(FRAMES) + 1, none};
    seL4_CPtr frame = frames[random_below(random, 5)];

    (void)seL4_TCB_SetIPCBuffer(own(attacker, TCB), frame == none ? 0 : ATTACKER_ROOM, frame);
}

void prison_revive(unsigned attacker, struct random *random)
{
    seL4_CPtr tcb = own(attacker, TCB);

    /* Each of these may fail, for what the attackers have done: then the round gets shorter. */
    (void)seL4_TCB_SetSpace(tcb, own(attacker, HANDLER), own(attacker, CSPACE),
                            guard(DEPTH - 1 - OWN_BITS), own(attacker, VSPACE), 0);
    (void)seL4_SchedControl_ConfigureFlags(prison.bi->schedcontrol.start,
                                           own(attacker, CONTEXT), SLICE, SLICE, 0, 0,
                                           seL4_SchedContext_NoFlag);
    (void)seL4_TCB_SetSchedParams(tcb, seL4_CapInitThreadTCB, ATTACKER_MCP, 10,
                                  own(attacker, CONTEXT), own(attacker, HANDLER));
    choose_buffer(attacker, random);
    prison_restart(attacker);
}

void prison_open(struct random *random)
{
    MUST(seL4_CNode_Move(ROOT, seL4_CapIRQControl, DEPTH, prison.fixed, FIXED_IRQ_CONTROL,
                         OWN_BITS));
    make_common();
    MUST(seL4_CNode_Move(prison.fixed, FIXED_IRQ_CONTROL, OWN_BITS, ROOT, seL4_CapIRQControl,
                         DEPTH));
    for (unsigned i = 0; i < ATTACKERS; i++) {
        make_attacker(i);
    }
    for (unsigned i = 0; i < ATTACKERS; i++) {
        fill(i);
        rooms[i]->random.state = random_next(random);
        prison_revive(i, random);
    }
}

void prison_close(void)
{
    MUST(seL4_CNode_Revoke(ROOT, prison.memory, DEPTH));
    MUST(seL4_CNode_Revoke(prison.fixed, FIXED_IRQ_CONTROL, OWN_BITS));
    for (unsigned i = 0; i < ATTACKERS; i++) {
        MUST(seL4_CNode_Delete(ROOT, own(i, HANDLER), DEPTH));
        for (unsigned j = ROOM; j < TABLES; j++) {
            MUST(seL4_CNode_Delete(ROOT, own(i, j), DEPTH));
        }
    }
    /* The answer to a demand for too much says how much there is. */
    seL4_Error error = seL4_Untyped_Retype(prison.memory, seL4_UntypedObject, MEMORY_BITS + 1,
                                           ROOT, 0, 0, prison.round, 1);
    if (error != seL4_NotEnoughMemory || seL4_GetMR(0) != (seL4_Word)1 << MEMORY_BITS) {
        sk_panic_at("prison", __LINE__, "memory is not whole again after a revoke");
    }
}
