/*
 * The cases of tests/cap on the development kernel's core, each on a machine of its own.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
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

static void add(struct CMUnitTest *tests, const struct scene_case *cases, unsigned count)
{
    for (unsigned n = 0; n < count; n++) {
        tests[n] = (struct CMUnitTest){
            .name = cases[n].name, .test_func = run_case, .initial_state = (void *)&cases[n]};
    }
}

int main(void)
{
    unsigned count = scene_case_count + scene_more_case_count;
    struct CMUnitTest *tests = calloc(count, sizeof(*tests));
    int status;

    if (tests == NULL) {
        return 1;
    }
    add(tests, scene_cases, scene_case_count);
    add(tests + scene_case_count, scene_more_cases, scene_more_case_count);
    status = _cmocka_run_group_tests("cases", tests, count, NULL, NULL);
    free(tests);
    return status;
}
