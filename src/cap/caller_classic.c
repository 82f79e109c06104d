/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/cap/message.h>

sk_err sk_caller_keep(sk_caller *c)
{
    sk_require(!c->is_kept);
    sk_caller_check(c);
    SK_TRY((sk_err)seL4_CNode_SaveCaller(c->slot.root.cptr, c->slot.index, c->slot.depth));
    c->is_kept = true;
    return SK_OK;
}

void sk_caller_send(sk_caller *c, struct sk_arch_message m)
{
    seL4_MessageInfo_t info = {{m.info}};

    if (c->is_kept) {
        /* The kernel empties the slot with the answer. */
        c->is_kept = false;
        sk_arch_ipc_send((seL4_Word)seL4_SysSend, c->cptr, m);
    } else {
        seL4_ReplyWithMRs(info, &m.word[0], &m.word[1], &m.word[2], &m.word[3]);
    }
}
