/* ERROR: a value is used that was moved or never set */
/* TWIN: /keep(SK_MOVE/d */
/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/cap/owned.h>

void keep(sk_owned_slot slot);

sk_err give_away(struct sk_source *source, sk_owned_slot *ret_slot)
{
    SK_AUTO(sk_owned_slot) slot = {0};

    SK_TRY(sk_owned_slot_take(source, &slot));
    keep(SK_MOVE(slot));
    *ret_slot = SK_MOVE(slot);
    return SK_OK;
}
