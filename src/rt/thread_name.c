/* SPDX-License-Identifier: BSD-2-Clause */
#include "thread.h"

void sk_thread_name(const struct sk_thread *t)
{
    seL4_DebugNameThread(t->tcb.cptr, t->name);
}
