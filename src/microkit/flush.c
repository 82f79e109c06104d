/* SPDX-License-Identifier: BSD-2-Clause */
#include "microkit.h"

seL4_Bool microkit_have_signal;
seL4_CPtr microkit_signal_cap;
seL4_MessageInfo_t microkit_signal_msg;

void sk_microkit_flush(void)
{
    if (microkit_have_signal) {
        microkit_have_signal = seL4_False;
        seL4_Send(microkit_signal_cap, microkit_signal_msg);
    }
}
