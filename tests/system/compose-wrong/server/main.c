/*
 * Counts its calls.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <microkit.h>

static seL4_Word count;

void init(void)
{
}

microkit_msginfo protected(microkit_channel ch, microkit_msginfo msginfo)
{
    (void)ch;
    (void)msginfo;
    microkit_mr_set(0, ++count);
    return microkit_msginfo_new(0, 1);
}

void notified(microkit_channel ch)
{
    (void)ch;
}
