/* SPDX-License-Identifier: BSD-2-Clause */
#include "microkit.h"

microkit_msginfo sk_microkit_call_other(microkit_channel ch, microkit_msginfo msginfo)
{
    if (ch < SK_MICROKIT_PLAIN_CHANNELS || !sk_microkit_has(sk_microkit_extension.calls, ch)) {
        sk_microkit_refuse("microkit_ppcall", ch);
        return microkit_msginfo_new(0, 0);
    }
    return seL4_Call(sk_microkit_slot_call(ch), msginfo);
}
