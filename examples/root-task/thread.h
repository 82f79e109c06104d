/*
 * Starts a thread in our address space, from its objects up.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <sel4/sel4.h>

#include "memory.h"

struct thread_options {
    seL4_CPtr sched_control; /* who hands out time on this core */
    seL4_CPtr cspace;        /* a CNode: the only capabilities the thread can use */
    seL4_Word cspace_bits;   /* the CNode has 2^cspace_bits slots */
    seL4_Word priority;
    seL4_Time budget_us; /* of every period */
    seL4_Time period_us;
};

struct thread {
    seL4_CPtr tcb;
    seL4_CPtr context; /* the scheduling context: the thread's right to time */
};

/*
 * Make a thread that runs entry(arg), with a stack, an IPC buffer and thread-local
 * variables of its own, and let it go.
 */
struct thread thread_start(struct memory *memory, void (*entry)(void *arg), void *arg,
                           const struct thread_options *options);
