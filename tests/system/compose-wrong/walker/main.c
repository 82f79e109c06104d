/*
 * Does nothing wrong, after the others.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <microkit.h>
#include <selkie/arch/rt/machine.h>
#include <selkie/rt/print.h>

#include <compose-wrong/walker.h>

void init(void)
{
    volatile uint8_t *notice = *walker_notice;

    (void)microkit_ppcall(walker_channel_server, microkit_msginfo_new(0, 0));
    sk_printf("walker: goes on, the call is number %lu, the notice says %d\n",
              microkit_mr_get(0), *notice);
    *notice = 2;
    sk_arch_exit(*notice == 2 ? 0 : 1);
}

void notified(microkit_channel ch)
{
    (void)ch;
}
