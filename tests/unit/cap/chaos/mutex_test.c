/*
 * A mutex among threads that lose their turn at any basic block: this folder is built with
 * -fsanitize-coverage=trace-pc.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/cap/mutex.h>

#include <selkie/arch/kernel/threads.h>

#include "check.h"
#include "host_kernel.h"

#define STEPS   1000u
#define THREADS 3u
#define SEEDS   12u

struct race {
    struct sk_mutex mutex;
    bool is_locking;
    seL4_CPtr done;
    seL4_CPtr never;
    volatile int count;
    volatile int inside;
    volatile unsigned collisions;
    volatile unsigned thirds;
    unsigned waits_avoided; /* how often trying was enough */
    bool is_finished[THREADS];
};

static struct race race;

/* Several blocks, so that turns are lost between reading and writing. */
static void step_once(void)
{
    int count = race.count;

    if (race.inside++ != 0) {
        race.collisions++;
    }
    if (count % 3 == 0) {
        race.thirds++;
    }
    race.count = count + 1;
    race.inside--;
}

static void step(seL4_Word id)
{
    for (unsigned n = 0; n < STEPS; n++) {
        if (!race.is_locking) {
            step_once();
        } else if (n % 2 == 0 && sk_mutex_try(&race.mutex)) {
            race.waits_avoided++;
            step_once();
            sk_mutex_unlock(&race.mutex);
        } else {
            SK_AUTO(sk_mutex_guard) guard = sk_mutex_guard_take(&race.mutex);

            step_once();
        }
    }
    race.is_finished[id] = true;
    seL4_Signal(race.done);
    seL4_Wait(race.never, NULL);
}

/* How often a thread lost its turn. */
static uint64_t run(uint64_t seed, bool is_locking)
{
    struct host_kernel k = host_kernel_boot_seeded(seed);

    race = (struct race){.is_locking = is_locking,
                         .done = host_kernel_make(&k, seL4_NotificationObject, 0),
                         .never = host_kernel_make(&k, seL4_NotificationObject, 0)};
    sk_mutex_init(&race.mutex,
                  (sk_notification){host_kernel_make(&k, seL4_NotificationObject, 0)});
    for (seL4_Word n = 0; n < THREADS; n++) {
        host_kernel_thread(&k, step, n, 100, 0x30000 + n * 0x1000, 0);
    }
    while (!race.is_finished[0] || !race.is_finished[1] || !race.is_finished[2]) {
        seL4_Wait(race.done, NULL);
    }
    return sk_host_turns_lost();
}

static void nobody_comes_in_between(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        assert_true(run(seed, true) > 20);
        assert_int_equal(race.count, THREADS * STEPS);
        assert_int_equal(race.collisions, 0);
        assert_int_equal(race.thirds, THREADS * STEPS / 3);
        assert_int_equal(race.mutex.users, 0);
        assert_in_range(race.waits_avoided, 1, THREADS * STEPS / 2);
    }
}

static void without_the_mutex_somebody_does(void **state)
{
    unsigned lost = 0;
    unsigned collisions = 0;

    (void)state;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        run(seed, false);
        lost += THREADS * STEPS - (unsigned)race.count;
        collisions += race.collisions;
    }
    assert_true(lost > 0);
    assert_true(collisions > 0);
}

static void turns_are_lost_where_a_mutex_wakes(void **state)
{
    struct host_kernel k = host_kernel_boot_seeded(1);
    struct sk_mutex m;

    (void)state;
    sk_mutex_init(&m, (sk_notification){host_kernel_make(&k, seL4_NotificationObject, 0)});
    uint64_t before = sk_host_blocks_run();
    sk_mutex_wake(&m);
    assert_true(sk_host_blocks_run() > before);
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
        cmocka_unit_test(turns_are_lost_where_a_mutex_wakes),
        cmocka_unit_test(nobody_comes_in_between),
        cmocka_unit_test(without_the_mutex_somebody_does),
    };

    return cmocka_run_group_tests_name("cap/mutex", tests, NULL, end);
}
