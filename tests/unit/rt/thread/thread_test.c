/*
 * Threads on the host core: what one takes comes back, however it ends and whatever fails.
 * COUNT, from the environment, is how many there are.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/rt/thread.h>

#include <stdlib.h>
#include <string.h>

#include <selkie/rt/env.h>
#include <selkie/rt/tls.h>

#include "inject.h"
#include "scene.h"

static struct scene scene;

/* The host gives each thread its variables. */
size_t sk_tls_size(void)
{
    return 0;
}

uintptr_t sk_tls_init(void *room)
{
    return (uintptr_t)room;
}

/* Nobody panics here. */
sk_outcome sk_catch(void (*fn)(void *arg), void *arg)
{
    fn(arg);
    return (sk_outcome){0};
}

void sk_env_get(struct sk_env *ret_env)
{
    *ret_env = (struct sk_env){
        .tcb = {seL4_CapInitThreadTCB},
        .cnode = {seL4_CapInitThreadCNode},
        .vspace = {seL4_CapInitThreadVSpace},
        .sched_control = {scene.kernel.sched_control},
        .source = &scene.manager.source,
    };
}

static void check_same(const struct sk_manager_stats *before)
{
    struct sk_manager_stats after = scene_stats(&scene);

    scene_check_same(before, &after);
}

struct work {
    int *done;
    char filling[100];
};

static void work(void *arg)
{
    const struct work *w = arg;

    for (size_t i = 0; i < sizeof(w->filling); i++) {
        *w->done += w->filling[i] == 'x';
    }
}

static const struct sk_thread_options usual = {
    .priority = 100,
    .arg_size = sizeof(struct work),
};

/* The thread works on a copy: ours is gone when it begins. */
static sk_err start(int *done, struct sk_thread **ret_thread)
{
    struct work w = {.done = done};
    sk_err e;

    memset(w.filling, 'x', sizeof(w.filling));
    e = sk_thread_start(work, &w, &usual, ret_thread);
    memset(&w, 0, sizeof(w));
    return e;
}

static void run_one(void)
{
    struct sk_thread *t;
    int done = 0;

    assert_int_equal(start(&done, &t), SK_OK);
    sk_thread_join(t, NULL);
    assert_int_equal(done, 100);
}

static void nothing_grows_with_the_number_of_threads(void **state)
{
    const char *count = getenv("COUNT");
    unsigned long threads = count != NULL ? strtoul(count, NULL, 0) : 100000;

    (void)state;
    scene_open(&scene, false);
    struct sk_manager_stats before = scene_stats(&scene);
    for (unsigned long n = 0; n < threads; n++) {
        run_one();
    }
    check_same(&before);
    print_message("# %lu threads, %lu bytes and %lu slots are free as before\n", threads,
                  (unsigned long)before.free_bytes, (unsigned long)before.free_slots);
    scene_close(&scene);
}

static void every_kernel_call_may_fail(void **state)
{
    bool has_failed = true;
    unsigned errors = 0;

    (void)state;
    scene_open(&scene, false);
    struct sk_manager_stats before = scene_stats(&scene);
    for (unsigned nth = 1; has_failed; nth++) {
        struct sk_thread *t;
        int done = 0;
        sk_err e;

        inject_at(nth, 1);
        e = start(&done, &t);
        has_failed = inject_has_failed();
        inject_at(0, 0);
        assert_true(e == SK_OK || has_failed);
        errors += e != SK_OK;
        if (e == SK_OK) {
            sk_thread_join(t, NULL);
        }
        assert_int_equal(done, e == SK_OK ? 100 : 0);
        check_same(&before);
        run_one();
        check_same(&before);
    }
    /* Space, IPC buffer, priority, time twice, registers: these have no other way. */
    assert_in_range(errors, 6, 40);
    scene_close(&scene);
}

static void wait_for_ever(void *arg)
{
    seL4_Wait(*(seL4_CPtr *)arg, NULL);
}

static void return_at_once(void *arg)
{
    (void)arg;
}

static void a_thread_is_killed_wherever_it_is(void **state)
{
    struct sk_source *source = &scene.manager.source;
    struct sk_thread_options options = {.priority = 255};
    struct sk_thread *t;
    sk_slots slot;
    seL4_CPtr notification;

    (void)state;
    scene_open(&scene, false);
    assert_int_equal(source->take_slots(source, 1, &slot), SK_OK);
    assert_int_equal(source->make_object(source, SK_BLUEPRINT(Notification), slot.first),
                     SK_OK);
    notification = sk_slot_cptr(slot.first);
    struct sk_manager_stats before = scene_stats(&scene);

    assert_int_equal(sk_thread_start(wait_for_ever, &notification, &options, &t), SK_OK);
    seL4_Yield(); /* it waits now */
    sk_thread_kill(t);
    check_same(&before);

    assert_int_equal(sk_thread_start(return_at_once, NULL, &options, &t), SK_OK);
    seL4_Yield(); /* it has ended */
    sk_thread_kill(t);
    check_same(&before);

    options.priority = 1;
    assert_int_equal(sk_thread_start(wait_for_ever, &notification, &options, &t), SK_OK);
    sk_thread_kill(t); /* it has not begun */
    check_same(&before);

    source->free_object(source, SK_BLUEPRINT(Notification), slot.first);
    source->give_slots(source, slot);
    scene_close(&scene);
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
        cmocka_unit_test(nothing_grows_with_the_number_of_threads),
        cmocka_unit_test(every_kernel_call_may_fail),
        cmocka_unit_test(a_thread_is_killed_wherever_it_is),
    };

    return cmocka_run_group_tests_name("rt/thread", tests, NULL, end);
}
