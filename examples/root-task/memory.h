/*
 * The simplest allocator there can be: it only ever takes. Objects are made from one
 * piece of untyped memory, capabilities go into the next empty slot, and addresses count
 * upwards from the end of what the kernel mapped.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdint.h>

#include <sel4/sel4.h>

#define PAGE_SIZE ((seL4_Word)1 << seL4_PageBits)

struct memory {
    seL4_CPtr untyped; /* objects are made from this */
    seL4_SlotPos slot; /* the next empty slot of our CNode */
    seL4_SlotPos end;  /* the first slot after the empty ones */
    uintptr_t vaddr;   /* nothing is mapped from here on */
};

/* End the program with a message if a kernel call, named by what, returned an error. */
void check(seL4_Error error, const char *what);

/* Start with the smallest piece of RAM in bi that has at least 2^size_bits bytes. */
struct memory memory_init(const seL4_BootInfo *bi, seL4_Word size_bits);

/* A slot of our CNode that holds no capability yet. */
seL4_SlotPos memory_slot(struct memory *memory);

/* Make an object. size_bits counts only for types that come in several sizes. */
seL4_CPtr memory_object(struct memory *memory, seL4_Word type, seL4_Word size_bits);

/* Map a new page at memory->vaddr, which moves on. Returns the page's capability. */
seL4_CPtr memory_page(struct memory *memory);
