/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/cap/blueprint.h>

#include "bits.h"

/*
 * Delete the capabilities in the first count slots. Deleting what was just made cannot fail, so
 * that the details of the error before stay in the message words.
 */
static void unmake(sk_slots s, seL4_Word count)
{
    for (seL4_Word n = 0; n < count; n++) {
        sk_slot slot = sk_slots_get(s, n);

        (void)seL4_CNode_Delete(slot.root.cptr, slot.index, slot.depth);
    }
}

/* How many slots, from the first on, are in one CNode like node? */
static seL4_Word room(sk_slot first, sk_node node)
{
    sk_window w;

    if (sk_slots_window((sk_slots){first, 0}, node, &w) != SK_OK) {
        return 0;
    }
    return low_bits(node.radix_bits) - w.offset + 1;
}

sk_err sk_blueprint_make(sk_blueprint b, sk_untyped from, sk_slots into, sk_node node)
{
    sk_window w;
    seL4_Word made = 0;

    if (sk_slots_window(into, node, &w) != SK_OK) {
        /* As the kernel says what the range is. */
        seL4_SetMR(0, 0);
        seL4_SetMR(1, room(into.first, node));
        return SK_ERR_RANGE;
    }
    while (made < w.count) {
        seL4_Word left = w.count - made;
        seL4_Word now =
            left < seL4_UntypedRetypeMaxObjects ? left : seL4_UntypedRetypeMaxObjects;
        sk_err e =
            (sk_err)seL4_Untyped_Retype(from.cptr, b.type, b.size_bits, w.root.cptr,
                                        w.node_index, w.node_depth, w.offset + made, now);

        if (e != SK_OK) {
            unmake(into, made);
            return e;
        }
        made += now;
    }
    return SK_OK;
}
