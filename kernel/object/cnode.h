/*
 * CNodes: deriving capabilities from others, and putting them into slots.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include "core/kernel.h"

/*
 * What a copy of c, which is in s, would be. seL4_RevokeFirst for an untyped with children,
 * seL4_IllegalOperation for what cannot be derived now. The kernel's error is not filled in.
 */
seL4_Error sk_kcnode_derive(const struct slot *s, kcap c, kcap *ret_cap);

/* Put c, derived from what is in source, into the empty slot destination. */
void sk_kcnode_insert(struct slot *source, struct slot *destination, kcap c);

/*
 * c with the badge or guard that data stands for; a null capability if that is not possible.
 * keep_badge: c is moved, not copied, so a badge may not be given.
 */
kcap sk_kcnode_with_data(kcap c, uint64_t data, bool keep_badge);

/* c without the rights that are not in the API's rights. */
kcap sk_kcnode_with_rights(kcap c, uint64_t rights);
