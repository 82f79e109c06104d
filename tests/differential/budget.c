/* SPDX-License-Identifier: BSD-2-Clause */
#include "budget.h"

#include "actor.h"
#include "ground.h"
#include "random.h"
#include "stub.h"
#include "trace.h"

#define EVERY    16 /* seeds */
#define EVENTS   5
#define PRIORITY 50

bool budget_is_due(uint64_t seed)
{
    return seed % EVERY == 0;
}

static void start(unsigned actor, seL4_Time budget, seL4_Time period, seL4_Word refills)
{
    seL4_CPtr tcb = stage_actor(actor);
    seL4_CPtr context = stage_context(actor);
    seL4_UserContext registers = {.pc = ground_code() + STUB_SPIN};
    const seL4_Word words[] = {actor, budget, period, refills};

    trace_words("spin", words, 4);
    MUST(seL4_SchedControl_ConfigureFlags(stage_sched_control(), context, budget, period,
                                          refills, actor, seL4_SchedContext_NoFlag));
    MUST(seL4_TCB_SetSchedParams(tcb, seL4_CapInitThreadTCB, PRIORITY, PRIORITY - actor,
                                 context, stage_endpoint_for(actor)));
    MUST(seL4_TCB_SetTimeoutEndpoint(tcb, stage_endpoint_for(actor)));
    MUST(seL4_TCB_WriteRegisters(tcb, 1, 0, REGISTERS, &registers));
}

void budget_run(uint64_t seed)
{
    struct random random = {~seed};

    stage_open();
    actors_init();
    for (unsigned i = 0; i < ACTORS; i++) {
        seL4_Time budget = 200 + 100 * random_below(&random, 8);
        seL4_Time period = budget * (2 + random_below(&random, 5)) + 37 * (i + 1);

        start(i, budget, period, random_below(&random, 4));
    }
    for (unsigned i = 0; i < EVENTS; i++) {
        seL4_Word badge;
        seL4_MessageInfo_t info = seL4_Recv(stage_endpoint(), &badge, stage_reply());
        /* The badge, the kind of the fault, and the badge of the scheduling context. */
        const seL4_Word words[] = {badge, info.words[0], seL4_GetMR(0)};

        trace_words("timeout", words, 3);
        seL4_Send(stage_reply(), seL4_MessageInfo_new(0, 0, 0, 0));
    }
    stage_close();
}
