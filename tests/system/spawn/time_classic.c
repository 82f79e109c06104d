/* SPDX-License-Identifier: BSD-2-Clause */
#include "time.h"

#include <selkie/rt/panic.h>

void give_time(sk_tcb tcb)
{
    (void)tcb;
}

/* The fault endpoint is the child's own, in its slot for reports. */
void set_space(struct child *c, seL4_Word guard, seL4_CPtr endpoint, seL4_Word badge)
{
    (void)endpoint;
    (void)badge;
    sk_assert(seL4_TCB_SetSpace(c->tcb.cptr, CHILD_REPORT, c->cnode.cptr, guard, c->vspace.cptr,
                                0) == seL4_NoError);
}

seL4_MessageInfo_t receive(seL4_CPtr endpoint, seL4_Word *ret_badge)
{
    return seL4_Recv(endpoint, ret_badge);
}
