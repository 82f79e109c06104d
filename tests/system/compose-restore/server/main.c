/*
 * Counts its calls, and faults at the third; so it never counts further than two.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <stdint.h>

#include <microkit.h>

static unsigned count;
static volatile uintptr_t nowhere = 0x123000;

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
    if (++count == 3) {
        nowhere = *(volatile unsigned *)nowhere;
    }
    microkit_mr_set(0, count);
    return microkit_msginfo_new(0, 1);
}
