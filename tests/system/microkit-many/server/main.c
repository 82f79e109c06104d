/*
 * Counts. A late one, which has a lower priority than the client, also says what it is told.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "../../microkit/say.h"
#include "../plot.h"

static unsigned char told[CHANNELS];

void init(void)
{
}

void notified(microkit_channel ch)
{
    told[ch]++;
    if (microkit_name[0] == 'l') {
        say("told", ch);
    } else if (ch == FAR_END(CHANNELS - 1) && told[ch] == 2) {
        microkit_notify(FAR_END(100));
    }
}

microkit_msginfo protected(microkit_channel ch, microkit_msginfo msginfo)
{
    seL4_Word once = 0;
    seL4_Word more = 0;

    if (microkit_msginfo_get_label(msginfo) == ASK_CHANNEL) {
        return microkit_msginfo_new(ch, 0);
    }
    for (unsigned i = 0; i < CHANNELS; i++) {
        once += told[i] == 1;
        more += told[i] > 1;
    }
    microkit_mr_set(0, once);
    microkit_mr_set(1, more);
    return microkit_msginfo_new(0, 2);
}
