/* SPDX-License-Identifier: BSD-2-Clause */
#include "fault.h"

/* The handler's reply object; written before its thread starts. */
static seL4_CPtr reply;

sk_err sk_fault_prepare(struct sk_source *source)
{
    sk_slots slot;

    SK_TRY(source->take_slots(source, 1, &slot));
    SK_TRY(source->make_object(source, SK_BLUEPRINT(Reply), slot.first));
    reply = sk_slot_cptr(slot.first);
    return SK_OK;
}

seL4_MessageInfo_t sk_fault_receive(seL4_CPtr endpoint, seL4_Word *ret_badge, seL4_Word word[4])
{
    return seL4_RecvWithMRs(endpoint, ret_badge, reply, &word[0], &word[1], &word[2], &word[3]);
}
