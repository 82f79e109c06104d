/* SPDX-License-Identifier: BSD-2-Clause */
#include "process.h"

#include <selkie/cap/sched_context.h>
#include <selkie/cap/sched_control.h>

sk_err sk_process_give_time(const struct spawn *s)
{
    const struct sk_process_options *o = s->options;
    seL4_Word budget = o->budget_us != 0 ? o->budget_us : SK_PROCESS_BUDGET_US;
    sk_sched_context context = {sk_slot_cptr(sk_process_slot_time(s->p))};

    SK_TRY(sk_sched_control_configure_flags(
        (sk_sched_control){s->parent->env.sched_control.cptr + o->core},
        (struct sk_sched_control_configure_flags_args){
            .schedcontext = context,
            .budget = budget,
            .period = o->period_us != 0 ? o->period_us : budget,
        }));
    return sk_sched_context_bind(context, s->p->tcb);
}

bool sk_parent_receive_now(struct sk_parent *p, sk_reader *ret_message)
{
    seL4_Word badge = 0;

    sk_message_hold();
    seL4_MessageInfo_t info = seL4_NBRecv(sk_parent_endpoint(p).cptr, &badge, p->caller.cptr);
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
