/*
 * Slots of a CSpace: one, several in a row, and what seL4_Untyped_Retype() calls a window.
 *
 * An sk_slot says where a capability is, or could be: starting at the CNode root, the depth low
 * bits of index are resolved. It is a name and owns nothing; <selkie/cap/owned.h> has slots
 * that empty themselves. A zeroed sk_slot names no slot.
 *
 * A CSpace is a tree of CNodes. The slots of one CNode have addresses that differ in its last
 * node_bits bits only: the bits of the guard in front of it and those that select a slot of it.
 * The first thread's CNode has node_bits 64 (a guard of 52 zeros, 4096 slots), so that an index
 * at depth 64 is the CPtr itself.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdbool.h>

#include <sel4/sel4.h>
#include <selkie/base/assert.h>
#include <selkie/base/err.h>
#include <selkie/cap/kinds.h>

typedef struct sk_slot {
    sk_cnode root;
    seL4_Word index;
    seL4_Uint8 depth; /* bits of index that are resolved; 0 where there is no slot */
} sk_slot;

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
    seL4_Word offset;
    seL4_Word count;
} sk_window;

/* The slot that cptr names in the CSpace whose root is root. */
static inline sk_slot sk_slot_at(sk_cnode root, seL4_CPtr cptr)
{
    return (sk_slot){root, cptr, seL4_WordBits};
}

static inline bool sk_slot_is_null(sk_slot s)
{
    return s.depth == 0;
}

/*
 * The address of the capability in s, for invocations by a thread whose CSpace has the same
 * root. An address of fewer bits than a word is moved to its upper end, which is where the
 * kernel starts; what it names must then not be a CNode.
 */
static inline seL4_CPtr sk_slot_cptr(sk_slot s)
{
    return s.depth == 0 ? seL4_CapNull : s.index << (seL4_WordBits - s.depth);
}

/* The slot n behind s, in the same CNode; the caller knows that there is one. */
static inline sk_slot sk_slot_plus(sk_slot s, seL4_Word n)
{
    return (sk_slot){s.root, s.index + n, s.depth};
}

/* Slot n of several; traps if there are not so many. */
static inline sk_slot sk_slots_get(sk_slots s, seL4_Word n)
{
    sk_require(n < s.count);
    return sk_slot_plus(s.first, n);
}

/*
 * Take the first count slots from s.
 *
 * SK_ERR_NO_SLOT: s has fewer; nothing is taken.
 */
static inline sk_err sk_slots_take(sk_slots *s, seL4_Word count, sk_slots *ret_taken)
{
    if (count > s->count) {
        return SK_ERR_NO_SLOT;
    }
    *ret_taken = (sk_slots){s->first, count};
    *s = (sk_slots){sk_slot_plus(s->first, count), s->count - count};
    return SK_OK;
}

/* Is slot one of those of s? Both must be said from the same root and at the same depth. */
static inline bool sk_slots_has(sk_slots s, sk_slot slot)
{
    return slot.root.cptr == s.first.root.cptr && slot.depth == s.first.depth &&
           slot.index - s.first.index < s.count;
}

/*
 * The window of slots whose CNode has node_bits (see above).
 *
 * SK_ERR_RANGE: node_bits is 0 or more than the slots' depth, or they are not all in one CNode.
 */
sk_err sk_slots_window(sk_slots s, unsigned node_bits, sk_window *ret_window);

/*
 * The slots of a window whose CNode has node_bits.
 *
 * SK_ERR_RANGE: the CNode's own address leaves no node_bits bits of a word, or the window does
 * not fit into so many.
 */
sk_err sk_window_slots(sk_window w, unsigned node_bits, sk_slots *ret_slots);
