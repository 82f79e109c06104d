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
