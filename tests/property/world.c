/* SPDX-License-Identifier: BSD-2-Clause */
#include "world.h"

#include <string.h>

#include <sel4/bootinfo_types.h>
#include <sel4/config.h>
#include <sel4/invocation.h>

#include "core/ipc.h"
#include "core/sched.h"
#include "core/syscall.h"
#include "object/tcb.h"

#define CALL_TICKS   50u
#define TICKS_A_LOOK 3u
#define ROOT_CNODE   seL4_CapInitThreadCNode
#define BUFFER_VADDR 0x20000000ull
#define COPIES       48u
#define COPIES_BITS  6u
#define ACTIVE       4u /* threads with time of their own; then come passive servers */
#define THREADS      6u
#define YIELDS_MAX   50u

/* What populates the world, in order of slots. Threads come first. */
static const struct {
    uint8_t type;
    uint8_t size_bits;
    uint8_t count;
} objects[] = {
    {seL4_TCBObject, 0, THREADS},
    {seL4_SchedContextObject, 8, THREADS + 2},
    {seL4_CapTableObject, COPIES_BITS, 2},
    {seL4_ARM_SmallPageObject, 0, THREADS + 2},
    {seL4_EndpointObject, 0, 4},
    {seL4_NotificationObject, 0, 4},
    {seL4_ReplyObject, 0, 5},
    {seL4_CapTableObject, 3, 3},
    {seL4_UntypedObject, 15, 3},
    {seL4_ARM_PageTableObject, 0, 4},
    {seL4_ARM_VSpaceObject, 0, 2},
};

enum place {
    CONTEXTS = WORLD_OBJECTS + THREADS,
    SPACES = CONTEXTS + THREADS + 2,
    FRAMES = SPACES + 2,
    ENDPOINTS = FRAMES + THREADS + 2,
    REPLIES = ENDPOINTS + 4 + 4,
};

static void put_message(struct kernel *k, const struct operation *o)
{
    struct sk_arch_context *c = &k->current->context;
    seL4_IPCBuffer *buffer = sk_host_ipc_buffer(k, k->current);

    c->x[0] = o->cptr;
    c->x[1] = o->label << 12 | (o->cap_count & 3) << 7 | (o->length & 0x7f);
    c->x[6] = o->reply;
    c->x[8] = o->dest;
    for (unsigned n = 0; n < OPERATION_WORDS; n++) {
        if (n < SK_ARCH_MESSAGE_REGISTERS) {
            c->x[2 + n] = o->words[n];
        } else if (buffer != NULL) {
            buffer->msg[n] = o->words[n];
        }
    }
    if (buffer != NULL) {
        memcpy(buffer->caps_or_badges, o->extra, sizeof(o->extra));
        buffer->receiveCNode = o->receive[0];
        buffer->receiveIndex = o->receive[1];
        buffer->receiveDepth = o->receive[2];
    }
}

/* Everybody who was stopped goes on, or everybody who waits as well. */
static void resume(struct kernel *k, bool also_waiting)
{
    for (struct tcb *t = k->all_threads; t != NULL; t = t->all_next) {
        if (also_waiting || t->state == THREAD_INACTIVE) {
            sk_ktcb_resume(k, t);
        }
    }
    (void)sk_ksched_run(k);
}

bool world_wake(struct kernel *k)
{
    struct sk_arch_machine *m = &k->machine;

    for (unsigned n = 0; n < 6 && k->current == NULL; n++) {
        if (m->deadline != UINT64_MAX && m->deadline > m->now) {
            sk_host_advance(k, m->deadline - m->now);
        } else {
            resume(k, n > 2);
        }
    }
    return k->current != NULL;
}

static __attribute__((noinline)) void break_kernel(struct kernel *k, int64_t how)
{
    volatile uintptr_t nowhere = sizeof(struct tcb);

    k->current->is_queued = 1;
    if (how == 2) {
        ((struct tcb *)nowhere)->is_queued = 1;
    }
}

bool world_perform(struct kernel *k, const struct operation *o)
{
    if (!world_wake(k)) {
        return false;
    }
    k->machine.console_bytes = 0;
    switch (o->kind) {
    case OPERATION_SYSCALL:
        put_message(k, o);
        sk_host_syscall(k, o->number);
        sk_host_advance(k, CALL_TICKS);
        break;
    case OPERATION_TIME:
        sk_host_advance(k, (uint64_t)o->number);
        break;
    case OPERATION_IRQ:
        k->machine.pending_irqs |= 1ull << (o->number & 63);
        if (o->number < 64) {
            sk_host_advance(k, 0);
        }
        break;
    case OPERATION_FAULT:
        k->current->context.restart_pc = k->current->context.pc;
        (void)sk_kernel_fault(k, (struct fault){.label = seL4_Fault_VMFault,
                                                .words = {(uint64_t)o->number, 0, 0x92000006}});
        break;
    case OPERATION_BREAK:
        break_kernel(k, o->number);
        break;
    }
    return true;
}

/* The first thread calls; false if the kernel did not answer with success. */
static bool call(struct kernel *k, uint64_t cptr, uint64_t label, unsigned length,
                 const uint64_t *words, unsigned cap_count, const uint64_t *caps)
{
    struct operation o = {.kind = OPERATION_SYSCALL,
                          .number = seL4_SysCall,
                          .cptr = cptr,
                          .label = label,
                          .length = length,
                          .cap_count = cap_count};

    memcpy(o.words, words, length * sizeof(*words));
    memcpy(o.extra, caps, cap_count * sizeof(*caps));
    return world_perform(k, &o) && info_label(k->current->context.x[1]) == 0;
}

#define WORDS(...)                                                     \
    sizeof((uint64_t[]){__VA_ARGS__}) / sizeof(uint64_t), (uint64_t[]) \
    {                                                                  \
        __VA_ARGS__                                                    \
    }
#define NOTHING     \
    0, (uint64_t[]) \
    {               \
        0           \
    }

static uint64_t largest_untyped(const struct kernel *k)
{
    const seL4_BootInfo *info = sk_host_boot_info(k);
    uint64_t found = 0;
    unsigned bits = 0;

    for (uint64_t n = 0; n < info->untyped.end - info->untyped.start; n++) {
        if (!info->untypedList[n].isDevice && info->untypedList[n].sizeBits > bits) {
            found = info->untyped.start + n;
            bits = info->untypedList[n].sizeBits;
        }
    }
    return found;
}

static bool make_objects(struct kernel *k)
{
    uint64_t untyped = largest_untyped(k);
    uint64_t slot = WORLD_OBJECTS;

    for (unsigned n = 0; n < sizeof(objects) / sizeof(*objects); n++) {
        if (!call(k, untyped, UntypedRetype,
                  WORDS(objects[n].type, objects[n].size_bits, 0, 0, slot, objects[n].count),
                  WORDS(ROOT_CNODE))) {
            return false;
        }
        slot += objects[n].count;
    }
    return true;
}

/* Copies of the objects into a second CSpace: badged, and with rights that depend on n. */
static void fill_space(struct kernel *k, unsigned which)
{
    for (unsigned n = 0; n < COPIES; n++) {
        /* Some are in neither, so that they are deleted sooner. */
        if (n % 3 != which) {
            continue;
        }
        (void)call(k, SPACES + which, CNodeMint,
                   WORDS(n, COPIES_BITS, WORLD_OBJECTS + n, 64, n % 6 == which ? 15 : n & 15,
                         n % 4 == 0 ? n : 0),
                   WORDS(ROOT_CNODE));
    }
    (void)call(k, SPACES + which, CNodeCopy,
               WORDS(COPIES, COPIES_BITS, seL4_CapIRQControl, 64, 15), WORDS(ROOT_CNODE));
}

static struct tcb *thread_at(const struct slot *root, unsigned n)
{
    return cap_object(root[WORLD_OBJECTS + n].cap);
}

/* Everybody yields until it is t's turn. */
static bool let_run(struct kernel *k, const struct tcb *t)
{
    const struct operation yield = {.number = seL4_SysYield};

    for (unsigned n = 0; n < YIELDS_MAX && k->current != t; n++) {
        (void)world_perform(k, &yield);
    }
    return k->current == t;
}

/* Thread n waits for calls, and then loses its time: it runs on its callers'. */
static bool make_passive(struct kernel *k, const struct slot *root, unsigned n)
{
    const struct tcb *first = k->current;
    const struct operation receive = {
        .number = seL4_SysRecv, .cptr = ENDPOINTS + n % 4, .reply = REPLIES + n % 4};

    return let_run(k, thread_at(root, n)) && world_perform(k, &receive) && let_run(k, first) &&
           call(k, CONTEXTS + n, SchedContextUnbind, NOTHING, NOTHING);
}

/* Threads 2 and 3 have CSpaces of their own, the others share the first one's. */
static bool start_thread(struct kernel *k, unsigned n)
{
    const seL4_BootInfo *info = sk_host_boot_info(k);
    uint64_t tcb = WORLD_OBJECTS + n, context = CONTEXTS + n;
    bool has_own = n == 2 || n == 3;
    uint64_t space = has_own ? SPACES + n - 2 : ROOT_CNODE;
    uint64_t guard = has_own ? 64 - COPIES_BITS : 0;
    uint64_t budget = n % 2 == 0 ? 1000 : 500;

    return call(k, tcb, TCBConfigure, WORDS(guard, 0, BUFFER_VADDR),
                WORDS(space, seL4_CapInitThreadVSpace, FRAMES + n)) &&
           call(k, info->schedcontrol.start, SchedControlConfigureFlags,
                WORDS(budget, 1000, n, n, 0), WORDS(context)) &&
           call(k, tcb, TCBSetSchedParams, WORDS(255, 255),
                WORDS(seL4_CapInitThreadTCB, context, ENDPOINTS + n % 2)) &&
           call(k, tcb, TCBResume, NOTHING, NOTHING);
}

struct kernel *world_open(void)
{
    struct kernel *k = sk_host_open(WORLD_RAM);
    const struct slot *root;

    if (k == NULL || !make_objects(k)) {
        return NULL;
    }
    k->machine.ticks_a_look = TICKS_A_LOOK;
    root = cap_cnode_slots(k->current->slots[TCB_CSPACE].cap);
    fill_space(k, 0);
    fill_space(k, 1);
    for (unsigned n = 0; n < THREADS; n++) {
        if (!start_thread(k, n) || (n >= ACTIVE && !make_passive(k, root, n))) {
            return NULL;
        }
    }
    return k;
}

void world_close(struct kernel *k)
{
    sk_host_close(k);
}
