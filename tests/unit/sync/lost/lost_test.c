/*
 * Lost wake-ups: planted ones are found, by seeds that are printed; the same seed loses the
 * same one again; and the condition that programs use loses none.
 *
 *     build/asan/tests/unit/sync/lost/lost_test merged 17        # one seed, for a debugger
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <stdio.h>
#include <string.h>

#include <selkie/arch/kernel/threads.h>
#include <selkie/sync/condition.h>
#include <selkie/sync/gate.h>

#include "../../../sync/crew.h"
#include "check.h"
#include "host_scene.h"
#include "planted.h"
#include "schedules.h"

#define THREADS 3u
#define ROUNDS  40u
#define SEEDS   100u /* to find nothing */
#define FIND    500u /* to find something, at most */
#define AGAIN   3u

static const char *program; /* this one */

/* Threads that meet round after round: the last to come wakes the others. */
static struct meeting {
    struct sk_mutex mutex;
    struct sk_condition right;
    struct planted wrong;
    planted_wait *wait; /* null: the right one */
    planted_wake *wake;
    unsigned arrived;
    unsigned round;
} meeting;

static void wait_for_others(struct member *me, sk_mutex_guard *guard)
{
    if (meeting.wait != NULL) {
        meeting.wait(&meeting.wrong);
    } else {
        sk_condition_wait(&meeting.right, guard, me->notification);
    }
}

static void wake_others(sk_mutex_guard *guard)
{
    if (meeting.wake != NULL) {
        meeting.wake(&meeting.wrong);
    } else {
        sk_condition_wake_all(&meeting.right, guard);
    }
}

static void meet(struct member *me)
{
    for (unsigned round = 0; round < ROUNDS; round++) {
        SK_AUTO(sk_mutex_guard) guard = sk_mutex_guard_take(&meeting.mutex);

        schedule_note(me->index);
        if (++meeting.arrived == THREADS) {
            meeting.arrived = 0;
            meeting.round++;
            wake_others(&guard);
        }
        while (meeting.round == round) {
            wait_for_others(me, &guard);
        }
    }
}

static const char *hold_meeting(uint64_t seed, planted_wait *wait, planted_wake *wake)
{
    struct host_stage stage;
    struct scene s = host_scene_boot(&stage, seed);

    crew_begin(&s);
    meeting = (struct meeting){.wait = wait, .wake = wake};
    sk_mutex_init(&meeting.mutex, crew_notification());
    meeting.wrong.mutex = &meeting.mutex;
    sk_gate_init(&meeting.wrong.gate, crew_notification());
    for (unsigned n = 0; n < THREADS; n++) {
        if (!crew_add(meet, 100)) {
            return "a thread did not start";
        }
    }
    crew_join();
    return meeting.round == ROUNDS ? NULL : "there were too few rounds";
}

static const char *merged(uint64_t seed)
{
    return hold_meeting(seed, merged_wait, merged_wake);
}

static const char *late(uint64_t seed)
{
    return hold_meeting(seed, late_wait, late_wake);
}

static const char *stolen(uint64_t seed)
{
    return hold_meeting(seed, stolen_wait, stolen_wake);
}

static const char *right(uint64_t seed)
{
    return hold_meeting(seed, NULL, NULL);
}

static const char *too_few(uint64_t seed)
{
    return hold_meeting(seed, NULL, NULL) == NULL && seed == 3 ? "the third is one too few"
                                                               : NULL;
}

static const struct schedule_named scenarios[] = {
    {"merged", merged}, {"late", late}, {"stolen", stolen}, {"right", right}};
#define SCENARIOS (sizeof(scenarios) / sizeof(scenarios[0]))

/* Found, as a lost wake-up, and again by the same seed, in the same way each time. */
static void find(const struct schedule_named *planted)
{
    struct schedule_verdict v;
    uint64_t seed = schedule_find(planted->run, 1, FIND, &v);

    /* Where no turn is lost, nobody notices. */
    assert_true(schedule_try(planted->run, 0).is_good);
    assert_int_not_equal(seed, 0);
    print_message("# %s: seed %lu of 1 to %u: %s\n", planted->name, (unsigned long)seed, FIND,
                  v.why);
    print_message("# again: %s %s %lu\n", program, planted->name, (unsigned long)seed);
    assert_string_equal(v.why, "host kernel: no thread can ever run again");
    for (unsigned n = 0; n < AGAIN; n++) {
        struct schedule_verdict again = schedule_try(planted->run, seed);

        assert_false(again.is_good);
        assert_string_equal(again.why, v.why);
        assert_int_equal(again.notes, v.notes);
        assert_int_equal(again.trace, v.trace);
    }
}

static void signals_that_become_one_are_found(void **state)
{
    (void)state;
    find(&scenarios[0]);
}

static void a_waiter_that_counts_itself_late_is_found(void **state)
{
    (void)state;
    find(&scenarios[1]);
}

static void a_pass_that_another_takes_is_found(void **state)
{
    (void)state;
    find(&scenarios[2]);
}

/* Else turns would be lost at system calls only, and in the code of this file. */
static void turns_are_lost_inside_gates(void **state)
{
    struct host_stage stage;
    struct scene s = host_scene_boot(&stage, 1);
    struct sk_gate gate;
    uint64_t at[3];

    (void)state;
    crew_begin(&s);
    sk_gate_init(&gate, crew_notification());
    at[0] = sk_host_blocks_run();
    sk_gate_open_at(gate.notification, &gate.passes, 1);
    at[1] = sk_host_blocks_run();
    sk_gate_wait_at(gate.notification, &gate.passes);
    at[2] = sk_host_blocks_run();
    assert_true(at[1] > at[0] && at[2] > at[1]);
    host_kernel_end();
}

static void the_right_condition_loses_none(void **state)
{
    struct schedule_verdict v = {.is_good = true};

    (void)state;
    assert_int_equal(schedule_find(right, 1, SEEDS, &v), 0);
    assert_true(v.is_good);
}

static void another_seed_is_another_schedule(void **state)
{
    struct schedule_verdict first = schedule_try(right, 1);
    struct schedule_verdict second = schedule_try(right, 2);

    (void)state;
    assert_true(first.is_good && second.is_good);
    assert_int_equal(first.notes, THREADS * ROUNDS);
    assert_int_equal(second.notes, THREADS * ROUNDS);
    assert_int_not_equal(first.trace, second.trace);
}

/* A process of its own; returns what its first line is, and its status. */
static int replay(const char *scenario, const char *seed, char line[120])
{
    char command[300];
    FILE *output;

    snprintf(command, sizeof(command), "%s %s %s 2>&1", program, scenario, seed);
    output = popen(command, "r");
    assert_non_null(output);
    assert_non_null(fgets(line, 120, output));
    while (fgetc(output) != EOF) {
    }
    return pclose(output);
}

static void a_seed_is_the_same_schedule_in_another_process(void **state)
{
    struct schedule_verdict v = schedule_try(right, 7);
    char expected[120], line[120], number[24];
    uint64_t seed;

    (void)state;
    snprintf(expected, sizeof(expected), "right: well, %lu notes, trace %016lx\n",
             (unsigned long)v.notes, (unsigned long)v.trace);
    assert_int_equal(replay("right", "7", line), 0);
    assert_string_equal(line, expected);

    seed = schedule_find(stolen, 1, FIND, &v);
    snprintf(number, sizeof(number), "%lu", (unsigned long)seed);
    assert_int_not_equal(replay("stolen", number, line), 0);
    line[strcspn(line, "\n")] = '\0';
    assert_string_equal(line, v.why);
}

static void what_a_scenario_says_is_found_too(void **state)
{
    struct schedule_verdict v;

    (void)state;
    assert_int_equal(schedule_find(too_few, 1, 10, &v), 3);
    assert_string_equal(v.why, "the third is one too few");
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(turns_are_lost_inside_gates),
        cmocka_unit_test(signals_that_become_one_are_found),
        cmocka_unit_test(a_waiter_that_counts_itself_late_is_found),
        cmocka_unit_test(a_pass_that_another_takes_is_found),
        cmocka_unit_test(the_right_condition_loses_none),
        cmocka_unit_test(another_seed_is_another_schedule),
        cmocka_unit_test(a_seed_is_the_same_schedule_in_another_process),
        cmocka_unit_test(what_a_scenario_says_is_found_too),
    };
    int status = schedule_replay(scenarios, SCENARIOS, argc, argv);

    program = argv[0];
    return status >= 0 ? status : cmocka_run_group_tests_name("sync/lost", tests, NULL, NULL);
}
