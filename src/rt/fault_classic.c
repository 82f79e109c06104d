/* SPDX-License-Identifier: BSD-2-Clause */
#include "fault.h"

#include <stddef.h>

void sk_fault_give_time(struct fault_source *source, seL4_CPtr tcb)
{
    /* Every thread has its time slice. */
    (void)source;
    (void)tcb;
}

seL4_MessageInfo_t sk_fault_receive(seL4_CPtr endpoint, seL4_Word word[4])
{
    return seL4_RecvWithMRs(endpoint, NULL, &word[0], &word[1], &word[2], &word[3]);
}
