/*
 * A passive server, which tells its client's parent of each call.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <microkit.h>

#include <compose-keeper/server.h>

static unsigned count;

void init(void)
{
}

void notified(microkit_channel ch)
{
    (void)ch;
}

microkit_msginfo protected(microkit_channel ch, microkit_msginfo msginfo)
{
    (void)ch;
    (void)msginfo;
    microkit_notify(server_channel_parent);
    microkit_mr_set(0, ++count);
    return microkit_msginfo_new(0, 1);
}
