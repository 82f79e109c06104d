/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/cap/sched_control.h>
#include <selkie/cap/tcb.h>
#include <selkie/cap/untyped.h>

#include "time.h"

enum { TICK_US = 1000 };

sk_err time_give(sk_tcb thread, const seL4_BootInfo *bi, sk_untyped memory, sk_slots slots)
{
    sk_sched_context context = {sk_slot_cptr(slots.first)};

    SK_TRY(sk_untyped_retype(memory, seL4_SchedContextObject, seL4_MinSchedContextBits,
                             root_window(slots.first)));
    SK_TRY(sk_sched_control_configure_flags(
        (sk_sched_control){bi->schedcontrol.start},
        (struct sk_sched_control_configure_flags_args){
            .schedcontext = context, .budget = TICK_US, .period = TICK_US}));
    return sk_tcb_set_sched_params(
        thread, (struct sk_tcb_set_sched_params_args){.authority = {seL4_CapInitThreadTCB},
                                                      .mcp = seL4_MaxPrio,
                                                      .priority = seL4_MaxPrio,
                                                      .sched_context = context});
}

sk_err time_give_the_other_way(sk_tcb thread)
{
    return sk_tcb_configure(
        thread, (struct sk_tcb_configure_args){.fault_address = 1,
                                               .cspace_root = {seL4_CapInitThreadCNode},
                                               .vspace_root = {seL4_CapInitThreadVSpace}});
}
