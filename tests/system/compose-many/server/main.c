/*
 * Is called by 200 clients and signalled by 200, signals them, and hears of each that it was.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <microkit.h>
#include <selkie/arch/rt/machine.h>
#include <selkie/rt/print.h>

#include "../talk.h"

static unsigned asked[CLIENT_COUNT], signalled[CLIENT_COUNT], heard[CLIENT_COUNT];
static unsigned heard_count;

void init(void)
{
}

void notified(microkit_channel ch)
{
    signalled[ch]++;
    microkit_notify(ch);
}

static void end(void)
{
    unsigned wrong = 0;

    for (unsigned i = 0; i < CLIENT_COUNT; i++) {
        wrong += asked[i] != 1 || signalled[i] != 1 || heard[i] != 1;
    }
    sk_printf("%u clients have called and signalled, and were signalled; %u wrongly\n",
              heard_count, wrong);
    sk_arch_exit(wrong == 0 ? 0 : 1);
}

microkit_msginfo protected(microkit_channel ch, microkit_msginfo msginfo)
{
    switch (microkit_msginfo_get_label(msginfo)) {
    case ASK:
        asked[ch] += microkit_mr_get(0) == ch;
        microkit_mr_set(0, ch);
        return microkit_msginfo_new(0, 1);
    case HEARD:
        heard[ch]++;
        break;
    }
    if (++heard_count == CLIENT_COUNT) {
        end();
    }
    return microkit_msginfo_new(0, 0);
}
