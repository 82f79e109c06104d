/* SPDX-License-Identifier: BSD-2-Clause */
#include "microkit.h"

void sk_microkit_notify_other(microkit_channel ch)
{
    if (!sk_microkit_has(sk_microkit_extension.notifications, ch)) {
        sk_microkit_refuse("microkit_notify", ch);
        return;
    }
    seL4_Signal(sk_microkit_slot_notify(ch));
    if (sk_microkit_has(sk_microkit_extension.wakes, ch)) {
        seL4_Signal(sk_microkit_slot_wake(ch));
    }
}
