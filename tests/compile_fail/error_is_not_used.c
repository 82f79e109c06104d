/* ERROR: ignoring return value */
/* TWIN: s/    sk_owned_slot_take/    (void)sk_owned_slot_take/ */
/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/cap/owned.h>

void forget(struct sk_source *source, sk_owned_slot *slot)
{
    sk_owned_slot_take(source, slot);
}
