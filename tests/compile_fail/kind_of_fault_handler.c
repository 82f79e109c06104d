/* ERROR: incompatible type */
/* TWIN: s/sk_notification handler/sk_endpoint handler/ */
/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/cap/tcb.h>

sk_err handle(sk_tcb tcb, sk_tcb self, sk_notification handler)
{
    return sk_tcb_set_sched_params(
        tcb, (struct sk_tcb_set_sched_params_args){.authority = self, .fault_ep = handler});
}
