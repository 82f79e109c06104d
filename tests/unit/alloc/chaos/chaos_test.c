/*
 * Threads that share a manager, and lose their turns anywhere in it as seeds say: they take
 * and give, and find nothing that another one has. Without the lock some schedule breaks it.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/alloc/manager.h>

#include <stdio.h>

#include <selkie/arch/kernel/threads.h>

#include "scene.h"
#include "schedules.h"

#define THREADS 3
#define ROUNDS  40
#define SEEDS   25

static struct scene s;
static struct sk_source *source;
static seL4_CPtr done;
static seL4_CPtr never;
static const char *wrong;
static volatile bool is_finished[THREADS];

static void round_of(struct random *r)
{
    seL4_Word count = 1 + random_below(r, 9);
    sk_slots slots;
    uintptr_t pages;

    if (random_below(r, 3) == 0) {
        if (source->take_pages(source, count, &pages) != SK_OK) {
            return;
        }
        *(volatile seL4_Word *)pages = count;
        seL4_Yield();
        if (*(volatile seL4_Word *)pages != count) {
            wrong = "two threads had one page";
        }
        source->give_pages(source, pages, count);
        return;
    }
    if (source->take_slots(source, count, &slots) != SK_OK) {
        return;
    }
    sk_blueprint what = sk_blueprint_untyped(4 + (unsigned)random_below(r, 10));
    sk_err err = source->make_objects(source, what, slots);
    if (err == SK_OK) {
        source->free_objects(source, what, slots);
    } else if (err != SK_ERR_NO_MEMORY && err != SK_ERR_FRAGMENTED && err != SK_ERR_NO_SLOT) {
        wrong = "an object could not be made in an empty slot";
    }
    source->give_slots(source, slots);
}

static void work(seL4_Word id)
{
    struct random r = {id};

    for (unsigned n = 0; n < ROUNDS; n++) {
        round_of(&r);
    }
    is_finished[id - 1] = true;
    seL4_Signal(done);
    seL4_Wait(never, NULL);
}

static bool are_finished(void)
{
    for (unsigned n = 0; n < THREADS; n++) {
        if (!is_finished[n]) {
            return false;
        }
    }
    return true;
}

static const char *share(uint64_t seed, bool is_locked)
{
    struct sk_manager_stats before;
    struct sk_manager_stats after;

    wrong = NULL;
    for (unsigned n = 0; n < THREADS; n++) {
        is_finished[n] = false;
    }
    scene_boot(&s, seed);
    never = host_kernel_make(&s.kernel, seL4_NotificationObject, 0);
    done = host_kernel_make(&s.kernel, seL4_NotificationObject, 0);
    for (seL4_Word n = 0; n < THREADS; n++) {
        host_kernel_thread(&s.kernel, work, n + 1, 100, 0x30000 + n * 0x1000, 0);
    }
    scene_manage(&s, false);
    source = is_locked ? &s.manager.source : &s.manager.inner;
    sk_manager_stats(&s.manager, &before);
    while (!are_finished()) {
        seL4_Wait(done, NULL);
    }
    sk_manager_stats(&s.manager, &after);
    if (!sk_manager_check(&s.manager)) {
        return "the books contradict themselves";
    }
    if (after.free_bytes != before.free_bytes || after.free_slots != before.free_slots) {
        return "something was lost";
    }
    return wrong;
}

static const char *share_with_the_lock(uint64_t seed)
{
    return share(seed, true);
}

static const char *share_without_it(uint64_t seed)
{
    return share(seed, false);
}

/* Else turns would be lost at system calls only, and in the code of this file. */
static void turns_are_lost_inside_the_manager(void **state)
{
    sk_slots slots;

    (void)state;
    scene_boot(&s, 1);
    scene_manage(&s, false);
    uint64_t before = sk_host_blocks_run();
    sk_err e = s.manager.source.take_slots(&s.manager.source, 1, &slots);
    uint64_t blocks = sk_host_blocks_run() - before;
    assert_int_equal(e, SK_OK);
    assert_true(blocks > 10);
    s.manager.source.give_slots(&s.manager.source, slots);
}

static void threads_share_a_manager(void **state)
{
    struct schedule_verdict verdict = {.is_good = true};
    uint64_t seed = schedule_find(share_with_the_lock, 1, SEEDS, &verdict);

    (void)state;
    if (seed != 0) {
        fail_msg("seed %lu: %s", (unsigned long)seed, verdict.why);
    }
}

static void without_the_lock_a_schedule_breaks_it(void **state)
{
    struct schedule_verdict verdict = {.is_good = true};
    uint64_t seed = schedule_find(share_without_it, 1, SEEDS, &verdict);

    (void)state;
    assert_int_not_equal(seed, 0);
    printf("# seed %lu: %s\n", (unsigned long)seed, verdict.why);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(turns_are_lost_inside_the_manager),
        cmocka_unit_test(threads_share_a_manager),
        cmocka_unit_test(without_the_lock_a_schedule_breaks_it),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
