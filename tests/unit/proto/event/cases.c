/*
 * The cases of tests/proto on the development kernel's core, each on a machine of its own.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "../../../proto/cases.h"
#include "event.h"

#include <stdlib.h>

#include "check.h"
#include "host_scene.h"

static void run_case(void **state)
{
    const struct scene_case *c = *state;
    struct host_stage stage;
    struct scene s = host_scene_boot(&stage, 0);
    const char *wrong = c->run(&s);

    if (wrong != NULL) {
        fail_msg("%s", wrong);
    }
}

int cases_run(void)
{
    struct CMUnitTest *tests = calloc(proto_case_count, sizeof(*tests));
    int status;

    if (tests == NULL) {
        return 1;
    }
    for (unsigned n = 0; n < proto_case_count; n++) {
        tests[n] = (struct CMUnitTest){.name = proto_cases[n].name,
                                       .test_func = run_case,
                                       .initial_state = (void *)&proto_cases[n]};
    }
    status = _cmocka_run_group_tests("proto/cases", tests, proto_case_count, NULL, NULL);
    host_kernel_end();
    free(tests);
    return status;
}
