/*
 * Slots of a CSpace: one, several in a row, and what seL4_Untyped_Retype() calls a window.
 *
 * An sk_slot says where a capability is, or could be: starting at the CNode root, the depth low
 * bits of index are resolved. It is a name and owns nothing; <selkie/cap/owned.h> has slots
 * that empty themselves. A zeroed sk_slot names no slot.
 *
 * A CSpace is a tree of CNodes. A capability to a CNode has a guard, bits that an address must
 * repeat, and the CNode then selects a slot by radix_bits more: that is an sk_node. The slots
 * of one CNode have addresses that differ in those bits only. The first thread's CNode has a
 * guard of zeros that fills the word, so that an index of 64 bits is the CPtr itself.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdbool.h>

#include <sel4/sel4.h>
#include <selkie/base/assert.h>
#include <selkie/base/attr.h>
#include <selkie/base/err.h>
#include <selkie/cap/kinds.h>

typedef struct sk_slot {
    sk_cnode root;
    seL4_Word index;
    seL4_Uint8 depth; /* bits of index that are resolved; 0 where there is no slot */
} sk_slot;

/* What a CNode, seen through a capability to it, resolves of an address. */
typedef struct sk_node {
    seL4_Word guard;
    seL4_Uint8 guard_bits;
    seL4_Uint8 radix_bits; /* log2 of its slots */
} sk_node;

/* So many slots of one CNode, one behind the other. */
typedef struct sk_slots {
    sk_slot first;
    seL4_Word count;
} sk_slots;

/* The same as seL4_Untyped_Retype() wants it: the CNode, found from root, and a place in it. */
typedef struct sk_window {
    sk_cnode root;
    seL4_Word node_index;
    seL4_Word node_depth; /* 0: the CNode is root itself */
    seL4_Word offset;     /* of its slots, without the guard */
    seL4_Word count;
} sk_window;

/* 1 << radix_bits slots, and a guard of zeros that fills the word, as the first thread's. */
static SK_ALWAYS_INLINE sk_node sk_node_whole(unsigned radix_bits)
{
    return (sk_node){0, (seL4_Uint8)(seL4_WordBits - radix_bits), (seL4_Uint8)radix_bits};
}

/* The bits of an address that it resolves. */
static SK_ALWAYS_INLINE unsigned sk_node_bits(sk_node n)
{
    return (unsigned)n.guard_bits + n.radix_bits;
}

/* The slot that cptr names in the CSpace whose root is root. */
static SK_ALWAYS_INLINE sk_slot sk_slot_at(sk_cnode root, seL4_CPtr cptr)
{
    return (sk_slot){root, cptr, seL4_WordBits};
}

static SK_ALWAYS_INLINE bool sk_slot_is_null(sk_slot s)
{
    return s.depth == 0;
}

/*
 * The address of the capability in s, for invocations by a thread whose CSpace has the same
 * root. An address of fewer bits than a word is moved to its upper end, which is where the
 * kernel starts; what it names must then not be a CNode. Traps if it has more bits than a word.
 */
static SK_ALWAYS_INLINE seL4_CPtr sk_slot_cptr(sk_slot s)
{
    sk_require(s.depth <= seL4_WordBits);
    return s.depth == 0 ? seL4_CapNull : s.index << (seL4_WordBits - s.depth);
}

/* The slot n behind s, in the same CNode; the caller knows that there is one. */
static SK_ALWAYS_INLINE sk_slot sk_slot_plus(sk_slot s, seL4_Word n)
{
    return (sk_slot){s.root, s.index + n, s.depth};
}

/* Slot n of several; traps if there are not so many. */
static SK_ALWAYS_INLINE sk_slot sk_slots_get(sk_slots s, seL4_Word n)
{
    sk_require(n < s.count);
    return sk_slot_plus(s.first, n);
}

/*
 * Take the first count slots from s.
 *
 * SK_ERR_NO_SLOT: s has fewer; nothing is taken.
 */
static SK_ALWAYS_INLINE sk_err sk_slots_take(sk_slots *s, seL4_Word count, sk_slots *ret_taken)
{
    if (count > s->count) {
        return SK_ERR_NO_SLOT;
    }
    *ret_taken = (sk_slots){s->first, count};
    *s = (sk_slots){sk_slot_plus(s->first, count), s->count - count};
    return SK_OK;
}

/* Is slot one of those of s? Both must be said from the same root and at the same depth. */
static SK_ALWAYS_INLINE bool sk_slots_has(sk_slots s, sk_slot slot)
{
    return slot.root.cptr == s.first.root.cptr && slot.depth == s.first.depth &&
           slot.index - s.first.index < s.count;
}

/*
 * The window of slots that are in a CNode like node.
 *
 * SK_ERR_RANGE: the first slot's address is shorter than what node resolves or longer than a
 * word, or has another guard there; or they are more than node has behind the first; or there
 * can be no such node.
 */
sk_err sk_slots_window(sk_slots s, sk_node node, sk_window *ret_window);

/*
 * The slots of a window into a CNode like node.
 *
 * SK_ERR_RANGE: their addresses would have more bits than a word, node_index more than
 * node_depth, or node has not so many slots, or cannot be.
 */
sk_err sk_window_slots(sk_window w, sk_node node, sk_slots *ret_slots);
