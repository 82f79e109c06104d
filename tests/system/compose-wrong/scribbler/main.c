/*
 * Writes to a region that it is only given to read.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <microkit.h>
#include <selkie/rt/print.h>

#include <compose-wrong/scribbler.h>

void init(void)
{
    volatile char *notice = (volatile char *)(uintptr_t)scribbler_notice;

    (void)microkit_ppcall(scribbler_channel_server, microkit_msginfo_new(0, 0));
    sk_printf("scribbler: reads %d\n", *notice);
    *notice = 1;
    sk_printf("scribbler: wrote\n");
}

void notified(microkit_channel ch)
{
    (void)ch;
}
