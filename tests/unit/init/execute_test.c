/*
 * A specification with all there is, carried out on the host core.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "stage.h"

static void expect_good(const struct system *s)
{
    struct sk_spec_problem problem;

    if (!sk_spec_check(s->spec, s->size, NULL, &problem)) {
        fail_msg("%s, record %u: %s", sk_spec_table_name(problem.table), problem.record,
                 sk_spec_wrong_text(problem.what));
    }
}

static void all_of_it_is_carried_out_in_as_many_calls_as_predicted(void **state)
{
    struct system s = system_make(&sk_init_platform, STAGE_PADDR);
    struct stage stage;
    struct sk_init prediction;

    (void)state;
    expect_good(&s);
    stage_boot(&stage, s.spec);
    assert_int_equal(stage_predict(&stage, &prediction), SK_OK);
    sk_err err = sk_init_execute(&stage.in);
    if (err != SK_OK) {
        fail_msg("%s, record %u: %s: error %d", sk_spec_table_name(stage.in.table),
                 stage.in.record, sk_init_call_name(stage.in.call), err);
    }
    stage_check_kernel();
    assert_int_equal(stage.in.calls, prediction.calls);
    assert_int_equal(stage.in.retypes, prediction.retypes);
    assert_int_equal(stage.in.next_slot, prediction.next_slot);
    print_message("%u calls, %u retypes\n", stage.in.calls, stage.in.retypes);
    host_kernel_end();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_of_it_is_carried_out_in_as_many_calls_as_predicted),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
