/* SPDX-License-Identifier: BSD-2-Clause */
#include "stage.h"

#define TIME_US 10000

bool stage_give_time(struct scene *s, seL4_CPtr tcb)
{
    seL4_CPtr context = scene_make(s, sk_blueprint_sched_context(seL4_MinSchedContextBits));

    return context != 0 &&
           seL4_SchedControl_ConfigureFlags(s->sched_control, context, TIME_US, TIME_US, 0, 0,
                                            seL4_SchedContext_NoFlag) == seL4_NoError &&
           seL4_SchedContext_Bind(context, tcb) == seL4_NoError;
}

seL4_CPtr stage_sched_control(const seL4_BootInfo *info)
{
    return info->schedcontrol.start;
}
