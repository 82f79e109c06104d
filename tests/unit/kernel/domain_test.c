/*
 * The domain schedule, as far as a configuration with one domain has it.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "core/domain.h"
#include "play.h"

#define DOMAIN 11ull

static struct played configure(struct kernel *k, uint64_t index, uint64_t domain,
                               uint64_t duration)
{
    return play_call(k, DOMAIN,
                     (struct message){.label = DomainScheduleConfigure,
                                      .length = 3,
                                      .words = {index, domain, duration}});
}

static struct played start(struct kernel *k, uint64_t index)
{
    return play_call(
        k, DOMAIN,
        (struct message){.label = DomainScheduleSetStart, .length = 1, .words = {index}});
}

static void after_boot_domain_0_has_all_the_time(void **state)
{
    const struct kernel *k = *state;

    assert_int_equal(k->domain, 0);
    assert_int_equal(k->domain_schedule[0].duration, DOMAIN_DURATION_MAX);
    assert_int_equal(k->domain_schedule[1].duration, 0);
}

static void a_new_duration_counts_from_the_next_start(void **state)
{
    struct kernel *k = *state;
    uint64_t end = k->domain_end;

    assert_int_equal(configure(k, 0, 0, 1000).label, seL4_NoError);
    assert_int_equal(k->domain_end, end);
    sk_host_advance(k, 500);
    assert_int_equal(start(k, 0).label, seL4_NoError);
    assert_int_equal(k->domain_end, 1500);
}

static void bad_arguments_are_named(void **state)
{
    struct kernel *k = *state;

    assert_int_equal(configure(k, SK_CFG_NUM_DOMAIN_SCHEDULES - 1, SK_CFG_NUM_DOMAINS, 1).label,
                     seL4_RangeError);
    assert_int_equal(play_word(k, 1), SK_CFG_NUM_DOMAIN_SCHEDULES - 2);
    assert_int_equal(configure(k, 0, SK_CFG_NUM_DOMAINS, 1).label, seL4_RangeError);
    assert_int_equal(play_word(k, 1), SK_CFG_NUM_DOMAINS - 1);
    assert_int_equal(configure(k, 0, 0, 0).label, seL4_InvalidArgument);
    assert_int_equal(configure(k, 0, 0, DOMAIN_DURATION_MAX + 1).label, seL4_InvalidArgument);
    assert_int_equal(start(k, SK_CFG_NUM_DOMAIN_SCHEDULES).label, seL4_RangeError);
    assert_int_equal(start(k, SK_CFG_NUM_DOMAIN_SCHEDULES - 1).label, seL4_InvalidArgument);
}

#define WITH_KERNEL(test) cmocka_unit_test_setup_teardown(test, play_open, play_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_KERNEL(after_boot_domain_0_has_all_the_time),
        WITH_KERNEL(a_new_duration_counts_from_the_next_start),
        WITH_KERNEL(bad_arguments_are_named),
    };

    return cmocka_run_group_tests_name("kernel/domain", tests, NULL, NULL);
}
