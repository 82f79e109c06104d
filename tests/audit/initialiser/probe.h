/*
 * What capabilities a system's domains hold, found out by trying: a kernel cannot be asked.
 *
 * No thread is started. When all else is done, each slot of each CNode is looked at. Its
 * capability is moved to a slot of ours, DebugCapIdentify says its type, what can be done with
 * it is done, and it is moved back. Which object it is of is known by what happens to the
 * initialiser's own capabilities: a signal arrives at one notification, a message at one
 * endpoint. What may stop a thread (without the right to receive, waiting is a fault) is
 * done by a helper, a thread above us whose faults come to us.
 *
 *     catch.c     from the initialiser to here, and what its calls say of threads
 *     helper.c    the helper
 *     ipc.c       endpoints, notifications, reply objects
 *     objects.c   the others
 *     spaces.c    what is mapped
 *     scan.c      all slots, and the text
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <sel4/sel4.h>

#include "../../../src/init/execute.h"

/* Our slots: the last ones of the CNode. */
enum {
    SLOT_TRIED, /* the capability that is tried */
    SLOT_MADE,  /* one for a moment */
    SLOT_RECEIVED,
    SLOT_HELPER,
    SLOT_CONTEXT,
    SLOT_ENDPOINT, /* where the helper's answers and faults come to */
    SLOT_ANSWERS,
    SLOT_FAULTS,
    SLOT_REPLY,        /* for those */
    SLOT_SECOND_REPLY, /* for the helper's calls of domains' endpoints */
    SLOT_NOTIFICATION, /* nobody's: something to send, or to put into a slot */
    SLOT_FRAME,
    SLOT_WALKER, /* a thread in a domain's address space, whose faults come to us too */
    SLOT_WALKERS_CONTEXT,
    SLOT_COUNT,
};

#define THREADS_MAX 1024

/* What the initialiser told the kernel of a thread: slots. */
struct thread {
    uint32_t tcb, cspace, vspace, context, notification;
    uint32_t priority;
    bool has_handler;        /* of faults */
    uint32_t fault_endpoint; /* the object where its faults came, or SK_SPEC_NONE */
    uint64_t fault_badge;
    uint64_t guard_bits;
    uint64_t ipc_vaddr;
};

struct probe {
    struct sk_init *in;
    uint32_t thread_count;
    struct thread threads[THREADS_MAX];
    uint32_t cnode;              /* where the capability that is tried comes from */
    seL4_Word slot;              /* or an address */
    uint32_t timer_notification; /* that the timer's interrupt signals, or SK_SPEC_NONE */
    uint64_t timer_badge;
    uint64_t free_vaddr; /* a page where nothing is mapped in any domain */
    uint64_t mark_count; /* numbers that pages were marked with */
};

static inline seL4_CPtr probe_slot(const struct probe *p, unsigned slot)
{
    return p->in->end_slot + slot;
}

/* Numbers of objects are theirs in the specification. */
static inline seL4_CPtr probe_object(const struct probe *p, uint32_t object)
{
    return init_object(p->in, object);
}

static inline uint32_t probe_number(const struct probe *p, uint32_t slot)
{
    return slot - p->in->first_slot;
}

/* Call visit for each object of a type, until it returns true; which one; or SK_SPEC_NONE. */
uint32_t probe_each(struct probe *p, unsigned type,
                    bool visit(struct probe *p, uint32_t object));

/* Copy, mint, delete in our own CNode. */
seL4_Error probe_mint(const struct probe *p, unsigned slot, seL4_CPtr from, seL4_Word badge);
void probe_delete(const struct probe *p, unsigned slot);

/* helper.c: what the helper can be asked to do with a capability. */
enum helper_task {
    HELPER_CALL, /* with a capability in the message; answers with the reply's label */
    HELPER_POLL, /* a notification; answers with the badge */
    HELPER_WAIT,
    HELPER_NBRECV, /* at an endpoint */
    HELPER_RECV,
    HELPER_LOAD, /* cptr is an address */
    HELPER_STORE,
};

enum helper_end { HELPER_BLOCKED, HELPER_DONE, HELPER_FAULTED };

#define HELPER_LABEL 7 /* of the messages that it sends */

/* Made of memory that nobody else will get, so that nothing else changes. */
void helper_start(struct probe *p);

/* It is done, has faulted, or waits; then helper_end() says later whether it still does. */
enum helper_end helper_run(struct probe *p, enum helper_task task, seL4_Word cptr,
                           seL4_Word *ret_answer);
enum helper_end helper_end(struct probe *p, seL4_Word *ret_answer);

/* The interrupt of the one device that can be made to interrupt: a timer of the processor. */
#define TIMER_IRQ 30

/* ipc.c, objects.c: what lies in SLOT_TRIED; print "NAME (ATTRIBUTES)". */
void probe_endpoint(struct probe *p);
void probe_notification(struct probe *p);
void probe_interrupt(struct probe *p);
void probe_tcb(struct probe *p);
void probe_cnode(struct probe *p);
void probe_context(struct probe *p);
void probe_vspace(struct probe *p);
void probe_frame(struct probe *p);

/*
 * objects.c: can something be put into the slot? That kernels do in silence; of a move from
 * an empty slot debug kernels complain, and there are many.
 */
bool probe_is_empty(const struct probe *p, seL4_CNode cnode, seL4_Word slot, uint32_t bits);

/* objects.c: devices are not touched. */
bool probe_is_device(const struct probe *p, uint64_t paddr);

/* ipc.c: let each thread fault, and look where that is told. */
void probe_faults(struct probe *p);

/* spaces.c: below the IPC buffers, whose page tables are there. */
void probe_find_free(struct probe *p);

/* spaces.c: what is mapped in all VSpaces: "ADDRESS: FRAME (RIGHTS)". */
void probe_spaces(struct probe *p);

/* objects.c: so that TCBs are known again; and as if nothing had been. */
void probe_mark_tcbs(struct probe *p, bool is_marked);

/* scan.c: the line of a slot, when all is known: kernels say things while it is found out. */
SK_PRINTF(2, 3) void probe_print(const struct probe *p, const char *format, ...);

/* scan.c: around the lines of an object. */
void probe_begin(const char *kind, uint32_t number);
void probe_end(void);

/* scan.c: everything. */
void probe_all(struct probe *p);
