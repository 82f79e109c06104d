/*
 * A passive server, which takes some time.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <microkit.h>

enum { PAUSE = 500 };

static volatile unsigned spent;

void init(void)
{
}

void notified(microkit_channel ch)
{
    (void)ch;
}

microkit_msginfo protected(microkit_channel ch, microkit_msginfo msginfo)
{
    seL4_Word count = microkit_msginfo_get_count(msginfo);

    (void)ch;
    for (unsigned i = 0; i < PAUSE; i++) {
        spent = i;
    }
    for (seL4_Word i = 0; i < count; i++) {
        microkit_mr_set((seL4_Uint8)i, microkit_mr_get((seL4_Uint8)i) + 1);
    }
    return microkit_msginfo_new(0, count);
}
