/* SPDX-License-Identifier: BSD-2-Clause */
#include "space.h"

static sk_err sync_part(seL4_CPtr vspace, enum sk_cache what, uintptr_t start, uintptr_t end)
{
    switch (what) {
    case SK_CACHE_CLEAN:
        return (sk_err)sk_arch_cache_clean(vspace, start, end);
    case SK_CACHE_INVALIDATE:
        return (sk_err)sk_arch_cache_invalidate(vspace, start, end);
    case SK_CACHE_CLEAN_INVALIDATE:
        return (sk_err)sk_arch_cache_clean_invalidate(vspace, start, end);
    default:
        return (sk_err)sk_arch_cache_unify(vspace, start, end);
    }
}

sk_err sk_address_space_sync(struct sk_address_space *as, enum sk_cache what, uintptr_t vaddr,
                             seL4_Word size)
{
    uintptr_t end = vaddr + size;

    if (end < vaddr) {
        return SK_ERR_RANGE;
    }
    while (vaddr < end) {
        const struct run *r = sk_space_run(as, vaddr);
        uintptr_t part_end;

        if (r == NULL) {
            return SK_ERR_RANGE;
        }
        /* One call is for one page. */
        part_end = ((vaddr >> r->size_bits) + 1) << r->size_bits;
        if (part_end > end) {
            part_end = end;
        }
        SK_TRY(sync_part(as->vspace.cptr, what, vaddr, part_end));
        vaddr = part_end;
    }
    return SK_OK;
}
