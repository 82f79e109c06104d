/* ERROR: 'sk_sched_context_unbind' is unavailable: this kernel has no MCS scheduling */
/* NEEDS: !KERNEL_MCS */
/* TWIN: s/sk_sched_context/sk_tcb/g; s/unbind/suspend/; s/sched_context.h/tcb.h/ */
/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/cap/sched_context.h>

sk_err starve(sk_sched_context thread)
{
    return sk_sched_context_unbind(thread);
}
