/*
 * Faults in fault(), and when it is restarted does what it would have done there.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <microkit.h>
#include <selkie/rt/print.h>

#include <compose-careless/careless.h>

#define ENTRY 0x200000

static volatile uintptr_t nowhere = 0x123000;

void init(void)
{
    (*careless_tally)[0]++;
    if ((*careless_tally)[0] > 1) {
        sk_printf("careless: restarts its ward\n");
        microkit_pd_restart(careless_child_ward, ENTRY);
    }
}

void notified(microkit_channel ch)
{
    (void)ch;
}

seL4_Bool fault(microkit_child child, microkit_msginfo msginfo, microkit_msginfo *reply)
{
    (void)msginfo;
    (void)reply;
    sk_printf("careless: is told of child %u\n", child);
    nowhere = *(volatile unsigned *)nowhere;
    return seL4_False;
}
