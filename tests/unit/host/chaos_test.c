/*
 * Threads that lose their turn anywhere: at system calls, and at basic blocks, since this
 * folder is built with -fsanitize-coverage=trace-pc. The same seed gives the same run.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <stdbool.h>
#include <string.h>

#include <selkie/arch/kernel/threads.h>

#include "check.h"
#include "host_kernel.h"

#define STEPS   3000u
#define THREADS 3u

/* Who took which step. The counter races on purpose. */
struct race {
    seL4_CPtr done;
    seL4_CPtr never;
    int count;
    bool is_finished[THREADS];
    unsigned char who[THREADS * STEPS];
};

static struct race race;

static void step(seL4_Word id)
{
    for (unsigned n = 0; n < STEPS; n++) {
        race.who[(unsigned)race.count % sizeof(race.who)] = (unsigned char)id;
        /* Sanitizers check the addition: it is several blocks, between reading and writing. */
        race.count++;
    }
    race.is_finished[id] = true;
    seL4_Signal(race.done);
    seL4_Wait(race.never, NULL);
}

static uint64_t run(uint64_t seed, struct race *ret_race)
{
    struct host_kernel k = host_kernel_boot_seeded(seed);

    race = (struct race){.done = host_kernel_make(&k, seL4_NotificationObject, 0),
                         .never = host_kernel_make(&k, seL4_NotificationObject, 0)};
    for (seL4_Word n = 0; n < THREADS; n++) {
        host_kernel_thread(&k, step, n, 100, 0x30000 + n * 0x1000, 0);
    }
    while (!race.is_finished[0] || !race.is_finished[1] || !race.is_finished[2]) {
        seL4_Wait(race.done, NULL);
    }
    *ret_race = race;
    return sk_host_turns_lost();
}

static struct race first, second;

static void the_same_seed_gives_the_same_run(void **state)
{
    uint64_t lost = run(12345, &first);

    (void)state;
    assert_true(lost > 20);
    assert_int_equal(run(12345, &second), lost);
    assert_memory_equal(&first, &second, sizeof(first));
}

static void another_seed_gives_another_run(void **state)
{
    (void)state;
    run(12345, &first);
    run(54321, &second);
    assert_int_not_equal(memcmp(first.who, second.who, sizeof(first.who)), 0);
}

static void turns_are_lost_between_a_read_and_a_write(void **state)
{
    (void)state;
    run(12345, &first);
    assert_in_range(first.count, 1, THREADS * STEPS - 1);
}

static void without_a_seed_no_turn_is_lost(void **state)
{
    (void)state;
    assert_int_equal(run(0, &first), 0);
    assert_int_equal(first.count, THREADS * STEPS);
}

static int end(void **state)
{
    (void)state;
    host_kernel_end();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_seed_gives_the_same_run),
        cmocka_unit_test(another_seed_gives_another_run),
        cmocka_unit_test(turns_are_lost_between_a_read_and_a_write),
        cmocka_unit_test(without_a_seed_no_turn_is_lost),
    };

    return cmocka_run_group_tests_name("host/chaos", tests, NULL, end);
}
