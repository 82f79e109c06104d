/*
 * A domain that says hello, and then waits for what never comes.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <microkit.h>
#include <selkie/rt/print.h>

void init(void)
{
    sk_printf("%s: hello, world\n", microkit_name);
}

/* Nobody has a channel to us. */
void notified(microkit_channel ch)
{
    (void)ch;
}
