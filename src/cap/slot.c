/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/cap/slot.h>

#include "bits.h"

/* Are count numbers from first on at most last? An empty row does anywhere. */
static bool fits(seL4_Word first, seL4_Word count, seL4_Word last)
{
    return count == 0 || (first <= last && count - 1 <= last - first);
}

/* Can there be such a CNode? */
static bool is_possible(sk_node n)
{
    return n.radix_bits != 0 && sk_node_bits(n) <= seL4_WordBits &&
           n.guard <= low_bits(n.guard_bits);
}

sk_err sk_slots_window(sk_slots s, sk_node node, sk_window *ret_window)
{
    unsigned bits = sk_node_bits(node);
    seL4_Word address = s.first.index & low_bits(s.first.depth);
    seL4_Word offset = address & low_bits(node.radix_bits);

    if (!is_possible(node) || bits > s.first.depth || s.first.depth > seL4_WordBits ||
        (shift_right(address, node.radix_bits) & low_bits(node.guard_bits)) != node.guard ||
        !fits(offset, s.count, low_bits(node.radix_bits))) {
        return SK_ERR_RANGE;
    }
    *ret_window = (sk_window){
        .root = s.first.root,
        .node_index = shift_right(address, bits),
        .node_depth = s.first.depth - bits,
        .offset = offset,
        .count = s.count,
    };
    return SK_OK;
}

sk_err sk_window_slots(sk_window w, sk_node node, sk_slots *ret_slots)
{
    unsigned bits = sk_node_bits(node);

    if (!is_possible(node) || w.node_depth > seL4_WordBits - bits ||
        w.node_index > low_bits((unsigned)w.node_depth) ||
        !fits(w.offset, w.count, low_bits(node.radix_bits))) {
        return SK_ERR_RANGE;
    }
    *ret_slots = (sk_slots){
        .first = {.root = w.root,
                  .index = shift_left(w.node_index, bits) |
                           shift_left(node.guard, node.radix_bits) | w.offset,
                  .depth = (seL4_Uint8)(w.node_depth + bits)},
        .count = w.count,
    };
    return SK_OK;
}
