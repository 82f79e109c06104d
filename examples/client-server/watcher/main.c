/*
 * Is told when the server has done something, and looks what. It has a lower priority than the
 * client, so several requests are one notification.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <microkit.h>
#include <selkie/rt/print.h>

#include <client-server/watcher.h>

#include "../protocol.h"

static const volatile struct record *const record =
    (const volatile struct record *)watcher_record;

void init(void)
{
}

void notified(microkit_channel ch)
{
    if (ch == watcher_channel_server) {
        sk_printf("watcher: the server has done %lu requests, %lu bytes\n", record->requests,
                  record->bytes);
    }
}
