/* SPDX-License-Identifier: BSD-2-Clause */
#include <stddef.h>

#include <selkie/cap/cnode.h>
#include <selkie/rt/boot_source.h>
#include <selkie/rt/fault.h>

#include "manager_parts.h"

/* Only where the program is linked with the fault handler. */
__attribute__((weak)) seL4_CPtr sk_fault_endpoint(void);

/* An untyped of the boot info, and its place in the list. */
static sk_slot slot_of(const seL4_BootInfo *bi, seL4_Word index)
{
    return sk_slot_at((sk_cnode){seL4_CapInitThreadCNode}, bi->untyped.start + index);
}

/*
 * What is left of a piece that the boot source has taken from: the kernel hands out memory from
 * the start on, so parts of growing size, each aligned, are made behind what is used.
 */
static sk_err add_rest(struct sk_manager *m, const seL4_BootInfo *bi,
                       const struct sk_boot_rest *rest)
{
    const seL4_UntypedDesc *desc = &bi->untypedList[rest->index];
    seL4_Word size = (seL4_Word)1 << desc->sizeBits;
    seL4_Word from = (rest->used + ((1u << seL4_MinUntypedBits) - 1)) &
                     ~(((seL4_Word)1 << seL4_MinUntypedBits) - 1);

    while (from < size) {
        unsigned bits = (unsigned)__builtin_ctzl(from);
        sk_slots slot;
        sk_err err;

        SK_TRY(sk_slot_pool_take(&m->slots, 1, &slot));
        err = sk_blueprint_make(sk_blueprint_untyped(bits),
                                (sk_untyped){bi->untyped.start + rest->index}, slot,
                                sk_slot_pool_node(&m->slots, slot.first));
        if (err == SK_OK) {
            err =
                sk_untyped_pool_add(&m->untypeds, slot.first, desc->paddr + from, bits, false);
        }
        if (err != SK_OK) {
            /* Deleting what was not made is well. */
            (void)sk_slot_delete(slot.first);
            sk_slot_pool_give(&m->slots, slot);
            /* The kernel says that more is used: it was managed before. */
            return err == SK_ERR_NO_MEMORY ? SK_OK : err;
        }
        from += (seL4_Word)1 << bits;
    }
    return SK_OK;
}

static sk_err add_untypeds(struct sk_manager *m, const seL4_BootInfo *bi,
                           const struct sk_boot_rest *rest)
{
    for (seL4_Word n = 0; n < bi->untyped.end - bi->untyped.start; n++) {
        const seL4_UntypedDesc *desc = &bi->untypedList[n];

        if (sk_boot_rest_has_used(rest, desc, n)) {
            continue;
        }
        if (!desc->isDevice && n == rest->index && rest->used != 0) {
            SK_TRY(add_rest(m, bi, rest));
            continue;
        }
        SK_TRY(sk_untyped_pool_add(&m->untypeds, slot_of(bi, n), desc->paddr, desc->sizeBits,
                                   desc->isDevice));
    }
    return SK_OK;
}

sk_err sk_manager_init_boot(struct sk_manager *m, seL4_BootInfo *bi,
                            const struct sk_manager_options *options)
{
    struct sk_manager_means means = {
        .node = sk_node_whole((unsigned)bi->initThreadCNodeSizeBits),
        .root = sk_slot_at((sk_cnode){seL4_CapInitThreadCNode}, seL4_CapInitThreadCNode),
        .vspace = {seL4_CapInitThreadVSpace},
    };
    struct sk_manager_options own = *options;
    struct sk_boot_rest rest;
    sk_err err;

    own.tcb.cptr = seL4_CapInitThreadTCB;
    if (own.faults == 0 && sk_fault_endpoint != NULL) {
        own.faults = sk_fault_endpoint();
    }
    means.slots = (sk_slots){
        sk_slot_at((sk_cnode){seL4_CapInitThreadCNode}, bi->empty.start),
        bi->empty.end - bi->empty.start,
    };
    SK_TRY(sk_manager_begin(m, &means, &own));
    sk_boot_source_stop(&rest);
    err = add_untypeds(m, bi, &rest);
    if (err == SK_OK) {
        err = sk_manager_finish(m, &own);
    }
    if (err != SK_OK) {
        sk_manager_fini(m);
        return err;
    }
    bi->empty.end = bi->empty.start;
    return SK_OK;
}
