/* SPDX-License-Identifier: BSD-2-Clause */
#include "fault.h"

sk_err sk_fault_prepare(struct sk_source *source, seL4_CPtr *ret_reply)
{
    /* A reply needs no object. */
    (void)source;
    *ret_reply = seL4_CapNull;
    return SK_OK;
}

seL4_MessageInfo_t sk_fault_receive(const struct watch *w, seL4_Word *ret_badge,
                                    seL4_Word word[4])
{
    return seL4_RecvWithMRs(w->endpoint, ret_badge, &word[0], &word[1], &word[2], &word[3]);
}
