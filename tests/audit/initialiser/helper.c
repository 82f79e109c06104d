/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/arch/rt/tls.h>
#include <selkie/rt/panic.h>

#include "probe.h"

#define PRIORITY  seL4_MaxPrio
#define BUDGET_US 10000

enum { BADGE_ANSWER = 1, BADGE_FAULT = 2 };

static struct {
    enum helper_task task;
    seL4_Word cptr;
    const struct probe *probe;
} work;

static _Alignas(16) char stack[2048];

static void must(int line, seL4_Error error)
{
    if (error != seL4_NoError) {
        sk_panic_at(__FILE__, line, "error %d", (int)error);
    }
}
#define MUST(call) must(__LINE__, (seL4_Error)(call))

static void make(const struct probe *p, seL4_CPtr untyped, seL4_Word type, unsigned slot,
                 unsigned count)
{
    MUST(seL4_Untyped_Retype(untyped, type,
                             type == seL4_SchedContextObject ? seL4_MinSchedContextBits : 0,
                             seL4_CapInitThreadCNode, 0, 0, probe_slot(p, slot), count));
}

/* Both threads' faults come to the same endpoint: only one of them is looked at. */
static void make_thread(const struct probe *p, unsigned thread, unsigned context,
                        seL4_Word buffer, seL4_CPtr buffer_frame)
{
    seL4_CPtr tcb = probe_slot(p, thread);

    MUST(seL4_SchedControl_ConfigureFlags(p->in->sched_control, probe_slot(p, context),
                                          BUDGET_US, BUDGET_US, 0, 0,
                                          seL4_SchedContext_NoFlag));
    MUST(seL4_TCB_Configure(tcb, seL4_CapInitThreadCNode, 0, seL4_CapInitThreadVSpace, 0,
                            buffer, buffer_frame));
    MUST(seL4_TCB_SetSchedParams(tcb, seL4_CapInitThreadTCB, PRIORITY, PRIORITY,
                                 probe_slot(p, context), probe_slot(p, SLOT_FAULTS)));
    seL4_DebugNameThread(tcb, "rootserver");
}

/* The smallest untyped that is large enough, all of it: the initialiser will not miss it. */
static seL4_CPtr take_memory(struct sk_init *in)
{
    struct sk_init_untyped *best = NULL;

    for (uint32_t n = 0; n < in->untyped_count; n++) {
        struct sk_init_untyped *u = &in->untypeds[n];

        if (!u->is_device && u->size_bits >= 14 &&
            (best == NULL || u->size_bits < best->size_bits)) {
            best = u;
        }
    }
    if (best == NULL) {
        sk_panic("no memory for the audit");
    }
    best->used = 1ull << best->size_bits;
    return best->slot;
}

void helper_start(struct probe *p)
{
    seL4_CPtr untyped = take_memory(p->in);

    make(p, untyped, seL4_ARM_SmallPageObject, SLOT_FRAME, 1);
    make(p, untyped, seL4_TCBObject, SLOT_HELPER, 1);
    make(p, untyped, seL4_TCBObject, SLOT_WALKER, 1);
    make(p, untyped, seL4_SchedContextObject, SLOT_CONTEXT, 1);
    make(p, untyped, seL4_SchedContextObject, SLOT_WALKERS_CONTEXT, 1);
    make(p, untyped, seL4_NotificationObject, SLOT_NOTIFICATION, 1);
    make(p, untyped, seL4_ReplyObject, SLOT_REPLY, 2);
    make(p, untyped, seL4_EndpointObject, SLOT_ENDPOINT, 1);
    MUST(probe_mint(p, SLOT_ANSWERS, probe_slot(p, SLOT_ENDPOINT), BADGE_ANSWER));
    MUST(probe_mint(p, SLOT_FAULTS, probe_slot(p, SLOT_ENDPOINT), BADGE_FAULT));
    /* The IPC buffer is ours: it runs while we do not. */
    make_thread(p, SLOT_HELPER, SLOT_CONTEXT, (seL4_Word)seL4_GetIPCBuffer(),
                seL4_CapInitThreadIPCBuffer);
    make_thread(p, SLOT_WALKER, SLOT_WALKERS_CONTEXT, 0, 0);
    work.probe = p;
}

static seL4_Word do_work(void)
{
    seL4_CPtr reply = probe_slot(work.probe, SLOT_SECOND_REPLY);
    seL4_Word badge = 0;

    switch (work.task) {
    case HELPER_CALL:
        seL4_SetCap(0, probe_slot(work.probe, SLOT_NOTIFICATION));
        return seL4_MessageInfo_get_label(
            seL4_Call(work.cptr, seL4_MessageInfo_new(HELPER_LABEL, 0, 1, 0)));
    case HELPER_POLL:
        seL4_NBWait(work.cptr, &badge);
        return badge;
    case HELPER_WAIT:
        seL4_Wait(work.cptr, &badge);
        return badge;
    case HELPER_NBRECV:
        seL4_NBRecv(work.cptr, &badge, reply);
        return badge;
    case HELPER_RECV:
        seL4_Recv(work.cptr, &badge, reply);
        return badge;
    case HELPER_LOAD:
        return *(volatile seL4_Word *)work.cptr;
    case HELPER_STORE:
        *(volatile seL4_Word *)work.cptr = *(volatile seL4_Word *)work.cptr;
        return 0;
    }
    return 0;
}

static void helper(void)
{
    seL4_SetMR(0, do_work());
    seL4_Send(probe_slot(work.probe, SLOT_ANSWERS), seL4_MessageInfo_new(0, 0, 0, 1));
    seL4_TCB_Suspend(probe_slot(work.probe, SLOT_HELPER));
}

enum helper_end helper_end(struct probe *p, seL4_Word *ret_answer)
{
    seL4_Word badge = 0;

    seL4_NBRecv(probe_slot(p, SLOT_ENDPOINT), &badge, probe_slot(p, SLOT_REPLY));
    if (badge == BADGE_ANSWER && ret_answer != NULL) {
        *ret_answer = seL4_GetMR(0);
    }
    return badge == BADGE_ANSWER  ? HELPER_DONE
           : badge == BADGE_FAULT ? HELPER_FAULTED
                                  : HELPER_BLOCKED;
}

enum helper_end helper_run(struct probe *p, enum helper_task task, seL4_Word cptr,
                           seL4_Word *ret_answer)
{
    seL4_UserContext context = {
        .pc = (seL4_Word)helper,
        .sp = (seL4_Word)(stack + sizeof(stack)),
        .tpidr_el0 = sk_arch_thread_pointer(),
    };

    work.task = task;
    work.cptr = cptr;
    /* It runs at once, until it can go no further. */
    MUST(seL4_TCB_WriteRegisters(probe_slot(p, SLOT_HELPER), 1, 0,
                                 sizeof(context) / sizeof(seL4_Word), &context));
    return helper_end(p, ret_answer);
}
