/* SPDX-License-Identifier: BSD-2-Clause */
#include "process.h"

void sk_process_name(const struct sk_process *p)
{
    seL4_DebugNameThread(p->tcb.cptr, p->name);
}
