/* SPDX-License-Identifier: BSD-2-Clause */
#include "time.h"

#include <selkie/rt/env.h>
#include <selkie/rt/panic.h>

void give_time(sk_tcb tcb)
{
    struct sk_env env;
    seL4_CPtr context = make((sk_blueprint){seL4_SchedContextObject, seL4_MinSchedContextBits});

    sk_env_get(&env);
    sk_assert(seL4_SchedControl_ConfigureFlags(env.sched_control.cptr, context, 10000, 10000, 0,
                                               0, seL4_SchedContext_NoFlag) == seL4_NoError);
    sk_assert(seL4_SchedContext_Bind(context, tcb.cptr) == seL4_NoError);
}

/* The fault endpoint is ours. */
void set_space(struct child *c, seL4_Word guard, seL4_CPtr endpoint, seL4_Word badge)
{
    seL4_CPtr faults = make(SK_BLUEPRINT(Notification)); /* for its slot */

    sk_assert(seL4_CNode_Delete(seL4_CapInitThreadCNode, faults, seL4_WordBits) ==
              seL4_NoError);
    sk_assert(seL4_CNode_Mint(seL4_CapInitThreadCNode, faults, seL4_WordBits,
                              seL4_CapInitThreadCNode, endpoint, seL4_WordBits, seL4_AllRights,
                              badge) == seL4_NoError);
    sk_assert(seL4_TCB_SetSpace(c->tcb.cptr, faults, c->cnode.cptr, guard, c->vspace.cptr, 0) ==
              seL4_NoError);
}

seL4_MessageInfo_t receive(seL4_CPtr endpoint, seL4_Word *ret_badge)
{
    static seL4_CPtr reply;

    if (reply == seL4_CapNull) {
        reply = make(SK_BLUEPRINT(Reply));
    }
    return seL4_Recv(endpoint, ret_badge, reply);
}
