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

    m->first_directory = m->slots.directory;
    m->first_count = m->slots.directory_count;
    memcpy(directory, m->slots.directory,
           m->slots.directory_count * sizeof(struct sk_slot_block *));
    m->slots.directory = directory;
    m->slots.directory_count = directory_count(m);
}

/* The first CNode's slots are at the end of another way from now on. */
static void set_nodes(struct sk_manager *m, sk_node node)
{
    m->node = node;
    for (seL4_Word n = 0; n < m->slots.directory_count; n++) {
        if (m->slots.directory[n] != NULL) {
            m->slots.directory[n]->node = m->node;
        }
    }
}

/* A capability to a CNode with another guard. */
static sk_err mint_guarded(sk_slot into, sk_slot cnode, seL4_Word guard, unsigned guard_bits)
{
    return sk_slot_mint(into, cnode, seL4_AllRights,
                        seL4_CNode_CapData_new(guard, guard_bits).words[0]);
}

/* Make the root that a capability leads to the thread's, and move that to where all look. */
static sk_err enter_root(struct sk_manager *m, sk_slot guarded)
{
    sk_slot slot;

    SK_TRY((sk_err)seL4_TCB_SetSpace(m->tcb.cptr, m->faults, sk_slot_cptr(guarded), 0,
                                     m->space.vspace.cptr, 0));
    /* By the new root, since what the old one's capability is in is emptied. */
    slot = (sk_slot){{sk_slot_cptr(guarded)}, m->root.index, m->root.depth};
    guarded.root = slot.root;
    sk_require(sk_slot_delete(slot) == SK_OK);
    sk_require(sk_slot_move(slot, guarded) == SK_OK);
    return SK_OK;
}

/* The first slot of the new root, which is in cnode and bits wide: it leads to the old one. */
static sk_slot old_root(sk_slot cnode, unsigned bits)
{
    return (sk_slot){{sk_slot_cptr(cnode)}, 0, (seL4_Uint8)bits};
}

/* Fill the new root, and make it the thread's. */
static sk_err use_root(struct sk_manager *m, sk_slot cnode, unsigned bits, sk_slot guarded)
{
    SK_TRY(mint_guarded(old_root(cnode, bits), m->root, 0, 0));
    SK_TRY(mint_guarded(guarded, cnode, 0, seL4_WordBits - bits - m->node.radix_bits));
    return enter_root(m, guarded);
}

/* The new root and its directory, and both in use; what was taken is given back if not. */
static sk_err make_root(struct sk_manager *m, unsigned bits, sk_slots slots)
{
    seL4_Word pages = directory_pages(m);
    uintptr_t vaddr;
    sk_err err;

    SK_TRY(sk_manager_make(m, sk_blueprint_cnode(bits), slots.first));
    err = m->inner.take_pages(&m->inner, pages, &vaddr);
    if (err == SK_OK) {
        err = use_root(m, slots.first, bits, sk_slots_get(slots, 1));
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
    sk_node first = {.radix_bits = m->node.radix_bits};
    sk_slots slots;
    unsigned bits;
    sk_err err;

    m->tcb = options->tcb;
    m->faults = options->faults;
    /* Of memory that is small, new CNodes take small parts. */
    m->second_bits = m->untypeds.total_bytes < (seL4_Word)1 << 26 && most > 9 ? 9 : most;
    bits = root_bits(m);
    m->second_count = (seL4_Word)1 << bits;
    SK_TRY(sk_slot_pool_take(&m->slots, 2, &slots));
    err = make_root(m, bits, slots);
    if (err != SK_OK) {
        sk_slot_pool_give(&m->slots, slots);
        return err;
    }
    sk_slot_pool_give(&m->slots, (sk_slots){sk_slots_get(slots, 1), 1});
    m->second = slots.first;
    m->first_node = m->node;
    set_nodes(m, first);
    return SK_OK;
}

/* Is nothing left in CNodes of the second level? */
static bool is_narrow(const struct sk_manager *m)
{
    seL4_Word entry = (seL4_Word)1 << (m->node.radix_bits - m->slots.block_bits);

    while (entry < m->slots.directory_count && m->slots.directory[entry] == NULL) {
        entry++;
    }
    return entry == m->slots.directory_count;
}

void sk_manager_narrow(struct sk_manager *m)
{
    unsigned bits = (unsigned)__builtin_ctzl(m->second_count);
    uintptr_t directory = (uintptr_t)m->slots.directory;
    sk_slots guarded;

    if (!is_narrow(m) || sk_slot_pool_take(&m->slots, 1, &guarded) != SK_OK) {
        return;
    }
    /* Both fail only where somebody else has changed the capabilities that they take. */
    if (mint_guarded(guarded.first, old_root(m->second, bits), m->first_node.guard,
                     m->first_node.guard_bits) != SK_OK ||
        enter_root(m, guarded.first) != SK_OK) {
        return;
    }
    sk_slot_pool_give(&m->slots, guarded);
    set_nodes(m, m->first_node);
    memcpy(m->first_directory, m->slots.directory,
           m->first_count * sizeof(struct sk_slot_block *));
    m->slots.directory = m->first_directory;
    m->slots.directory_count = m->first_count;
    m->inner.give_pages(&m->inner, directory, directory_pages(m));
    sk_manager_free(m, m->second);
    sk_slot_pool_give(&m->slots, (sk_slots){m->second, 1});
    m->second = (sk_slot){{0}, 0, 0};
}
