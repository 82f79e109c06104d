/*
 * Kernel objects: what lies in memory that was retyped, and the states it can be in.
 *
 * The sizes are the API's. CNodes are bare arrays of slots; page tables, VSpaces and ASID pools
 * are arrays of words; frames and untyped memory have no kernel state at all.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <sel4/types.h>
#include <selkie/arch/kernel/context.h>

#include "core/cap.h"
#include "core/error.h"

struct tcb;
struct reply;

/* A queue of threads, linked through tcb.queue_next and queue_prev. */
struct thread_queue {
    struct tcb *head;
    struct tcb *tail;
};

/* Endpoint: 16 bytes. Which way its queue waits is told by the first thread's state. */
struct endpoint {
    struct thread_queue queue;
};
_Static_assert(sizeof(struct endpoint) == 1u << seL4_EndpointBits, "an API size");

struct notification {
    struct thread_queue queue;
    uint64_t word;   /* the signals not yet received */
    uint64_t is_set; /* a signal is pending; word may be zero then */
    struct tcb *bound_tcb;
    struct sched_context *sched_context;
    uint64_t reserved[2];
};
_Static_assert(sizeof(struct notification) == 1u << seL4_NotificationBits, "an API size");

/*
 * Reply object. While tcb waits for a receive, it is the one to give when a call arrives; after
 * that, tcb is the caller to answer.
 *
 * The replies along which a scheduling context was donated form a stack that belongs to it:
 * below is the call made before, above the call made later. The context knows the top one.
 * What is below a call that ended out of turn stays linked, and gives nothing back any more.
 */
struct reply {
    struct tcb *tcb;
    struct reply *below;
    struct reply *above;
    struct sched_context *sched_context; /* set only on the top of a stack */
};
_Static_assert(sizeof(struct reply) == 1u << seL4_ReplyBits, "an API size");

struct refill {
    uint64_t time; /* may be used from then on */
    uint64_t amount;
};

/*
 * Scheduling context: budget each period, in ticks, kept as a ring of refills in order of time.
 * Unconfigured while budget is zero. The ring follows, as long as the object's size allows.
 */
struct sched_context {
    uint64_t budget;
    uint64_t period;
    uint64_t consumed; /* since last asked for */
    uint64_t badge;
    struct tcb *tcb; /* who runs on it now */
    struct notification *notification;
    struct reply *reply; /* top of the stack of calls it was donated along */
    struct tcb *yield_from;
    uint32_t refill_max;
    uint32_t refill_head;
    uint32_t refill_count;
    uint32_t is_sporadic; /* only being blocked makes it lose time: budget.h */
    uint64_t reserved[2];
    struct refill refills[];
};
_Static_assert(sizeof(struct sched_context) + 2 * sizeof(struct refill) <=
                   1u << seL4_MinSchedContextBits,
               "two refills fit into the smallest one");

enum thread_state {
    THREAD_INACTIVE = 0,
    THREAD_RUNNING,
    THREAD_RESTART, /* runnable, and executes the instruction at restart_pc (again) */
    THREAD_ON_RECEIVE,
    THREAD_ON_SEND,
    THREAD_ON_REPLY,
    THREAD_ON_NOTIFICATION,
};

enum tcb_slot {
    TCB_CSPACE,
    TCB_VSPACE,
    TCB_BUFFER,
    TCB_FAULT,
    TCB_TIMEOUT,
    TCB_SLOT_COUNT,
};

/* A fault that is being delivered: its label, and the words that are not registers. */
struct fault {
    uint64_t label;
    uint64_t words[3];
    struct lookup_failure lookup; /* of a capability fault */
};

#define TCB_NAME_BYTES 128

struct tcb {
    struct sk_arch_context context; /* must be first: vectors.S */
    struct slot slots[TCB_SLOT_COUNT];

    /* Scheduling. */
    uint32_t state;
    uint8_t priority;
    uint8_t max_priority;
    uint8_t is_queued;  /* in a ready queue */
    uint8_t is_waiting; /* for budget: in the release queue */
    uint8_t domain;
    struct sched_context *sched_context;
    struct tcb *ready_next;
    struct tcb *ready_prev;
    uint64_t flags;

    /* IPC: the queue of the object that the thread waits on, and what it is about. */
    struct tcb *queue_next;
    struct tcb *queue_prev;
    void *waits_on;      /* endpoint or notification */
    struct reply *reply; /* given with a receive, or owing an answer */
    uint64_t badge;      /* of the capability it sends with */
    uint8_t is_call;
    uint8_t may_grant;
    uint8_t may_grant_reply;
    struct notification *bound_notification;
    struct fault fault;

    uint64_t buffer_vaddr;
    struct sched_context *yielding_to;
    struct sk_arch_fpu fpu __attribute__((aligned(16)));
    struct tcb *all_next; /* debug builds: every thread, for the scheduler dump */
    struct tcb *all_prev;
    char name[TCB_NAME_BYTES];
};
_Static_assert(sizeof(struct tcb) <= 1u << seL4_TCBBits, "an API size");
