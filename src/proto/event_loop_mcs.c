/* SPDX-License-Identifier: BSD-2-Clause */
#include "event_loop.h"

/* The message that does what is deferred: a signal has none, so its label is 0. */
static seL4_MessageInfo_t deferred_info(const struct sk_event_loop *l)
{
    return seL4_MessageInfo_new(l->deferred_label, 0, 0, 0);
}

void sk_event_loop_wait_signal(struct sk_event_loop *l, sk_reader *ret_in)
{
    seL4_Word number =
        (seL4_Word)(l->deferred != seL4_CapNull ? seL4_SysNBSendWait : seL4_SysWait);
    struct sk_arch_message m = {.info = deferred_info(l).words[0]};
    seL4_CPtr deferred = l->deferred;

    /* What a wait is to send goes where other calls have the reply object. */
    l->deferred = seL4_CapNull;
    *ret_in =
        sk_reader_of(sk_arch_ipc_exchange(number, l->options.notification.cptr, m, deferred));
}

void sk_event_loop_wait_message(struct sk_event_loop *l, sk_reader *ret_in)
{
    struct sk_arch_message m = {0};
    seL4_MessageInfo_t info = deferred_info(l);
    seL4_CPtr deferred = l->deferred;

    if (l->answer.is_open != 0) {
        sk_event_loop_send_deferred(l);
        *ret_in = sk_builder_answer_receive(&l->answer, l->options.endpoint, l->options.caller);
        return;
    }
    if (deferred == seL4_CapNull) {
        *ret_in = sk_reader_receive(l->options.endpoint, l->options.caller);
        return;
    }
    sk_require(!l->options.caller->is_kept);
    sk_message_hold();
    sk_caller_note(l->options.caller);
    l->deferred = seL4_CapNull;
    m.info =
        seL4_NBSendRecvWithMRs(deferred, info, l->options.endpoint.cptr, &m.badge, &m.word[0],
                               &m.word[1], &m.word[2], &m.word[3], l->options.caller->cptr)
            .words[0];
    *ret_in = sk_reader_of(m);
}
