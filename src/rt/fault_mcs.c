/* SPDX-License-Identifier: BSD-2-Clause */
#include "fault.h"

#include <stddef.h>

#define BUDGET_US 10000

/* The handler's reply object; written before its thread starts. */
static seL4_CPtr reply;

void sk_fault_give_time(struct fault_source *source, seL4_CPtr tcb)
{
    seL4_CPtr context =
        sk_fault_make(source, seL4_SchedContextObject, seL4_MinSchedContextBits);

    sk_fault_check(seL4_SchedControl_ConfigureFlags(source->bi->schedcontrol.start, context,
                                                    BUDGET_US, BUDGET_US, 0, 0,
                                                    seL4_SchedContext_NoFlag));
    sk_fault_check(seL4_SchedContext_Bind(context, tcb));
    reply = sk_fault_make(source, seL4_ReplyObject, 0);
}

seL4_MessageInfo_t sk_fault_receive(seL4_CPtr endpoint, seL4_Word word[4])
{
    return seL4_RecvWithMRs(endpoint, NULL, reply, &word[0], &word[1], &word[2], &word[3]);
}
