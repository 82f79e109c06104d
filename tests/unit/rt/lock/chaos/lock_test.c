/*
 * The lock of rt's own structures among threads that lose their turn anywhere in it: nobody
 * comes in between, nobody is left waiting, and a planted mistake is found.
 *
 *     build/asan/tests/unit/rt/lock/chaos/lock_test early 3      # one seed, for a debugger
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "lock.h"

#include <selkie/arch/kernel/threads.h>
#include <selkie/cap/source.h>
#include <selkie/rt/env.h>

#include "check.h"
#include "host_kernel.h"
#include "schedules.h"

#define STEPS   60u
#define THREADS 3u
#define SEEDS   40u

static struct race {
    struct host_kernel kernel;
    struct lock lock;
    void (*release)(struct lock *l);
    seL4_CPtr done;
    seL4_CPtr never;
    volatile unsigned inside;
    volatile unsigned collisions;
    unsigned count;
    unsigned slots; /* taken and not given back */
    bool is_finished[THREADS];
} race;

static sk_err take_slots(struct sk_source *self, seL4_Word count, sk_slots *ret_slots)
{
    (void)self;
    race.slots++;
    *ret_slots =
        (sk_slots){sk_slot_at((sk_cnode){race.kernel.cnode}, race.kernel.next_slot++), count};
    return SK_OK;
}

static void give_slots(struct sk_source *self, sk_slots slots)
{
    (void)self;
    (void)slots;
    race.slots--;
}

static sk_err make_object(struct sk_source *self, sk_blueprint what, sk_slot into)
{
    (void)self;
    return (sk_err)seL4_Untyped_Retype(race.kernel.untyped, what.type, 0, race.kernel.cnode, 0,
                                       0, into.index, 1);
}

static void free_object(struct sk_source *self, sk_blueprint what, sk_slot at)
{
    (void)self;
    (void)what;
    (void)seL4_CNode_Delete(at.root.cptr, at.index, at.depth);
}

void sk_env_get(struct sk_env *ret_env)
{
    static struct sk_source source = {
        .take_slots = take_slots,
        .give_slots = give_slots,
        .make_object = make_object,
        .free_object = free_object,
    };

    *ret_env = (struct sk_env){.source = &source};
}

static void step(seL4_Word id)
{
    for (unsigned n = 0; n < STEPS; n++) {
        lock_take(&race.lock);
        race.collisions += race.inside++ != 0;
        race.count++;
        schedule_note(id);
        race.inside--;
        race.release(&race.lock);
    }
    race.is_finished[id] = true;
    seL4_Signal(race.done);
    seL4_Wait(race.never, NULL);
}

static const char *hold(uint64_t seed, void (*release)(struct lock *l))
{
    race = (struct race){.kernel = host_kernel_boot_seeded(seed), .release = release};
    race.done = host_kernel_make(&race.kernel, seL4_NotificationObject, 0);
    race.never = host_kernel_make(&race.kernel, seL4_NotificationObject, 0);
    for (seL4_Word n = 0; n < THREADS; n++) {
        host_kernel_thread(&race.kernel, step, n, 100, 0x30000 + n * 0x1000, 0);
    }
    while (!race.is_finished[0] || !race.is_finished[1] || !race.is_finished[2]) {
        seL4_Wait(race.done, NULL);
    }
    if (race.collisions != 0 || race.count != THREADS * STEPS) {
        return "two were inside";
    }
    if (race.slots != (race.lock.notification != 0)) {
        return "a notification was lost";
    }
    return race.lock.state == LOCK_FREE ? NULL : "the lock is not free";
}

static const char *right(uint64_t seed)
{
    return hold(seed, lock_release);
}

/* Looks whether somebody waits, and frees the lock some blocks later. */
static void release_after_looking(struct lock *l)
{
    unsigned state = __atomic_load_n(&l->state, __ATOMIC_SEQ_CST);

    for (volatile unsigned n = 0; n < 20; n++) {
    }
    __atomic_store_n(&l->state, LOCK_FREE, __ATOMIC_SEQ_CST);
    if (state == LOCK_WAITED_FOR) {
        sk_lock_wake(l);
    }
}

static const char *early(uint64_t seed)
{
    return hold(seed, release_after_looking);
}

static const struct schedule_named scenarios[] = {{"right", right}, {"early", early}};

static void turns_are_lost_inside_the_lock(void **state)
{
    struct lock l = {.state = LOCK_FREE};

    (void)state;
    race.kernel = host_kernel_boot_seeded(1);
    uint64_t before = sk_host_blocks_run();
    sk_lock_wait(&l);
    assert_true(sk_host_blocks_run() - before > 1);
    host_kernel_end();
}

static void nobody_comes_in_between_and_nobody_is_left(void **state)
{
    struct schedule_verdict v = {.is_good = true};
    uint64_t seed = schedule_find(right, 1, SEEDS, &v);

    (void)state;
    if (seed != 0) {
        fail_msg("seed %lu: %s", (unsigned long)seed, v.why);
    }
}

static void looking_before_freeing_is_found(void **state)
{
    struct schedule_verdict v;
    uint64_t seed = schedule_find(early, 1, SEEDS, &v);

    (void)state;
    assert_int_not_equal(seed, 0);
    print_message("# seed %lu of 1 to %u: %s\n", (unsigned long)seed, SEEDS, v.why);
    assert_string_equal(v.why, "host kernel: no thread can ever run again");
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(turns_are_lost_inside_the_lock),
        cmocka_unit_test(nobody_comes_in_between_and_nobody_is_left),
        cmocka_unit_test(looking_before_freeing_is_found),
    };
    int status = schedule_replay(scenarios, 2, argc, argv);

    return status >= 0 ? status : cmocka_run_group_tests_name("rt/lock", tests, NULL, NULL);
}
