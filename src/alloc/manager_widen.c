/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/base/assert.h>
#include <selkie/cap/cnode.h>
#include <selkie/cap/tcb.h>
#include <selkie/rt/string.h>

#include "manager_parts.h"
#include "slot_block.h"

/*
 * The second level. A new root resolves more bits than the first CNode, which comes into its
 * slot 0: an address that had zeros in front of the first CNode's bits leads where it did. All
 * that knows the capability of the root by its slot goes on with the new one.
 */

/* Slots cost memory: what is managed cannot be in more CNodes than there can be. */
static unsigned root_bits(const struct sk_manager *m)
{
    unsigned total_bits = seL4_WordBits - (unsigned)__builtin_clzl(m->untypeds.total_bytes);
    unsigned cnode_bits = m->second_bits + seL4_SlotBits;
    unsigned bits = total_bits > cnode_bits ? total_bits - cnode_bits : 1;

    return bits + m->node.radix_bits <= 31 ? bits : 31u - m->node.radix_bits;
}

static seL4_Word directory_count(const struct sk_manager *m)
{
    return m->second_count << (m->node.radix_bits - m->slots.block_bits);
}

/* Pages for the directory of all the CNodes that there can be. */
static seL4_Word directory_pages(const struct sk_manager *m)
{
    seL4_Word size = directory_count(m) * sizeof(struct sk_slot_block *);

    return (size + ((seL4_Word)1 << seL4_PageBits) - 1) >> seL4_PageBits;
}

/* The entries that there are stay. */
static void use_directory(struct sk_manager *m, uintptr_t vaddr)
{
    struct sk_slot_block **directory = (struct sk_slot_block **)vaddr;

    memcpy(directory, m->slots.directory,
           m->slots.directory_count * sizeof(struct sk_slot_block *));
    m->slots.directory = directory;
    m->slots.directory_count = directory_count(m);
}

/* The first CNode's slots are now at the end of a way through the root. */
static void set_nodes(struct sk_manager *m)
{
    m->node.guard = 0;
    m->node.guard_bits = 0;
    for (seL4_Word n = 0; n < m->slots.directory_count; n++) {
        if (m->slots.directory[n] != NULL) {
            m->slots.directory[n]->node = m->node;
        }
    }
}

/* Fill the new root, which is in cnode and bits wide, and make it the thread's. */
static sk_err use_root(struct sk_manager *m, const struct sk_manager_options *options,
                       sk_slot cnode, unsigned bits, sk_slot guarded)
{
    sk_slot old = {{sk_slot_cptr(cnode)}, 0, (seL4_Uint8)bits};
    seL4_Word guard_bits = seL4_WordBits - bits - m->node.radix_bits;
    sk_slot slot;

    SK_TRY(sk_slot_mint(old, m->root, seL4_AllRights, seL4_CNode_CapData_new(0, 0).words[0]));
    SK_TRY(sk_slot_mint(guarded, cnode, seL4_AllRights,
                        seL4_CNode_CapData_new(0, guard_bits).words[0]));
    SK_TRY((sk_err)seL4_TCB_SetSpace(options->tcb.cptr, options->faults, sk_slot_cptr(guarded),
                                     0, m->space.vspace.cptr, 0));
    /* By the new root, since what the old one's capability is in is emptied. */
    slot = (sk_slot){{sk_slot_cptr(guarded)}, m->root.index, m->root.depth};
    guarded.root = slot.root;
    sk_require(sk_slot_delete(slot) == SK_OK);
    sk_require(sk_slot_move(slot, guarded) == SK_OK);
    return SK_OK;
}

/* The new root and its directory, and both in use; what was taken is given back if not. */
static sk_err make_root(struct sk_manager *m, const struct sk_manager_options *options,
                        unsigned bits, sk_slots slots)
{
    seL4_Word pages = directory_pages(m);
    uintptr_t vaddr;
    sk_err err;

    SK_TRY(sk_manager_make(m, sk_blueprint_cnode(bits), slots.first));
    err = m->inner.take_pages(&m->inner, pages, &vaddr);
    if (err == SK_OK) {
        err = use_root(m, options, slots.first, bits, sk_slots_get(slots, 1));
        if (err == SK_OK) {
            use_directory(m, vaddr);
            return SK_OK;
        }
        m->inner.give_pages(&m->inner, vaddr, pages);
    }
    sk_manager_free(m, slots.first);
    return err;
}

sk_err sk_manager_widen(struct sk_manager *m, const struct sk_manager_options *options)
{
    unsigned most = m->slots.block_bits;
    sk_slots slots;
    unsigned bits;
    sk_err err;

    /* Of memory that is small, new CNodes take small parts. */
    m->second_bits = m->untypeds.total_bytes < (seL4_Word)1 << 26 && most > 9 ? 9 : most;
    bits = root_bits(m);
    m->second_count = (seL4_Word)1 << bits;
    SK_TRY(sk_slot_pool_take(&m->slots, 2, &slots));
    err = make_root(m, options, bits, slots);
    if (err != SK_OK) {
        sk_slot_pool_give(&m->slots, slots);
        return err;
    }
    sk_slot_pool_give(&m->slots, (sk_slots){sk_slots_get(slots, 1), 1});
    m->second = slots.first;
    set_nodes(m);
    return SK_OK;
}
