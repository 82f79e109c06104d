/*
 * Addresses in a CSpace of several levels: which CNode slots they select, and back.
 *
 * An sk_cspace says what the CNodes on the way are like, from the root on. All its addresses
 * lead through CNodes of the same guards; a CSpace whose branches differ has one for each.
 *
 *     static const sk_cspace two = {.level_count = 2,
 *                                   .level = {{.radix_bits = 6}, {.radix_bits = 12}}};
 *     seL4_Word path[] = {5, 77};
 *     sk_slot slot;
 *
 *     SK_TRY(sk_cspace_encode(&two, root, path, 2, &slot));
 *
 * slot is then slot 77 of the CNode in slot 5 of root, and has depth 18. With a path of one
 * index it would be the slot that this CNode is in, of depth 6.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <sel4/sel4.h>
#include <selkie/base/err.h>
#include <selkie/cap/error.h>
#include <selkie/cap/slot.h>

#define SK_CSPACE_LEVELS 3

typedef struct sk_cspace {
    unsigned level_count;
    sk_node level[SK_CSPACE_LEVELS];
} sk_cspace;

/*
 * Can there be such a CSpace?
 *
 * SK_ERR_RANGE: it has no level or too many, a level without slots, a guard that is wider than
 * the guard's bits, or more bits altogether than a word.
 */
sk_err sk_cspace_check(const sk_cspace *c);

/*
 * The slot at the end of path, which has an index for each of the first count levels.
 *
 * SK_ERR_RANGE: there is no such CSpace; count is 0 or more than it has levels; or an index is
 * more than its CNode has slots.
 */
sk_err sk_cspace_encode(const sk_cspace *c, sk_cnode root, const seL4_Word path[],
                        unsigned count, sk_slot *ret_slot);

/*
 * The path to slot: the number of levels and an index for each, the same that the kernel finds.
 * ret_path has room for SK_CSPACE_LEVELS indexes. What the kernel would say of an address that
 * does not fit is in ret_failure, which may be null.
 *
 * SK_ERR_RANGE: there is no such CSpace; or the address has no bits, or more than a word.
 * SK_ERR_FAILED_LOOKUP: the address does not have the guards, or ends within a level.
 */
sk_err sk_cspace_decode(const sk_cspace *c, sk_slot slot, seL4_Word ret_path[],
                        unsigned *ret_count, struct sk_lookup_failure *ret_failure);
