/* SPDX-License-Identifier: BSD-2-Clause */
#include "bench.h"

void signal_and_wait(seL4_CPtr n, seL4_CPtr from)
{
    seL4_Word badge;

    (void)seL4_NBSendWaitWithMRs(n, seL4_MessageInfo_new(0, 0, 0, 0), from, &badge, seL4_Null,
                                 seL4_Null, seL4_Null, seL4_Null);
}

void answer_and_receive(seL4_CPtr endpoint, seL4_CPtr reply, seL4_Word *word)
{
    (void)seL4_ReplyRecvWithMRs(endpoint, seL4_MessageInfo_new(0, 0, 0, 1), seL4_Null, word,
                                seL4_Null, seL4_Null, seL4_Null, reply);
}

void receive_first(seL4_CPtr endpoint, seL4_CPtr reply)
{
    (void)seL4_Recv(endpoint, seL4_Null, reply);
}
