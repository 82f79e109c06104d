/*
 * Another client, with little time.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <microkit.h>
#include <selkie/rt/print.h>

#include <compose-donated/other.h>

#include "../plot.h"

void init(void)
{
}

void notified(microkit_channel ch)
{
    (void)ch;
    microkit_ppcall(other_channel_server, microkit_msginfo_new(WASTE, 0));
    sk_printf("other: is answered, %lu\n", microkit_mr_get(0));
}
