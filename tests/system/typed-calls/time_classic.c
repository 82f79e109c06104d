/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/cap/tcb.h>

#include "time.h"

sk_err time_give(sk_tcb thread, const seL4_BootInfo *bi, sk_untyped memory, sk_slots slots)
{
    (void)bi;
    (void)memory;
    (void)slots;
    return sk_tcb_set_sched_params(
        thread, (struct sk_tcb_set_sched_params_args){.authority = {seL4_CapInitThreadTCB},
                                                      .mcp = seL4_MaxPrio,
                                                      .priority = seL4_MaxPrio});
}

sk_err time_give_the_other_way(sk_tcb thread)
{
    return sk_tcb_set_sched_params(thread, (struct sk_tcb_set_sched_params_args){
                                               .authority = {seL4_CapInitThreadTCB},
                                               .mcp = seL4_MaxPrio,
                                               .priority = seL4_MaxPrio,
                                               .sched_context = {seL4_CapInitThreadTCB}});
}
