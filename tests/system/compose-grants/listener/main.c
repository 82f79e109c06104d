/*
 * Is signalled with a badge that the description has, without a channel.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <microkit.h>
#include <selkie/arch/rt/machine.h>
#include <selkie/rt/print.h>

void init(void)
{
}

void notified(microkit_channel ch)
{
    sk_printf("listener: signalled on %u\n", ch);
    sk_arch_exit(0);
}
