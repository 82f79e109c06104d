/*
 * What an address space writes down, and what its files need of each other.
 *
 * Everything is in a record of the record pool:
 *
 *   area    a reservation, with its guards; areas do not overlap
 *   run     frames of one size, mapped one behind the other, whose capabilities are in slots
 *           one behind the other; lies within an area
 *   table   a page table that was made here, and how much is mapped through it
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <selkie/alloc/address_space.h>
#include <selkie/arch/alloc/vspace.h>

#include "index.h"

/* Slots that tables may take while one frame is mapped, and a run besides. */
#define SK_SPACE_TABLE_SLOTS 8

struct area {
    struct sk_index_node node; /* by the first address, of the guard if there is one */
    uintptr_t end;             /* behind the upper guard */
    uintptr_t vaddr;           /* what the caller was told */
    seL4_Word size;
    bool is_of_mapping; /* made for the one mapping in it, and ends with that */
};

/* What becomes of the capabilities when a run is unmapped. */
enum ownership {
    FOREIGN, /* they stay the caller's */
    COPIED,  /* deleted, and their slots given back */
    MADE,    /* the same, and the frames freed */
};

struct run {
    struct sk_index_node node; /* by the first address */
    struct sk_index_node name; /* of a single foreign frame: by the capability */
    sk_slot first;
    uint32_t count;
    uint8_t size_bits; /* of each frame */
    uint8_t rights;
    uint8_t ownership;
    bool is_device;
};

struct table {
    struct sk_index_node node; /* by the first address and the span */
    sk_slot slot;
    uint32_t used; /* frames and tables that were put into it */
    uint8_t span_bits;
};

/* Nodes are first in what they find, but for names. */
static inline struct area *area_of(struct sk_index_node *node)
{
    return (struct area *)node;
}

static inline struct run *run_of(struct sk_index_node *node)
{
    return (struct run *)node;
}

static inline seL4_Word run_size(const struct run *r)
{
    return (seL4_Word)r->count << r->size_bits;
}

static inline seL4_CPtr run_frame(const struct run *r, seL4_Word n)
{
    return sk_slot_cptr(sk_slot_plus(r->first, n));
}

/* The area that has addr in it, guards included; NULL if there is none. */
struct area *sk_space_area(const struct sk_address_space *as, uintptr_t addr);

/* The run that has addr in it, or NULL; and the first one from addr on, or NULL. */
struct run *sk_space_run(const struct sk_address_space *as, uintptr_t addr);
struct run *sk_space_run_from(const struct sk_address_space *as, uintptr_t addr);

/* Map one frame; tables that are missing are made. Leaves nothing behind if it fails. */
sk_err sk_space_put(struct sk_address_space *as, seL4_CPtr frame, uintptr_t vaddr,
                    unsigned size_bits, const struct sk_map_options *options);

/* A frame of that size is not mapped at vaddr any more: tables that nothing needs go. */
void sk_space_left(struct sk_address_space *as, uintptr_t vaddr, unsigned size_bits);

/*
 * Map the frames of a run, which is a record with all but its nodes filled in. Takes over the
 * record if it succeeds.
 */
sk_err sk_space_map_run(struct sk_address_space *as, struct run *r, uintptr_t vaddr,
                        const struct sk_map_options *options);
void sk_space_unmap_run(struct sk_address_space *as, struct run *r);

/* May something be mapped like that? SK_ERR_ILLEGAL_OPERATION if not. */
sk_err sk_space_check_rights(const struct sk_map_options *options);

/*
 * Before a step that takes from the source: so many slots, and a few objects and records. No
 * step is in progress, since others may be done here.
 */
sk_err sk_space_prepare(struct sk_address_space *as, seL4_Word slot_count);

/* A reservation as the options want it, at their address or any; errors are the callers'. */
sk_err sk_space_place(struct sk_address_space *as, seL4_Word size, unsigned align_bits,
                      const struct sk_map_options *options, uintptr_t *ret_vaddr);

/* The options with the choices that its zeros stand for; options may be NULL. */
struct sk_map_options sk_space_options(const struct sk_map_options *options);
