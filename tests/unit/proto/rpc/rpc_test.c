/*
 * The cases of tests/rpc on the host: client and server are threads of the kernel's core, each
 * case on a machine of its own.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "../../../rpc/cases.h"

#include "../../../rpc/source.h"
#include "check.h"
#include "host_scene.h"

uintptr_t scene_vaddr = 0x100000;

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

int main(void)
{
    struct CMUnitTest tests[RPC_CASES_MOST];

    assert_true(rpc_case_count <= RPC_CASES_MOST);
    for (unsigned n = 0; n < rpc_case_count; n++) {
        tests[n] = (struct CMUnitTest){.name = rpc_cases[n].name,
                                       .test_func = run_case,
                                       .initial_state = (void *)&rpc_cases[n]};
    }
    return _cmocka_run_group_tests("cases", tests, rpc_case_count, NULL, NULL);
}
