/* SPDX-License-Identifier: BSD-2-Clause */
#include "event_loop.h"

/* Without MCS no system call sends to one and receives from another, but for answers. */

void sk_event_loop_wait_signal(struct sk_event_loop *l, sk_reader *ret_in)
{
    sk_event_loop_send_deferred(l);
    *ret_in = sk_reader_of(sk_arch_ipc_receive(l->options.notification.cptr, seL4_CapNull));
}

void sk_event_loop_wait_message(struct sk_event_loop *l, sk_reader *ret_in)
{
    sk_event_loop_send_deferred(l);
    if (l->answer.is_open != 0) {
        *ret_in = sk_builder_answer_receive(&l->answer, l->options.endpoint, l->options.caller);
        return;
    }
    *ret_in = sk_reader_receive(l->options.endpoint, l->options.caller);
}
