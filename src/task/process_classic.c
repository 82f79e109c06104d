/* SPDX-License-Identifier: BSD-2-Clause */
#include "process.h"

/* Every thread has its time slice. */
sk_err sk_process_give_time(const struct spawn *s)
{
    (void)s;
    return SK_OK;
}

bool sk_parent_receive_now(struct sk_parent *p, sk_reader *ret_message)
{
    seL4_Word badge = 0;

    sk_message_hold();
    seL4_MessageInfo_t info = seL4_NBRecv(sk_parent_endpoint(p).cptr, &badge);
    *ret_message = (sk_reader){.is_open = 1, .info = info, .badge = badge};
    for (int n = 0; n < SK_MESSAGE_REGISTERS; n++) {
        ret_message->word[n] = seL4_GetMR(n);
    }
    /* Every message has a badge: nobody has the endpoint without one. */
    if (badge == 0) {
        sk_reader_drop(ret_message);
    }
    return badge != 0;
}
