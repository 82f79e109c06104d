/*
 * Who answers the client: a server or an echo of signals. Those whose names end in _raw never
 * leave init(), and make system calls themselves.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <microkit.h>

/* Of the ABI (docs/spec/microkit-abi.md). */
enum { SLOT_INPUT = 1, SLOT_REPLY = 4, SLOT_NOTIFY = 10 };

static void serve(void)
{
    seL4_Word badge, m0, m1, m2, m3;
    seL4_MessageInfo_t info =
        seL4_RecvWithMRs(SLOT_INPUT, &badge, SLOT_REPLY, &m0, &m1, &m2, &m3);

    for (;;) {
        info = seL4_ReplyRecvWithMRs(SLOT_INPUT, info, &badge, &m0, &m1, &m2, &m3, SLOT_REPLY);
    }
}

static void echo(void)
{
    seL4_Word badge;

    for (;;) {
        seL4_Wait(SLOT_INPUT, &badge);
        seL4_Signal(SLOT_NOTIFY);
    }
}

void init(void)
{
    if (microkit_name[0] == 's' && microkit_name[6] == '_') {
        serve();
    } else if (microkit_name[0] == 'e' && microkit_name[4] == '_') {
        echo();
    }
}

void notified(microkit_channel channel)
{
    microkit_notify(channel);
}

microkit_msginfo protected(microkit_channel channel, microkit_msginfo message)
{
    (void)channel;
    return message;
}
