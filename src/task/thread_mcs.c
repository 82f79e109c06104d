/* SPDX-License-Identifier: BSD-2-Clause */
#include "thread.h"

#include <selkie/cap/sched_control.h>
#include <selkie/rt/env.h>

sk_err sk_thread_set_time(struct sk_thread *t, seL4_Word budget_us, seL4_Word period_us)
{
    struct sk_env env;

    if (period_us < budget_us) {
        return SK_ERR_INVALID_ARGUMENT;
    }
    sk_env_get(&env);
    return sk_sched_control_configure_flags(
        (sk_sched_control){env.sched_control.cptr + t->core},
        (struct sk_sched_control_configure_flags_args){
            .schedcontext = t->context, .budget = budget_us, .period = period_us});
}

seL4_Word sk_thread_wait_number(void)
{
    return (seL4_Word)seL4_SysWait;
}
