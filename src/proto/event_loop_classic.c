/* SPDX-License-Identifier: BSD-2-Clause */
#include "event_loop.h"

/* Without MCS no system call sends to one and receives from another, but for answers. */

sk_reader sk_event_loop_wait_signal(struct sk_event_loop *l)
{
    sk_event_loop_send_deferred(l);
    return sk_reader_of(sk_arch_ipc_receive(l->options.notification.cptr, seL4_CapNull));
}

sk_reader sk_event_loop_wait_message(struct sk_event_loop *l)
{
    sk_event_loop_send_deferred(l);
    if (l->answer.is_open != 0) {
        return sk_builder_answer_receive(&l->answer, l->options.endpoint, l->options.caller);
    }
    return sk_reader_receive(l->options.endpoint, l->options.caller);
}
