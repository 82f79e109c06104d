/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/arch/kernel/paging.h>

#include "core/check_parts.h"

/* A table that is being walked. */
struct place {
    const struct page_table *table;
    unsigned level;
    uint64_t asid;
    uint64_t vaddr; /* of its first entry */
};

static bool is_mapped_at(kcap cap, uint64_t asid, uint64_t vaddr)
{
    return cap_is_mapped(cap) && cap_map_asid(cap) == asid && cap_map_vaddr(cap) == vaddr;
}

/* Whether some capability remembers having mapped this frame, or table, there. */
static bool is_remembered(const struct check *c, struct place p, uint64_t pte, uint64_t vaddr)
{
    bool is_table = sk_arch_pte_is_table(pte, p.level);

    for (const struct slot *s = check_first(c); s != 0; s = derive_next(s)) {
        if (!is_mapped_at(s->cap, p.asid, vaddr)) {
            continue;
        }
        if (is_table && cap_type(s->cap) == CAP_PAGE_TABLE &&
            sk_arch_paddr(&c->k->machine, cap_object(s->cap)) == sk_arch_pte_paddr(pte)) {
            return true;
        }
        if (!is_table && cap_type(s->cap) == CAP_FRAME &&
            sk_arch_frame_level(cap_frame_size_class(s->cap)) == p.level &&
            cap_addr(s->cap) == sk_arch_pte_paddr(pte)) {
            return true;
        }
    }
    return false;
}

static void check_table(struct check *c, struct place p);

static void check_entry(struct check *c, struct place p, unsigned n)
{
    uint64_t pte = p.table->entries[n];
    uint64_t vaddr = p.vaddr + ((uint64_t)n << sk_arch_pt_shift(p.level));

    if (!sk_arch_pte_is_valid(pte) ||
        !check_that(c, is_remembered(c, p, pte, vaddr),
                    "a mapping is there whose capability does not know", p.table)) {
        return;
    }
    if (sk_arch_pte_is_table(pte, p.level)) {
        check_table(c, (struct place){sk_arch_phys(&c->k->machine, sk_arch_pte_paddr(pte)),
                                      p.level + 1, p.asid, vaddr});
    }
}

static void check_table(struct check *c, struct place p)
{
    for (unsigned n = 0; n < SK_ARCH_PT_ENTRIES && check_goes_on(c); n++) {
        check_entry(c, p, n);
    }
}

/* The VSpace of an identifier has a capability that knows it. */
static void check_vspace(struct check *c, const struct page_table *root, uint64_t asid)
{
    for (const struct slot *s = check_first(c); s != 0; s = derive_next(s)) {
        if (cap_type(s->cap) == CAP_VSPACE && cap_object(s->cap) == root &&
            cap_is_mapped(s->cap) && cap_map_asid(s->cap) == asid) {
            check_table(c, (struct place){root, 0, asid, 0});
            return;
        }
    }
    check_that(c, false, "an identifier belongs to a VSpace that does not know it", root);
}

void check_mappings(struct check *c)
{
    for (uint64_t base = 0; base < KERNEL_ASID_POOLS && check_goes_on(c); base++) {
        const struct asid_pool *pool = c->k->asid_pools[base];

        if (pool == 0) {
            continue;
        }
        check_that(c, check_exists(c, CAP_ASID_POOL, pool), "a deleted ASID pool is in use",
                   pool);
        for (uint64_t n = 0; n < KERNEL_ASIDS_PER_POOL && check_goes_on(c); n++) {
            if (pool->entries[n] != 0) {
                check_vspace(c, pool->entries[n], (base << seL4_ASIDPoolIndexBits) + n);
            }
        }
    }
}
