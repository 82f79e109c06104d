/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/cap/cspace.h>

#include <stddef.h>

#include "bits.h"

sk_err sk_cspace_check(const sk_cspace *c)
{
    unsigned bits = 0;

    if (c->level_count == 0 || c->level_count > SK_CSPACE_LEVELS) {
        return SK_ERR_RANGE;
    }
    for (unsigned n = 0; n < c->level_count; n++) {
        const sk_node *level = &c->level[n];

        if (level->radix_bits == 0 || level->guard > low_bits(level->guard_bits)) {
            return SK_ERR_RANGE;
        }
        bits += sk_node_bits(*level);
    }
    return bits > seL4_WordBits ? SK_ERR_RANGE : SK_OK;
}

sk_err sk_cspace_encode(const sk_cspace *c, sk_cnode root, const seL4_Word path[],
                        unsigned count, sk_slot *ret_slot)
{
    sk_slot slot = {.root = root};

    SK_TRY(sk_cspace_check(c));
    if (count == 0 || count > c->level_count) {
        return SK_ERR_RANGE;
    }
    for (unsigned n = 0; n < count; n++) {
        const sk_node *level = &c->level[n];

        if (path[n] > low_bits(level->radix_bits)) {
            return SK_ERR_RANGE;
        }
        slot.index = shift_left(slot.index, level->guard_bits) | level->guard;
        slot.index = shift_left(slot.index, level->radix_bits) | path[n];
        slot.depth = (seL4_Uint8)(slot.depth + level->guard_bits + level->radix_bits);
    }
    *ret_slot = slot;
    return SK_OK;
}

/* As the kernel resolves one level of address, of which left bits are left. */
static struct sk_lookup_failure resolve(const sk_node *level, seL4_Word address, unsigned left,
                                        seL4_Word *ret_index)
{
    unsigned bits = sk_node_bits(*level);

    if (level->guard_bits > left || (shift_right(address, left - level->guard_bits) &
                                     low_bits(level->guard_bits)) != level->guard) {
        return (struct sk_lookup_failure){.kind = SK_LOOKUP_GUARD_MISMATCH,
                                          .bits_left = left,
                                          .guard = level->guard,
                                          .guard_bits = level->guard_bits};
    }
    if (bits > left) {
        return (struct sk_lookup_failure){
            .kind = SK_LOOKUP_DEPTH_MISMATCH, .bits_left = left, .bits_found = bits};
    }
    *ret_index = shift_right(address, left - bits) & low_bits(level->radix_bits);
    return (struct sk_lookup_failure){0};
}

sk_err sk_cspace_decode(const sk_cspace *c, sk_slot slot, seL4_Word ret_path[],
                        unsigned *ret_count, struct sk_lookup_failure *ret_failure)
{
    unsigned left = slot.depth;
    seL4_Word path[SK_CSPACE_LEVELS];
    struct sk_lookup_failure failure = {0};
    unsigned n = 0;

    SK_TRY(sk_cspace_check(c));
    if (left == 0 || left > seL4_WordBits) {
        return SK_ERR_RANGE;
    }
    do {
        failure = resolve(&c->level[n], slot.index, left, &path[n]);
        left -= failure.kind == SK_LOOKUP_NO_FAILURE ? sk_node_bits(c->level[n]) : 0;
        n++;
    } while (failure.kind == SK_LOOKUP_NO_FAILURE && left > 0 && n < c->level_count);
    if (failure.kind == SK_LOOKUP_NO_FAILURE && left > 0) {
        failure =
            (struct sk_lookup_failure){.kind = SK_LOOKUP_DEPTH_MISMATCH, .bits_left = left};
    }
    if (failure.kind != SK_LOOKUP_NO_FAILURE) {
        if (ret_failure != NULL) {
            *ret_failure = failure;
        }
        return SK_ERR_FAILED_LOOKUP;
    }
    for (unsigned m = 0; m < n; m++) {
        ret_path[m] = path[m];
    }
    *ret_count = n;
    return SK_OK;
}
