/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/vspace.h"
#include "core/derive.h"
#include "object/invocation.h"

static bool is_assigned_vspace(kcap c)
{
    return cap_type(c) == CAP_VSPACE && cap_is_mapped(c);
}

/* The VSpace of capability argument number, whose identifier must still be its own. */
static seL4_Error find_vspace(struct kernel *k, kcap c, int number,
                              struct page_table **ret_root)
{
    struct page_table *root;

    if (!is_assigned_vspace(c)) {
        return sk_kerror_capability(k, number);
    }
    root = sk_kvspace_by_asid(k, cap_map_asid(c));
    if (root == 0) {
        return sk_kerror_lookup(k, 0, (struct lookup_failure){.type = seL4_InvalidRoot});
    }
    if (root != cap_object(c)) {
        return sk_kerror_capability(k, number);
    }
    *ret_root = root;
    return seL4_NoError;
}

static seL4_Error map_table(struct kernel *k, struct invocation *i)
{
    uint64_t vaddr;
    struct page_table *root;
    struct pt_walk w;
    seL4_Error e;

    if (i->length < 2 || i->extra_count == 0) {
        return sk_kerror(k, seL4_TruncatedMessage);
    }
    if (cap_is_mapped(i->cap)) {
        return sk_kerror_capability(k, 0);
    }
    vaddr = sk_kinvocation_word(i, 0);
    if (is_assigned_vspace(invocation_cap(i, 0)) && vaddr > seL4_UserTop) {
        return sk_kerror_argument(k, 0);
    }
    e = find_vspace(k, invocation_cap(i, 0), 1, &root);
    if (e != seL4_NoError) {
        return e;
    }
    w = sk_kvspace_walk(k, root, vaddr, SK_ARCH_PT_LEAF_LEVEL);
    if (w.level == SK_ARCH_PT_LEAF_LEVEL || sk_arch_pte_is_valid(*w.entry)) {
        return sk_kerror(k, seL4_DeleteFirst);
    }
    vaddr &= ~((1ull << sk_arch_pt_shift(w.level)) - 1);
    i->slot->cap = cap_with_mapping(i->cap, cap_map_asid(invocation_cap(i, 0)), vaddr);
    *w.entry = sk_arch_pte_table(sk_arch_paddr(&k->machine, cap_object(i->cap)));
    sk_arch_pt_written(&k->machine);
    return seL4_NoError;
}

static seL4_Error unmap_table(struct kernel *k, struct invocation *i)
{
    if (!sk_kderive_is_final(i->slot)) {
        return sk_kerror(k, seL4_RevokeFirst);
    }
    if (cap_is_mapped(i->cap)) {
        sk_kpage_table_unmap(k, i->cap);
        sk_arch_zero(&k->machine, cap_object(i->cap), SK_ARCH_PT_BYTES);
        i->slot->cap = cap_without_mapping(i->cap);
    }
    return seL4_NoError;
}

seL4_Error sk_kpage_table_invoke(struct kernel *k, struct invocation *i)
{
    switch (i->label) {
    case ARMPageTableMap:
        return map_table(k, i);
    case ARMPageTableUnmap:
        return unmap_table(k, i);
    default:
        return sk_kerror(k, seL4_IllegalOperation);
    }
}

/* A frame that is mapped already may only be mapped again where it is. */
static seL4_Error check_remap(struct kernel *k, const struct invocation *i, uint64_t asid,
                              uint64_t vaddr)
{
    if (!cap_is_mapped(i->cap)) {
        return seL4_NoError;
    }
    if (cap_map_asid(i->cap) != asid) {
        return sk_kerror_capability(k, 1);
    }
    if (cap_map_vaddr(i->cap) != vaddr) {
        return sk_kerror_argument(k, 0);
    }
    return seL4_NoError;
}

static seL4_Error check_frame(struct kernel *k, struct invocation *i, uint64_t vaddr,
                              struct page_table **ret_root)
{
    uint64_t bits = sk_arch_frame_bits(cap_frame_size_class(i->cap));
    kcap vspace = invocation_cap(i, 0);
    seL4_Error e = find_vspace(k, vspace, 1, ret_root);

    if (e != seL4_NoError) {
        return e;
    }
    if ((vaddr & ((1ull << bits) - 1)) != 0) {
        return sk_kerror(k, seL4_AlignmentError);
    }
    e = check_remap(k, i, cap_map_asid(vspace), vaddr);
    if (e == seL4_NoError && !cap_is_mapped(i->cap) &&
        (vaddr > seL4_UserTop || (1ull << bits) - 1 > seL4_UserTop - vaddr)) {
        return sk_kerror_argument(k, 0);
    }
    return e;
}

/* Words: address, rights, attributes. */
static seL4_Error map_frame(struct kernel *k, struct invocation *i)
{
    unsigned level = sk_arch_frame_level(cap_frame_size_class(i->cap));
    uint64_t vaddr, rights, asid, old;
    struct page_table *root;
    struct pt_walk w;
    seL4_Error e;

    if (i->length < 3 || i->extra_count == 0) {
        return sk_kerror(k, seL4_TruncatedMessage);
    }
    vaddr = sk_kinvocation_word(i, 0);
    e = check_frame(k, i, vaddr, &root);
    if (e != seL4_NoError) {
        return e;
    }
    /* The tables that exist must end at the right level; what is mapped there is replaced. */
    w = sk_kvspace_walk(k, root, vaddr, SK_ARCH_PT_LEAF_LEVEL);
    if (w.level != level) {
        return sk_kerror_lookup(
            k, 0,
            (struct lookup_failure){seL4_MissingCapability, sk_arch_pt_shift(w.level), {0}});
    }
    rights = cap_rights(i->cap) & sk_kinvocation_word(i, 1);
    asid = cap_map_asid(invocation_cap(i, 0));
    i->slot->cap = cap_with_mapping(i->cap, asid, vaddr);
    old = *w.entry;
    *w.entry = sk_arch_pte_frame(cap_addr(i->cap), level, cap_frame_is_device(i->cap),
                                 (rights & RIGHT_READ) != 0, (rights & RIGHT_WRITE) != 0,
                                 sk_kinvocation_word(i, 2));
    if (sk_arch_pte_is_valid(old)) {
        sk_arch_tlb_drop_page(&k->machine, asid, vaddr);
    } else {
        sk_arch_pt_written(&k->machine);
    }
    return seL4_NoError;
}

/* Invalidating drops what was written, so it takes a mapping that may write. */
static bool may_maintain(uint64_t pte, enum sk_arch_cache_op op)
{
    return op != SK_ARCH_CACHE_INVALIDATE || sk_arch_pte_is_writable(pte);
}

/* Words: the first and the last but one offset, from the start of the page. */
static seL4_Error maintain(struct kernel *k, struct invocation *i, enum sk_arch_cache_op op)
{
    uint64_t bytes = 1ull << sk_arch_frame_bits(cap_frame_size_class(i->cap));
    uint64_t start, end;
    struct page_table *root;
    struct pt_walk w;

    if (i->length < 2) {
        return sk_kerror(k, seL4_TruncatedMessage);
    }
    if (!cap_is_mapped(i->cap)) {
        return sk_kerror(k, seL4_IllegalOperation);
    }
    root = sk_kvspace_by_asid(k, cap_map_asid(i->cap));
    if (root == 0) {
        return sk_kerror_lookup(k, 0, (struct lookup_failure){.type = seL4_InvalidRoot});
    }
    start = sk_kinvocation_word(i, 0);
    end = sk_kinvocation_word(i, 1);
    if (end <= start) {
        return sk_kerror_argument(k, 1);
    }
    if (start >= bytes || end > bytes) {
        return sk_kerror_argument(k, 0);
    }
    w = sk_kvspace_walk(k, root, cap_map_vaddr(i->cap), SK_ARCH_PT_LEAF_LEVEL);
    if (!sk_arch_pte_is_valid(*w.entry) || sk_arch_pte_paddr(*w.entry) != cap_addr(i->cap)) {
        return sk_kerror_capability(k, 0); /* something else is mapped there now, or nothing */
    }
    if (!may_maintain(*w.entry, op)) {
        return sk_kerror(k, seL4_IllegalOperation);
    }
    if (!cap_frame_is_device(i->cap)) {
        sk_arch_cache(&k->machine, op, sk_arch_phys(&k->machine, cap_addr(i->cap) + start),
                      end - start);
    }
    return seL4_NoError;
}

seL4_Error sk_kframe_invoke(struct kernel *k, struct invocation *i)
{
    switch (i->label) {
    case ARMPageMap:
        return map_frame(k, i);
    case ARMPageUnmap:
        sk_kframe_unmap(k, i->cap);
        i->slot->cap = cap_without_mapping(i->cap);
        return seL4_NoError;
    case ARMPageClean_Data:
        return maintain(k, i, SK_ARCH_CACHE_CLEAN);
    case ARMPageInvalidate_Data:
        return maintain(k, i, SK_ARCH_CACHE_INVALIDATE);
    case ARMPageCleanInvalidate_Data:
        return maintain(k, i, SK_ARCH_CACHE_CLEAN_INVALIDATE);
    case ARMPageUnify_Instruction:
        return maintain(k, i, SK_ARCH_CACHE_UNIFY);
    case ARMPageGetAddress:
        invocation_result(i, cap_addr(i->cap));
        return seL4_NoError;
    default:
        return sk_kerror(k, seL4_IllegalOperation);
    }
}

/* Words: the first and the last but one address, both in one page. */
static seL4_Error maintain_vspace(struct kernel *k, struct invocation *i,
                                  enum sk_arch_cache_op op)
{
    uint64_t start = sk_kinvocation_word(i, 0);
    uint64_t end = sk_kinvocation_word(i, 1);
    uint64_t page_bytes;
    struct page_table *root;
    struct pt_walk w;
    seL4_Error e;

    if (i->length < 2) {
        return sk_kerror(k, seL4_TruncatedMessage);
    }
    if (end <= start) {
        return sk_kerror_argument(k, 1);
    }
    if (end > seL4_UserTop) {
        return sk_kerror(k, seL4_IllegalOperation);
    }
    e = find_vspace(k, i->cap, 0, &root);
    if (e != seL4_NoError) {
        return e;
    }
    w = sk_kvspace_walk(k, root, start, SK_ARCH_PT_LEAF_LEVEL);
    if (!sk_arch_pte_is_valid(*w.entry)) {
        return seL4_NoError; /* nothing is mapped, so nothing is cached */
    }
    page_bytes = 1ull << sk_arch_pt_shift(w.level);
    if ((start ^ (end - 1)) >= page_bytes) {
        return sk_kerror_range(k, start, start | (page_bytes - 1));
    }
    if (!may_maintain(*w.entry, op)) {
        return sk_kerror(k, seL4_IllegalOperation);
    }
    if (vspace_maps_ram(k, w)) {
        uint64_t paddr = sk_arch_pte_paddr(*w.entry) | (start & (page_bytes - 1));

        sk_arch_cache(&k->machine, op, sk_arch_phys(&k->machine, paddr), end - start);
    }
    return seL4_NoError;
}

seL4_Error sk_kvspace_invoke(struct kernel *k, struct invocation *i)
{
    switch (i->label) {
    case ARMVSpaceClean_Data:
        return maintain_vspace(k, i, SK_ARCH_CACHE_CLEAN);
    case ARMVSpaceInvalidate_Data:
        return maintain_vspace(k, i, SK_ARCH_CACHE_INVALIDATE);
    case ARMVSpaceCleanInvalidate_Data:
        return maintain_vspace(k, i, SK_ARCH_CACHE_CLEAN_INVALIDATE);
    case ARMVSpaceUnify_Instruction:
        return maintain_vspace(k, i, SK_ARCH_CACHE_UNIFY);
    default:
        return sk_kerror(k, seL4_IllegalOperation);
    }
}
