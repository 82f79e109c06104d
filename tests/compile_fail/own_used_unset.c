/* ERROR: a value is used that was moved or never set */
/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/cap/owned.h>

sk_slot empty(void)
{
    SK_AUTO(sk_owned_slot) slot = {0};

    return sk_owned_slot_get(&slot);
}
