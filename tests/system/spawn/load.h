/*
 * Spawns a program in an address space and CSpace of its own.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include <selkie/cap/kinds.h>

/* Slots of the new CSpace. */
enum child_slot {
    CHILD_TCB = 1,
    CHILD_REPORT = 2,
    CHILD_VSPACE = 3,
    CHILD_CNODE = 4,
    CHILD_UNTYPED = 5,
    CHILD_TIME = 6, /* MCS: control over time */
    CHILD_FREE_SLOTS = 8,
};

#define CHILD_CNODE_BITS 6
#define CHILD_GUARD      (seL4_CNode_CapData_new(0, seL4_WordBits - CHILD_CNODE_BITS).words[0])

struct child {
    sk_tcb tcb;
    sk_cnode cnode;
    sk_vspace vspace;
    uintptr_t entry;
};

/* An address space with the image's segments, and a CNode that holds its TCB and VSpace. */
struct child load(const void *image);

/* Map a fresh page at vaddr of the child; its address here is the result. */
void *child_page(struct child *c, uintptr_t vaddr, int is_code, sk_frame *ret_frame);

/* Put a capability of ours into the child's CNode. */
void child_give(struct child *c, enum child_slot slot, seL4_CPtr cap, seL4_Word badge);

/* Run it on a stack that ends at sp, with this IPC buffer; faults go to endpoint. */
void child_start(struct child *c, uintptr_t sp, uintptr_t ipc_buffer, sk_frame frame,
                 seL4_CPtr endpoint, seL4_Word badge);
