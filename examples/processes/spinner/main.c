/*
 * A process that never waits and never ends.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/rt/print.h>

int main(void);

static volatile unsigned long turns;

int main(void)
{
    sk_puts("round and round");
    for (;;) {
        turns++;
    }
}
