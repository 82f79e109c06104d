/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/cspace.h"
#include "core/derive.h"
#include "core/vspace.h"
#include "object/invocation.h"

static unsigned free_pool(const struct kernel *k)
{
    unsigned n = 0;

    while (n < KERNEL_ASID_POOLS && k->asid_pools[n] != 0) {
        n++;
    }
    return n;
}

/* Words: index and depth of the slot for the pool. Capabilities: untyped, root CNode. */
seL4_Error sk_kasid_control_invoke(struct kernel *k, struct invocation *i)
{
    kcap memory = invocation_cap(i, 0);
    struct slot *s;
    struct asid_pool *pool;
    unsigned n = free_pool(k);
    seL4_Error e;

    if (i->label != ARMASIDControlMakePool) {
        return sk_kerror(k, seL4_IllegalOperation);
    }
    if (i->length < 2 || i->extra_count < 2) {
        return sk_kerror(k, seL4_TruncatedMessage);
    }
    if (n == KERNEL_ASID_POOLS) {
        return sk_kerror(k, seL4_DeleteFirst);
    }
    if (cap_type(memory) != CAP_UNTYPED || cap_untyped_size_bits(memory) != seL4_ASIDPoolBits ||
        cap_untyped_is_device(memory)) {
        return sk_kerror_capability(k, 1);
    }
    if (derive_has_children(i->extra[0])) {
        return sk_kerror(k, seL4_RevokeFirst);
    }
    e = sk_kcspace_target(k, invocation_cap(i, 1), sk_kinvocation_word(i, 0),
                          sk_kinvocation_word(i, 1), 0, &s);
    if (e == seL4_NoError && !cap_is_null(s->cap)) {
        e = sk_kerror(k, seL4_DeleteFirst);
    }
    if (e != seL4_NoError) {
        return e;
    }
    pool = sk_arch_phys(&k->machine, cap_addr(memory));
    sk_arch_zero(&k->machine, pool, sizeof(*pool));
    sk_kderive_insert(
        i->extra[0], s,
        cap_make(CAP_ASID_POOL, (uintptr_t)pool, 0, (uint64_t)n << seL4_ASIDPoolIndexBits),
        false);
    i->extra[0]->cap =
        cap_untyped(cap_addr(memory), seL4_ASIDPoolBits, false, 1ull << seL4_ASIDPoolBits);
    k->asid_pools[n] = pool;
    return seL4_NoError;
}

seL4_Error sk_kasid_pool_invoke(struct kernel *k, struct invocation *i)
{
    uint64_t base = cap_asid_pool_base(i->cap);
    struct asid_pool *pool = cap_object(i->cap);
    kcap vspace = invocation_cap(i, 0);

    if (i->label != ARMASIDPoolAssign) {
        return sk_kerror(k, seL4_IllegalOperation);
    }
    if (i->extra_count == 0) {
        return sk_kerror(k, seL4_TruncatedMessage);
    }
    if (cap_type(vspace) != CAP_VSPACE || cap_is_mapped(vspace)) {
        return sk_kerror_capability(k, 1);
    }
    if (k->asid_pools[base >> seL4_ASIDPoolIndexBits] == 0) {
        return sk_kerror_lookup(k, 0, (struct lookup_failure){.type = seL4_InvalidRoot});
    }
    if (k->asid_pools[base >> seL4_ASIDPoolIndexBits] != pool) {
        return sk_kerror_capability(k, 0);
    }
    for (uint64_t n = 0; n < KERNEL_ASIDS_PER_POOL; n++) {
        /* Identifier 0 means the empty address space. */
        if (pool->entries[n] == 0 && base + n != 0) {
            sk_kasid_assign(k, i->extra[0], base + n);
            return seL4_NoError;
        }
    }
    return sk_kerror(k, seL4_DeleteFirst);
}
