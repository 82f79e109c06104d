/*
 * A passive server.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "../plot.h"
#include "../say.h"

static seL4_Word told;

void init(void)
{
    say(microkit_name, microkit_passive);
}

void notified(microkit_channel ch)
{
    told += ch == CLIENT_SIGNALS ? 1 : 100;
}

microkit_msginfo protected(microkit_channel ch, microkit_msginfo msginfo)
{
    seL4_Word label = microkit_msginfo_get_label(msginfo);
    seL4_Word sum = microkit_mr_get(0) + microkit_mr_get(1);

    if (label == ASK_LAST && microkit_msginfo_get_count(msginfo) == seL4_MsgMaxLength) {
        microkit_mr_set(0, microkit_mr_get(seL4_MsgMaxLength - 1));
        return microkit_msginfo_new(0, 1);
    }
    if (ch != CLIENT_CALLS || microkit_msginfo_get_count(msginfo) != 2) {
        return microkit_msginfo_new(0, 0);
    }
    if (label == ASK_TO_SIGNAL) {
        microkit_deferred_notify(TO_CLIENT);
    }
    microkit_mr_set(0, label == ASK_SUM || label == ASK_LARGEST ? sum : told);
    return microkit_msginfo_new(label + 1, 1);
}
