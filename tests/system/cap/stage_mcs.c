/* SPDX-License-Identifier: BSD-2-Clause */
#include "stage.h"

#define TIME_US 10000

bool stage_give_time(struct scene *s, seL4_CPtr tcb)
{
    struct stage *stage = s->stage;
    seL4_CPtr context = scene_make(s, sk_blueprint_sched_context(seL4_MinSchedContextBits));

    return context != 0 &&
           seL4_SchedControl_ConfigureFlags(stage->info->schedcontrol.start, context, TIME_US,
                                            TIME_US, 0, 0,
                                            seL4_SchedContext_NoFlag) == seL4_NoError &&
           seL4_SchedContext_Bind(context, tcb) == seL4_NoError;
}
