/* ERROR: is not a kind of capability */
/* TWIN: s/, caller)/, (sk_reply){caller.cptr})/ */
/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/cap/message.h>

void give_away(sk_builder *out, sk_caller caller)
{
    sk_builder_cap(out, caller);
}
