/*
 * Faults at its first start.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <microkit.h>
#include <selkie/arch/rt/machine.h>
#include <selkie/rt/print.h>

#include <compose-careless/ward.h>

static volatile uintptr_t nowhere = 0x123000;

void init(void)
{
    unsigned start = ++(*ward_tally)[1];

    sk_printf("ward: start %u\n", start);
    if (start == 1) {
        nowhere = *(volatile unsigned *)nowhere;
    }
    sk_arch_exit(0);
}

void notified(microkit_channel ch)
{
    (void)ch;
}
