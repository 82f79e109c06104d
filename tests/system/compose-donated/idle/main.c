/*
 * A passive child, which waits whenever its parent stops or restarts it.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <microkit.h>
#include <selkie/rt/print.h>

static unsigned count;

void init(void)
{
    sk_printf("idle: starts\n");
}

void notified(microkit_channel ch)
{
    (void)ch;
}

microkit_msginfo protected(microkit_channel ch, microkit_msginfo msginfo)
{
    (void)ch;
    (void)msginfo;
    microkit_mr_set(0, ++count);
    return microkit_msginfo_new(0, 1);
}
