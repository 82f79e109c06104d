/*
 * The cases of tests/sync on the development kernel's core: each once as it is, and then with
 * threads that lose their turn at any basic block, under several seeds: as many as the
 * program's argument says.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "../../sync/cases.h"

#include <stdlib.h>
#include <string.h>

#include <selkie/arch/kernel/host.h>
#include <selkie/arch/kernel/threads.h>

#include "check.h"
#include "host_scene.h"

static unsigned long seeds = 10; /* or the program's argument */

/* How long a machine's time goes on by itself in a case that makes no system call. */
static uint64_t now(void)
{
    return sk_host_kernel()->machine.now;
}

static void run_case(void **state)
{
    const struct scene_case *c = *state;
    bool is_free = strstr(c->name, "needs_no_system_call") != NULL;
    /* What traps does so in a child process, where there are no threads to lose a turn to. */
    uint64_t last = strstr(c->name, "misuse") != NULL ? 0 : seeds;

    for (uint64_t seed = 0; seed <= last; seed++) {
        struct host_stage stage;
        struct scene s = host_scene_boot(&stage, seed);
        uint64_t start = now();
        const char *wrong = c->run(&s);

        if (wrong != NULL) {
            fail_msg("seed %lu: %s", (unsigned long)seed, wrong);
        }
        if (is_free && seed == 0) {
            assert_int_equal(now(), start); /* each system call takes time */
        }
    }
}

int main(int argc, char **argv)
{
    struct CMUnitTest *tests = calloc(sync_case_count, sizeof(*tests));
    int status;

    if (argc == 2) {
        seeds = strtoul(argv[1], NULL, 0);
    }
    if (tests == NULL) {
        return 1;
    }
    for (unsigned n = 0; n < sync_case_count; n++) {
        tests[n] = (struct CMUnitTest){.name = sync_cases[n].name,
                                       .test_func = run_case,
                                       .initial_state = (void *)&sync_cases[n]};
    }
    status = _cmocka_run_group_tests("sync/cases", tests, sync_case_count, NULL, NULL);
    host_kernel_end();
    free(tests);
    return status;
}
