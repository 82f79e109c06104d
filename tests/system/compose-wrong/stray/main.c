/*
 * Looks for its region where the others have it.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <microkit.h>
#include <selkie/rt/print.h>

#include <compose-wrong/stray.h>
#include <compose-wrong/walker.h>

void init(void)
{
    (void)microkit_ppcall(stray_channel_server, microkit_msginfo_new(0, 0));
    sk_printf("stray: looks\n");
    sk_printf("stray: reads %d\n", *(volatile char *)(uintptr_t)walker_notice);
}

void notified(microkit_channel ch)
{
    (void)ch;
}
