/* SPDX-License-Identifier: BSD-2-Clause */
#include "fault.h"

sk_err sk_fault_prepare(struct sk_source *source, seL4_CPtr *ret_reply)
{
    sk_slots slot;

    SK_TRY(source->take_slots(source, 1, &slot));
    SK_TRY(source->make_object(source, SK_BLUEPRINT(Reply), slot.first));
    *ret_reply = sk_slot_cptr(slot.first);
    return SK_OK;
}

seL4_MessageInfo_t sk_fault_receive(const struct watch *w, seL4_Word *ret_badge,
                                    seL4_Word word[4])
{
    return seL4_RecvWithMRs(w->endpoint, ret_badge, w->reply, &word[0], &word[1], &word[2],
                            &word[3]);
}
