/*
 * The philosophers of examples/dining under many schedules: in none of them does anybody of the
 * three ways wait for ever, or have a fork that a neighbour has. Who takes the left fork first
 * does; which schedule shows it, is found.
 *
 *     build/asan/tests/unit/sync/dining/dining_test left_first 17    # one seed, for a debugger
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <stdio.h>

#include "../../../../examples/dining/ways.h"
#include "../../../sync/crew.h"
#include "check.h"
#include "host_scene.h"
#include "schedules.h"

#define MEALS 12u
#define SEEDS 60u  /* to find nothing */
#define FIND  500u /* to find something, at most */

static struct table table;
static struct philosopher philosophers[SEATS];

/* In place of the example's: nobody yields, turns are lost as the seed wants it. */
void table_eat(struct philosopher *me)
{
    int before = (me->seat + SEATS - 1) % SEATS;
    int after = (me->seat + 1) % SEATS;

    schedule_note((uint64_t)me->seat);
    table.is_eating[me->seat] = true;
    if (table.is_eating[before] || table.is_eating[after]) {
        table.quarrels++;
    }
    me->meals++;
    table.is_eating[me->seat] = false;
}

static void way_left_first(struct philosopher *me)
{
    SK_AUTO(sk_mutex_guard) left = sk_mutex_guard_take(&table.forks[me->seat]);
    SK_AUTO(sk_mutex_guard) right = sk_mutex_guard_take(&table.forks[(me->seat + 1) % SEATS]);

    table_eat(me);
}

static void way_with_one_fork(struct philosopher *me)
{
    SK_AUTO(sk_mutex_guard) left = sk_mutex_guard_take(&table.forks[me->seat]);

    table_eat(me);
}

static void live(struct member *member)
{
    struct philosopher *me = &philosophers[member->index];

    me->notification = member->notification;
    for (unsigned n = 0; n < MEALS; n++) {
        me->dine(me);
    }
}

static const char *hold_dinner(uint64_t seed, void (*dine)(struct philosopher *me))
{
    struct host_stage stage;
    struct scene s = host_scene_boot(&stage, seed);

    crew_begin(&s);
    table = (struct table){0};
    sk_mutex_init(&table.manners, crew_notification());
    sk_semaphore_init(&table.chairs, SEATS - 1, crew_notification());
    for (int i = 0; i < SEATS; i++) {
        sk_mutex_init(&table.forks[i], crew_notification());
        philosophers[i] = (struct philosopher){.table = &table, .seat = i, .dine = dine};
        if (!crew_add(live, 100)) {
            return "somebody did not come";
        }
    }
    crew_join();
    for (int i = 0; i < SEATS; i++) {
        if (philosophers[i].meals != MEALS) {
            return "somebody is hungry";
        }
    }
    return table.quarrels == 0 ? NULL : "two had one fork";
}

static const char *in_order(uint64_t seed)
{
    return hold_dinner(seed, way_in_order);
}

static const char *with_a_chair(uint64_t seed)
{
    return hold_dinner(seed, way_with_a_chair);
}

static const char *both_or_none(uint64_t seed)
{
    return hold_dinner(seed, way_both_or_none);
}

static const char *left_first(uint64_t seed)
{
    return hold_dinner(seed, way_left_first);
}

static const char *one_fork(uint64_t seed)
{
    return hold_dinner(seed, way_with_one_fork);
}

static const struct schedule_named scenarios[] = {{"in_order", in_order},
                                                  {"with_a_chair", with_a_chair},
                                                  {"both_or_none", both_or_none},
                                                  {"left_first", left_first},
                                                  {"one_fork", one_fork}};
#define SCENARIOS (sizeof(scenarios) / sizeof(scenarios[0]))

static void in_no_schedule_does_anybody_starve(void **state)
{
    struct schedule_verdict v = {.why = ""};

    (void)state;
    for (unsigned n = 0; n < 3; n++) {
        uint64_t seed = schedule_find(scenarios[n].run, 1, SEEDS, &v);

        if (seed != 0) {
            fail_msg("%s %lu: %s", scenarios[n].name, (unsigned long)seed, v.why);
        }
    }
}

/* Found, and again by the same seed. */
static void find(const struct schedule_named *wrong, const char *why)
{
    struct schedule_verdict v, again;
    uint64_t seed = schedule_find(wrong->run, 1, FIND, &v);

    assert_int_not_equal(seed, 0);
    print_message("# %s: seed %lu: %s\n", wrong->name, (unsigned long)seed, v.why);
    assert_string_equal(v.why, why);
    again = schedule_try(wrong->run, seed);
    assert_string_equal(again.why, why);
    assert_int_equal(again.trace, v.trace);
}

static void waiting_in_a_circle_is_found(void **state)
{
    (void)state;
    find(&scenarios[3], "host kernel: no thread can ever run again");
}

static void a_fork_in_two_hands_is_found(void **state)
{
    (void)state;
    find(&scenarios[4], "two had one fork");
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(in_no_schedule_does_anybody_starve),
        cmocka_unit_test(waiting_in_a_circle_is_found),
        cmocka_unit_test(a_fork_in_two_hands_is_found),
    };
    int status = schedule_replay(scenarios, SCENARIOS, argc, argv);

    return status >= 0 ? status : cmocka_run_group_tests_name("sync/dining", tests, NULL, NULL);
}
