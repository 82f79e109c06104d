/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/cap/caller.h>

sk_err sk_caller_keep(sk_caller *c)
{
    sk_require(!c->is_kept);
    SK_TRY((sk_err)seL4_CNode_SaveCaller(c->slot.root.cptr, c->slot.index, c->slot.depth));
    c->is_kept = true;
    return SK_OK;
}

void sk_caller_send(sk_caller *c, seL4_MessageInfo_t info, const seL4_Word word[4])
{
    seL4_Word w[4] = {word[0], word[1], word[2], word[3]};

    if (c->is_kept) {
        /* The kernel empties the slot with the answer. */
        c->is_kept = false;
        seL4_SendWithMRs(c->cptr, info, &w[0], &w[1], &w[2], &w[3]);
    } else {
        seL4_ReplyWithMRs(info, &w[0], &w[1], &w[2], &w[3]);
    }
}
