/*
 * What a test runs in, made anew for each one and revoked after it: a TCB, a scheduling
 * context, a CNode and untyped memory, all from one piece of memory of the supervisor's.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include "../conformance.h"

/* The supervisor's own objects, in slots of the root CNode. They live as long as the run. */
struct lab {
    const seL4_BootInfo *bi;
    seL4_SlotPos next_slot;
    seL4_CPtr untyped;      /* where the supervisor's own objects are from */
    seL4_CPtr kit;          /* untyped: the test's TCB, context and CNode */
    seL4_CPtr memory;       /* untyped: the test's */
    seL4_CPtr spare_memory; /* untyped: the test's second */
    seL4_CPtr device;
    seL4_CPtr endpoint; /* tests report to it, and the kernel their faults */
    seL4_CPtr reply;
    seL4_CPtr watchdog;         /* a TCB */
    seL4_CPtr watchdog_context; /* its scheduling context */
    /* Slots for the test's objects; empty between tests. */
    seL4_SlotPos tcb, context, cnode, marked_endpoint;
};

/* Badges of the supervisor's endpoint. */
enum badge {
    BADGE_WATCHDOG = 1,
    BADGE_TEST = 2,
    BADGE_THREAD = 16, /* and the number of the thread */
};

/* Stack and IPC buffer of one thread. */
struct room {
    union {
        _Alignas(1 << seL4_PageBits) char page[1 << seL4_PageBits];
        seL4_IPCBuffer ipc_buffer;
    };
    char stack[3 << seL4_PageBits];
};

/* One for each further thread of a test, one for its first, one for the watchdog. */
#define ROOM_TEST     MAX_THREADS
#define ROOM_WATCHDOG (MAX_THREADS + 1)
extern struct room rooms[MAX_THREADS + 2];

/* The capability to a page of the program, in the root CNode. */
seL4_CPtr image_page(const void *address);

/* End the run if an invocation of the supervisor's failed. */
#define MUST(call) must(__LINE__, #call, call)
void must(int line, const char *call, seL4_Error error);

/* Make the supervisor's own objects. */
struct lab lab_init(const seL4_BootInfo *bi);

/* Make a test's thread and let it go; it runs when the supervisor waits. */
void sandbox_open(const struct lab *lab, const struct test *test);

/* Revoke everything of the test. Returns what is not as it was, or NULL. */
const char *sandbox_close(const struct lab *lab);

/* The test's slot allocator starts afresh: object.c and thread.c. */
void objects_reset(void);
void threads_reset(void);

/* Threads of a test report their faults to this endpoint, a slot of the root CNode. */
void threads_init(seL4_CPtr endpoint);
