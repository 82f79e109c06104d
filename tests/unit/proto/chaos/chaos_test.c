/*
 * Rings among threads that lose their turn anywhere: no wake-up is lost, planted mistakes are
 * found, by seeds that are printed, and a thread that writes anywhere does no harm.
 *
 *     build/asan/tests/unit/proto/chaos/chaos_test asks_late 17        # for a debugger
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/arch/kernel/threads.h>
#include <selkie/proto/event_loop.h>

#include "check.h"
#include "host_scene.h"
#include "plays.h"
#include "schedules.h"

#define SEEDS 60u

static const struct schedule_named scenarios[] = {
    {"asks_late", asks_late}, {"looks_early", looks_early},
    {"asks_one", asks_one},   {"pair", pair},
    {"many", many},           {"attacked", attacked},
    {"in_loop", in_loop},     {"one_is_bad", one_is_bad},
};
#define SCENARIOS (sizeof(scenarios) / sizeof(scenarios[0]))

/* Else all that is said here would be of system calls, and of the code of this file. */
static void turns_are_lost_inside_rings_and_loops(void **state)
{
    struct host_stage stage;
    struct scene s = host_scene_boot(&stage, 1);
    struct lanes *l = lanes_begin(&s, sk_multi_ring_wait);
    static struct sk_event_loop loop;
    uint64_t message[2] = {0};
    uint32_t lane;
    uint64_t at[6];

    (void)state;
    assert_non_null(l);
    sk_event_loop_init(&loop, &(struct sk_event_loop_options){.notification = l->ring.wakeup});
    at[0] = sk_host_blocks_run();
    sk_err pushed = sk_ring_push(&l->producers[0], message);
    at[1] = sk_host_blocks_run();
    bool is_empty = sk_ring_consumer_ask(&l->lanes[0].ring);
    at[2] = sk_host_blocks_run();
    sk_err popped = sk_multi_ring_pop(&l->ring, message, &lane);
    at[3] = sk_host_blocks_run();
    bool is_asked = sk_multi_ring_ask(&l->ring);
    at[4] = sk_host_blocks_run();
    sk_event_loop_defer(&loop, l->ring.wakeup);
    at[5] = sk_host_blocks_run();
    assert_true(pushed == SK_OK && is_empty && popped == SK_OK && !is_asked);
    for (unsigned n = 0; n + 1 < sizeof(at) / sizeof(at[0]); n++) {
        assert_true(at[n + 1] - at[n] > 1);
    }
    host_kernel_end();
}

/* A wake-up is lost, by some seed but not where no turn is lost. */
static void find(const struct schedule_named *planted)
{
    struct schedule_verdict v;
    uint64_t seed = schedule_find(planted->run, 1, SEEDS, &v);

    assert_int_not_equal(seed, 0);
    print_message("# %s: seed %lu of 1 to %u: %s\n", planted->name, (unsigned long)seed, SEEDS,
                  v.why);
    assert_string_equal(v.why, "host kernel: no thread can ever run again");
    assert_false(schedule_try(planted->run, seed).is_good);
}

static void expect_none(const struct schedule_named *right)
{
    struct schedule_verdict v = {.is_good = true};
    uint64_t seed = schedule_find(right->run, 1, SEEDS, &v);

    if (seed != 0) {
        fail_msg("%s: seed %lu: %s", right->name, (unsigned long)seed, v.why);
    }
}

static void asking_after_looking_is_found(void **state)
{
    (void)state;
    find(&scenarios[0]);
}

static void looking_before_pushing_is_found(void **state)
{
    (void)state;
    find(&scenarios[1]);
}

static void asking_one_of_many_is_found(void **state)
{
    (void)state;
    find(&scenarios[2]);
}

static void a_pair_loses_no_message_and_no_wake_up(void **state)
{
    (void)state;
    expect_none(&scenarios[3]);
}

static void many_lose_no_message_and_no_wake_up(void **state)
{
    (void)state;
    expect_none(&scenarios[4]);
}

static void a_bad_producer_harms_no_other(void **state)
{
    (void)state;
    expect_none(&scenarios[7]);
}

static void a_loop_loses_no_message_and_no_wake_up(void **state)
{
    (void)state;
    expect_none(&scenarios[6]);
}

static void an_attacker_does_no_harm(void **state)
{
    (void)state;
    expect_none(&scenarios[5]);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(turns_are_lost_inside_rings_and_loops),
        cmocka_unit_test(asking_after_looking_is_found),
        cmocka_unit_test(looking_before_pushing_is_found),
        cmocka_unit_test(asking_one_of_many_is_found),
        cmocka_unit_test(a_pair_loses_no_message_and_no_wake_up),
        cmocka_unit_test(many_lose_no_message_and_no_wake_up),
        cmocka_unit_test(a_loop_loses_no_message_and_no_wake_up),
        cmocka_unit_test(an_attacker_does_no_harm),
        cmocka_unit_test(a_bad_producer_harms_no_other),
    };
    int status = schedule_replay(scenarios, SCENARIOS, argc, argv);

    return status >= 0 ? status : cmocka_run_group_tests_name("proto/chaos", tests, NULL, NULL);
}
