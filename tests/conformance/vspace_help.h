/*
 * What the tests of VSpaces, page tables and pages share: a window of free addresses, and
 * a thread that touches memory so that the test need not fault itself.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include "conformance.h"

/*
 * Addresses from here on are free in every VSpace of a test. In MY_VSPACE two page tables
 * are missing before a page can be mapped, in a new VSpace three.
 */
#define WINDOW 0x2000000000ul

#define PAGE_SIZE       (1ul << seL4_PageBits)
#define LARGE_PAGE_SIZE (1ul << seL4_LargePageBits)
#define HUGE_PAGE_SIZE  (1ul << seL4_HugePageBits)

#define MAP_ATTRIBUTES seL4_ARM_Default_VMAttributes

/* A VSpace with an address space identifier. */
seL4_CPtr vspace_make(void);

/* An ASID pool, and untyped memory for one. */
seL4_CPtr pool_make(void);
seL4_CPtr pool_untyped(void);

/* A VSpace whose ASID pool has been deleted. */
seL4_CPtr vspace_orphan(void);

/* Map count new page tables at an address, one below the other. */
void tables_map(seL4_CPtr vspace, seL4_Word address, int count);

/* A page table mapped where a page in the window of MY_VSPACE needs it, and those above. */
seL4_CPtr window_table(void);

/* Map a page in MY_VSPACE with all rights. */
seL4_Error page_map(seL4_CPtr page, seL4_Word address);

/* A new small page mapped at WINDOW in MY_VSPACE, and its tables. */
seL4_CPtr window_page(void);

/* The memory at an address. */
static inline volatile seL4_Word *words_at(seL4_Word address)
{
    return (volatile seL4_Word *)address;
}

enum access {
    READ,
    WRITE,
    EXECUTE /* There must be code that returns. */
};

/* A thread of MY_VSPACE that makes accesses, and whose faults come to the test. */
struct prober {
    struct thread *thread;
    seL4_CPtr endpoint;
    seL4_CPtr reply;
    enum access access;
    seL4_Word address;
};

void prober_make(struct prober *prober);

/*
 * Make one access. Returns the label of the fault, whose message is then in the message
 * registers, or seL4_Fault_NullFault if the access was made.
 */
seL4_Word probe(struct prober *prober, enum access access, seL4_Word address);

/*
 * Run body(arg) in a thread of higher priority. Returns the label of its fault, whose
 * message is then in the message registers, or seL4_Fault_NullFault if it made none.
 */
seL4_Word fault_of(void (*body)(void *arg), void *arg);
