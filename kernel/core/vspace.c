/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/vspace.h"

#include "core/sched.h"

struct page_table *sk_kvspace_by_asid(const struct kernel *k, uint64_t asid)
{
    const struct asid_pool *pool = k->asid_pools[asid >> seL4_ASIDPoolIndexBits];

    return pool != 0 ? pool->entries[asid & (KERNEL_ASIDS_PER_POOL - 1)] : 0;
}

bool sk_kvspace_is_usable(const struct kernel *k, kcap c)
{
    return cap_type(c) == CAP_VSPACE && cap_is_mapped(c) &&
           sk_kvspace_by_asid(k, cap_map_asid(c)) == cap_object(c);
}

uint64_t sk_kvspace_root(struct kernel *k, const struct tcb *t, uint64_t *ret_asid)
{
    kcap c = t->slots[TCB_VSPACE].cap;

    if (!sk_kvspace_is_usable(k, c)) {
        *ret_asid = 0;
        return k->machine.empty_root;
    }
    *ret_asid = cap_map_asid(c);
    return sk_arch_paddr(&k->machine, cap_object(c));
}

struct pt_walk sk_kvspace_walk(const struct kernel *k, struct page_table *root, uint64_t vaddr,
                               unsigned level)
{
    struct pt_walk w = {.level = 0};
    struct page_table *table = root;

    for (;;) {
        w.entry = &table->entries[sk_arch_pt_index(vaddr, w.level)];
        if (w.level == level || !sk_arch_pte_is_table(*w.entry, w.level)) {
            return w;
        }
        table = sk_arch_phys(&k->machine, sk_arch_pte_paddr(*w.entry));
        w.level++;
    }
}

void sk_kframe_unmap(struct kernel *k, kcap c)
{
    unsigned level = sk_arch_frame_level(cap_frame_size_class(c));
    struct page_table *root;
    struct pt_walk w;

    if (!cap_is_mapped(c)) {
        return;
    }
    root = sk_kvspace_by_asid(k, cap_map_asid(c));
    if (root == 0) {
        return;
    }
    w = sk_kvspace_walk(k, root, cap_map_vaddr(c), level);
    if (w.level != level || !sk_arch_pte_is_valid(*w.entry) ||
        sk_arch_pte_is_table(*w.entry, level) || sk_arch_pte_paddr(*w.entry) != cap_addr(c)) {
        return;
    }
    *w.entry = SK_ARCH_PTE_NONE;
    sk_arch_tlb_drop_page(&k->machine, cap_map_asid(c), cap_map_vaddr(c));
}

void sk_kpage_table_unmap(struct kernel *k, kcap c)
{
    uint64_t paddr = sk_arch_paddr(&k->machine, cap_object(c));
    struct page_table *root;

    if (!cap_is_mapped(c)) {
        return;
    }
    root = sk_kvspace_by_asid(k, cap_map_asid(c));
    for (unsigned level = 0; root != 0 && level < SK_ARCH_PT_LEAF_LEVEL; level++) {
        struct pt_walk w = sk_kvspace_walk(k, root, cap_map_vaddr(c), level);

        if (w.level == level && sk_arch_pte_is_table(*w.entry, level) &&
            sk_arch_pte_paddr(*w.entry) == paddr) {
            *w.entry = SK_ARCH_PTE_NONE;
            sk_arch_tlb_drop_asid(&k->machine, cap_map_asid(c));
            return;
        }
    }
}

/* The running thread may have lost its address space. */
static void reload(struct kernel *k)
{
    if (k->current != 0) {
        sk_ksched_load_vspace(k);
    }
}

void sk_kasid_assign(struct kernel *k, struct slot *vspace, uint64_t asid)
{
    struct asid_pool *pool = k->asid_pools[asid >> seL4_ASIDPoolIndexBits];

    pool->entries[asid & (KERNEL_ASIDS_PER_POOL - 1)] = cap_object(vspace->cap);
    vspace->cap = cap_with_mapping(vspace->cap, asid, 0);
}

void sk_kvspace_destroy(struct kernel *k, kcap c)
{
    uint64_t asid = cap_map_asid(c);

    if (!sk_kvspace_is_usable(k, c)) {
        return;
    }
    k->asid_pools[asid >> seL4_ASIDPoolIndexBits]->entries[asid & (KERNEL_ASIDS_PER_POOL - 1)] =
        0;
    reload(k);
    sk_arch_tlb_drop_asid(&k->machine, asid);
}

void sk_kasid_pool_destroy(struct kernel *k, kcap c)
{
    uint64_t base = cap_asid_pool_base(c);
    struct asid_pool *pool = cap_object(c);

    if (k->asid_pools[base >> seL4_ASIDPoolIndexBits] != pool) {
        return;
    }
    k->asid_pools[base >> seL4_ASIDPoolIndexBits] = 0;
    reload(k);
    for (uint64_t n = 0; n < KERNEL_ASIDS_PER_POOL; n++) {
        if (pool->entries[n] != 0) {
            sk_arch_tlb_drop_asid(&k->machine, base + n);
        }
    }
}
