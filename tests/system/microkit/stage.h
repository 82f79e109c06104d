/*
 * Composes a system of Microkit domains by hand, at run time: what a composer and an
 * initialiser do, in the plainest way. docs/spec/microkit-abi.md is what it goes by.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <selkie/cap/blueprint.h>
#include <selkie/cap/kinds.h>
#include <selkie/microkit/abi.h>

enum {
    STAGE_PAGES = 96,      /* of a domain that are remembered */
    STAGE_STACK_PAGES = 2, /* as in Microkit, unless the description says more */
};

/* Where domains have things. */
#define STAGE_PAGE   ((uintptr_t)1 << seL4_PageBits)
#define STAGE_BUFFER (seL4_UserVSpaceTop & -STAGE_PAGE)
#define STAGE_STACK  (STAGE_BUFFER - STAGE_PAGE)

struct domain {
    const char *name;
    const void *image; /* the ELF file */
    seL4_Word priority;
    unsigned cnode_bits; /* 0: 9 */
    bool is_passive;
    bool is_called; /* it waits at an endpoint: it is called, or has children */
    bool is_restored;
    bool is_bare; /* not linked with libmicrokit: it has no name */

    sk_tcb tcb;
    sk_cnode cnode;
    sk_vspace vspace;
    seL4_CPtr sched_context;
    seL4_CPtr notification;
    seL4_CPtr endpoint;
    seL4_CPtr groups[SK_MICROKIT_CHANNEL_WORDS];
    sk_frame buffer;
    uintptr_t entry;
    uintptr_t next_address; /* free, behind the image */
    unsigned page_count;
    struct {
        uintptr_t there;
        char *here;
        seL4_CPtr frame; /* ours */
    } pages[STAGE_PAGES];
};

/* An object from the boot source. */
seL4_CPtr stage_make(sk_blueprint what);

/* Make a domain whose upper half is filled in: all but its channels. */
void stage_domain(struct domain *d);

/* Map count fresh pages at vaddr; where they are here (pages of their own, not in a row). */
char *stage_page(struct domain *d, uintptr_t vaddr, bool is_code, bool is_read_only);

/* Copy to an address of the domain. */
void stage_poke(struct domain *d, uintptr_t vaddr, const void *from, size_t size);

/* Map the page at an address of from at another one of to, for reading. */
void stage_share(struct domain *from, uintptr_t there, struct domain *to, uintptr_t vaddr);

/* Write a variable of the domain, whose symbol its file must have. */
void stage_patch(struct domain *d, const char *symbol, size_t offset, const void *from,
                 size_t size);

/* The address of a symbol; 0 if there is none. */
uintptr_t stage_symbol(const void *image, const char *name);

/* Set bit n of the array of words that is at offset of a variable. */
void stage_set_bit(struct domain *d, const char *symbol, size_t offset, unsigned n);

/* Put a capability of ours into the domain's CNode. */
void stage_give(struct domain *d, seL4_Word slot, seL4_CPtr cap, seL4_CapRights_t rights,
                seL4_Word badge);

/* from, by its channel from_id, signals to, which is told to_id. */
void stage_notify(struct domain *from, unsigned from_id, struct domain *to, unsigned to_id);

/* from, by its channel from_id, calls to, which is told to_id. */
void stage_call(struct domain *from, unsigned from_id, struct domain *to, unsigned to_id);

/* The same of an endpoint of ours. */
void stage_call_us(struct domain *from, unsigned from_id, seL4_CPtr endpoint, seL4_Word badge);

/* An interrupt, which the domain acknowledges; returns its handler. */
seL4_CPtr stage_irq(struct domain *d, unsigned id, seL4_Word number);

/* And is told of. */
void stage_irq_tell(struct domain *d, unsigned id, seL4_CPtr handler);

/* The faults of child go to parent, which knows it by id. */
void stage_child(struct domain *parent, struct domain *child, unsigned id);

/* A capability of ours with a badge. */
seL4_CPtr stage_mint(seL4_CPtr cap, seL4_Word badge);

/* Signal a domain's channel ourselves. */
void stage_signal(struct domain *d, unsigned id);

/* The faults of d come to an endpoint with a badge. */
void stage_faults(struct domain *d, seL4_CPtr endpoint, seL4_Word badge);

/* Write the restore table, if the domain is to be restored, and let it run. */
void stage_start(struct domain *d);

/* Let those run that have a lower priority than we, until nobody of them wants to. */
void stage_be_last(void);
