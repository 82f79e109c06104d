/*
 * Restarts its child until that has started five times.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <microkit.h>

#include <compose-restore/parent.h>

#define ENTRY 0x200000

void init(void)
{
}

void notified(microkit_channel ch)
{
    (void)ch;
}

seL4_Bool fault(microkit_child child, microkit_msginfo msginfo, microkit_msginfo *reply)
{
    (void)msginfo;
    (void)reply;
    if (child == parent_child_kid) {
        microkit_pd_restart(child, ENTRY);
    }
    return seL4_False;
}
