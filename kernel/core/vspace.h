/*
 * Address spaces: VSpaces, the page tables below them, mappings, identifiers.
 *
 * A VSpace can be used once it has an identifier (ASID) from a pool. Mappings remember the
 * identifier and the address in the capability of what is mapped, and are found again through
 * them; a stale one is recognised because the entry there is not its own.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <selkie/arch/kernel/paging.h>

#include "core/kernel.h"

/* The physical address of t's VSpace and its identifier; the empty one if it has none. */
uint64_t sk_kvspace_root(struct kernel *k, const struct tcb *t, uint64_t *ret_asid);

/* The VSpace that has this identifier; null if none. */
struct page_table *sk_kvspace_by_asid(const struct kernel *k, uint64_t asid);

/* Whether c is a VSpace capability with a valid identifier. */
bool sk_kvspace_is_usable(const struct kernel *k, kcap c);

/* The entry for vaddr in the table of the given level, or in the last table before. */
struct pt_walk {
    uint64_t *entry;
    unsigned level; /* of the table that entry is in */
};

struct pt_walk sk_kvspace_walk(const struct kernel *k, struct page_table *root, uint64_t vaddr,
                               unsigned level);

/* Whether the valid entry w maps memory, rather than a device, whatever its attributes say. */
static inline bool vspace_maps_ram(const struct kernel *k, struct pt_walk w)
{
    uint64_t paddr = sk_arch_pte_paddr(*w.entry);

    return paddr >= k->ram_start && paddr < k->ram_end;
}

/* Undo the mapping of a frame or table capability, if it still is its own. */
void sk_kframe_unmap(struct kernel *k, kcap c);
void sk_kpage_table_unmap(struct kernel *k, kcap c);

/* Give the VSpace the identifier; both are free. */
void sk_kasid_assign(struct kernel *k, struct slot *vspace, uint64_t asid);

/* The last capability to a VSpace or pool is being deleted. */
void sk_kvspace_destroy(struct kernel *k, kcap c);
void sk_kasid_pool_destroy(struct kernel *k, kcap c);
