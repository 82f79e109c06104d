/*
 * Is stopped in its calls, and in its fault.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <microkit.h>
#include <selkie/arch/rt/machine.h>
#include <selkie/rt/print.h>

#include <compose-keeper/kid.h>

#include "../plot.h"

static struct plot *plot = (struct plot *)*kid_plot;

static void call(void)
{
    microkit_ppcall(kid_channel_server, microkit_msginfo_new(0, 0));
    sk_printf("kid: is answered, %lu\n", microkit_mr_get(0));
}

void init(void)
{
    unsigned start = ++plot->starts;

    sk_printf("kid: start %u\n", start);
    switch (start) {
    case 1:
        call();
        call();
        break;
    case 2:
        *(volatile unsigned *)0x1000 = 0; /* nothing is there */
        break;
    default:
        sk_arch_exit(0);
    }
}

void notified(microkit_channel ch)
{
    (void)ch;
}
