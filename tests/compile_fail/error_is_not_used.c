/* ERROR: ignoring return value */
/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/cap/owned.h>

void forget(struct sk_source *source, sk_owned_slot *slot)
{
    sk_owned_slot_take(source, slot);
}
