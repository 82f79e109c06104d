/* SPDX-License-Identifier: BSD-2-Clause */
#include "session.h"

#include <selkie/rt/print.h>

#include "budget.h"
#include "ground.h"
#include "operation.h"
#include "trace.h"

#define REPAIR_EVERY 32 /* operations */

static void run_seed(uint64_t seed, uint64_t operations)
{
    struct random random = {seed};

    stage_open();
    actors_init();
    for (unsigned i = 0; i < operations; i++) {
        const char *name = "";

        if (i % REPAIR_EVERY == REPAIR_EVERY - 1) {
            stage_census();
            actors_repair();
        }
        unsigned actor = operation_actor(&random);
        struct command command = operation_next(&random, i, actor, &name);
        trace_operation(i, actor, name, &command);
        actor_command(actor, &command);
        actors_settle();
    }
    stage_close();
}

struct session session_default(void)
{
    return (struct session){.first = 1, .count = 1, .operations = 1000};
}

void session_run(const seL4_BootInfo *bi, const struct session *session)
{
    ground_open();
    operation_leave_out(session->left_out, 4);
    stage_init(bi);
    for (uint64_t i = 0; i < session->count; i++) {
        uint64_t seed = session->first + i;

        trace_open(session->mode == SESSION_TRACES);
        run_seed(seed, session->operations);
        if (budget_is_due(seed)) {
            budget_run(seed);
        }
        sk_printf("seed %lu %lu %016lx\n", seed, session->operations, trace_hash());
    }
}
