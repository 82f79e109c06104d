/* ERROR gcc: value computed is not used */
/* ERROR clang: declared with 'warn_unused_result' attribute */
/* TWIN: s/^    SK_MOVE/    *ret_slot = SK_MOVE/ */
/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/cap/owned.h>

sk_err forget(struct sk_source *source, sk_owned_slot *ret_slot)
{
    SK_AUTO(sk_owned_slot) slot = {0};

    (void)ret_slot;
    SK_TRY(sk_owned_slot_take(source, &slot));
    SK_MOVE(slot);
    return SK_OK;
}
