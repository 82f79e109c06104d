/*
 * Pairs of invocations that undo each other, for the benchmark.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <sel4/sel4.h>

#include "memory.h"

/* What the operations work on. */
struct operands {
    seL4_CPtr untyped; /* has no other children than those made here */
    seL4_CPtr page;    /* mapped at vaddr */
    seL4_Word vaddr;
    seL4_SlotPos empty; /* where copies and new objects go */
};

struct operands operands_make(struct memory *memory);

/* Do the pair count times. An error ends the program with a message. */
void copy_and_delete(const struct operands *o, unsigned count);
void unmap_and_map(const struct operands *o, unsigned count);
void make_and_delete_endpoint(const struct operands *o, unsigned count);
void make_and_delete_tcb(const struct operands *o, unsigned count);
