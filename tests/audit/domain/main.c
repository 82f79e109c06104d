/*
 * A domain for the audit's systems: it does nothing, and can be anything.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <microkit.h>

void init(void)
{
    if (microkit_name[0] == 'l') {
        microkit_dbg_puts("last domain runs\n");
    }
}

void notified(microkit_channel channel)
{
    (void)channel;
}

microkit_msginfo protected(microkit_channel channel, microkit_msginfo message)
{
    (void)channel;
    return message;
}

seL4_Bool fault(microkit_child child, microkit_msginfo message, microkit_msginfo *reply)
{
    (void)child;
    (void)message;
    (void)reply;
    return seL4_False;
}
