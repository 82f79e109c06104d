/*
 * Random operations, seed by seed. Started with FIRST COUNT OPERATIONS MODE [LABEL...]: seeds
 * FIRST to FIRST + COUNT - 1; MODE 0 prints the hash of each trace, MODE 1 the traces. Labels
 * are those of up to four invocations that are left out.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/rt/main.h>
#include <selkie/rt/print.h>

#include "arguments.h"
#include "budget.h"
#include "coverage.h"
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

SK_ROOT_TASK(bi)
{
    uint64_t numbers[8] = {1, 1, 1000, 0};
    const uint64_t *first = &numbers[0], *count = &numbers[1], *operations = &numbers[2];

    arguments_read(numbers, 8);
    /* Labels are from 1 on. */
    operation_leave_out(numbers + 4, 4);
    stage_init(bi);
    for (uint64_t seed = *first; seed < *first + *count; seed++) {
        trace_open(numbers[3] != 0);
        run_seed(seed, *operations);
        if (budget_is_due(seed)) {
            budget_run(seed);
        }
        sk_printf("seed %lu %lu %016lx\n", seed, *operations, trace_hash());
    }
    coverage_print();
    sk_printf("end\n");
    return 0;
}
