/* SPDX-License-Identifier: BSD-2-Clause */
#include "thread.h"

static sk_blueprint blueprint(void)
{
    return (sk_blueprint){seL4_SchedContextObject, seL4_MinSchedContextBits};
}

sk_err sk_thread_give_time(struct sk_thread *t, const struct sk_env *env,
                           const struct sk_thread_options *options)
{
    seL4_Word budget = options->budget_us != 0 ? options->budget_us : SK_THREAD_BUDGET_US;
    seL4_Word period = options->period_us != 0 ? options->period_us : budget;

    if (period < budget) {
        return SK_ERR_INVALID_ARGUMENT;
    }
    SK_TRY(sk_thread_make(t, blueprint(), SLOT_TIME));

    seL4_CPtr context = sk_slot_cptr(sk_slots_get(t->slots, SLOT_TIME));
    SK_TRY((sk_err)seL4_SchedControl_ConfigureFlags(env->sched_control.cptr + options->core,
                                                    context, budget, period, 0, 0,
                                                    seL4_SchedContext_NoFlag));
    t->context = (sk_sched_context){context};
    t->core = options->core;
    return (sk_err)seL4_SchedContext_Bind(context, t->tcb.cptr);
}

void sk_thread_take_time(struct sk_thread *t)
{
    t->source->free_object(t->source, blueprint(), sk_slots_get(t->slots, SLOT_TIME));
}
