/*
 * Says of what it is told.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "../say.h"

/* What Microkit's own library does in a passive domain: a message to a monitor, which is not
 * there. */
void init(void)
{
    say(microkit_name, microkit_passive);
    microkit_signal_cap = MONITOR_EP;
    microkit_signal_msg = seL4_MessageInfo_new(0, 0, 0, 0);
    microkit_have_signal = seL4_True;
}

void notified(microkit_channel ch)
{
    say("told", ch);
}
