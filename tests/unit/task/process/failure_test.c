/*
 * Processes on the host core: what they take is what was counted, and comes back whole,
 * whatever fails while it is taken.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/task/process.h>

#include "child.h"
#include "failing.h"
#include "inject.h"

static struct failing failing;

static void open(void)
{
    child_open();
    failing_init(&failing, &scene.manager.source);
}

static void what_is_counted_is_what_is_taken(void **state)
{
    struct sk_process_options options = child_usual;
    struct sk_process p;

    (void)state;
    open();
    assert_int_equal(sk_parent_init(&child.parent, &failing.source), SK_OK);
    for (int round = 0; round < 2; round++) {
        seL4_Word slots = failing.slots_out;
        seL4_Word objects = failing.objects_out;
        seL4_Word pages = failing.pages_out;
        seL4_Word bytes = failing.bytes_out;

        assert_int_equal(child_spawn(&p, &options), SK_OK);
        assert_int_equal(failing.slots_out - slots, p.needs.slots);
        assert_int_equal(failing.objects_out - objects, p.needs.objects);
        assert_int_equal(failing.bytes_out - bytes, p.needs.bytes);
        assert_int_equal(failing.pages_out, pages);
        sk_process_reap(&p);
        assert_int_equal(failing.slots_out, slots);
        assert_int_equal(failing.objects_out, objects);
        options.untyped_bits = 14;
        options.stack_size = 0x8001;
        options.cnode_bits = 8;
    }
    assert_int_equal(p.needs.stack_pages, 9);
    sk_parent_fini(&child.parent);
    assert_int_equal(failing.slots_out, 0);
    assert_int_equal(failing.objects_out, 0);
    assert_int_equal(failing.pages_out, 0);
    scene_close(&scene);
}

static void everything_may_fail_at_any_time(void **state)
{
    const struct sk_process_options options = {
        .name = "child", .priority = 100, .untyped_bits = 12, .gives = SK_GIVE_PARENTHOOD};
    unsigned failures = 0;
    sk_err e;

    (void)state;
    open();
    struct sk_manager_stats before = scene_stats(&scene);
    do {
        struct sk_process p = {0};

        failing.requests = 0;
        failing.fail_at = failures + 1;
        e = sk_parent_init(&child.parent, &failing.source);
        if (e != SK_OK) {
            assert_int_equal(failing.slots_out + failing.objects_out + failing.pages_out, 0);
            failures++;
            continue;
        }
        struct sk_manager_stats between = scene_stats(&scene);
        e = child_spawn(&p, &options);
        if (e != SK_OK) {
            environment_check_same(&between);
            failures++;
            /* The parent goes on. */
            failing.fail_at = 0;
            child_run(&child_usual);
            environment_check_same(&between);
        }
        sk_parent_fini(&child.parent);
        environment_check_same(&before);
    } while (e != SK_OK);
    /* Five of the parent; slots, five objects, tables and pages of the process. */
    assert_int_equal(failures, 5 + 1 + 5 + 2);
    scene_close(&scene);
}

/*
 * Start a parent and a process, with one kernel call failing; false if there was no such. The
 * manager may find another way; *errors counts when not.
 */
static bool start_failing(unsigned nth, const struct sk_process_options *options,
                          unsigned *errors)
{
    struct sk_process p = {0};
    bool has_failed;
    sk_err e;

    inject_at(nth, 1);
    e = sk_parent_init(&child.parent, NULL);
    if (e == SK_OK) {
        e = child_spawn(&p, options);
        has_failed = inject_has_failed();
        inject_at(0, 0);
        sk_process_reap(&p);
        child_run(&child_usual);
        sk_parent_fini(&child.parent);
    } else {
        has_failed = inject_has_failed();
        inject_at(0, 0);
    }
    assert_true(e == SK_OK || has_failed);
    *errors += e != SK_OK;
    return has_failed;
}

static void every_kernel_call_may_fail(void **state)
{
    const struct sk_process_options options = {
        .name = "child", .priority = 100, .untyped_bits = 12, .gives = SK_GIVE_PARENTHOOD};
    unsigned failures = 0;
    unsigned errors = 0;

    (void)state;
    open();
    struct sk_manager_stats before = scene_stats(&scene);
    while (start_failing(failures + 1, &options, &errors)) {
        environment_check_same(&before);
        failures++;
    }
    environment_check_same(&before);
    /* Each page is mapped, each page with contents twice. */
    assert_in_range(failures, 41, 1000);
    assert_in_range(errors, 31, failures);
    print_message("# %u kernel calls, each failed once: %u errors\n", failures, errors);
    scene_close(&scene);
}

/* Leave so many rows of 256 slots, with gaps between them: all others are taken. */
static unsigned leave_rows(sk_slots rows[16], unsigned most)
{
    struct sk_source *source = &scene.manager.source;
    unsigned count = 0;
    unsigned left = 0;

    while (count < 16 && source->take_slots(source, 256, &rows[count]) == SK_OK) {
        count++;
    }
    for (unsigned n = 0; n < count && left < most; n += 2) {
        source->give_slots(source, rows[n]);
        rows[n].count = 0;
        left++;
    }
    assert_int_equal(left, most);
    return count;
}

/* What is too large for a row of slots is in several, if there are so many. */
static void a_large_program_is_in_several_rows(void **state)
{
    sk_slots rows[16];
    struct sk_process p;

    (void)state;
    for (unsigned left = 2; left <= 4; left++) {
        unsigned failures = 0;

        open();
        child.program.segment[PROGRAM_DATA].p_memsz = 800 * 0x1000;
        assert_int_equal(sk_parent_init(&child.parent, &failing.source), SK_OK);
        unsigned count = leave_rows(rows, left);
        struct sk_manager_stats before = scene_stats(&scene);
        sk_err e;
        do {
            failing.requests = 0;
            failing.fail_at = ++failures;
            e = child_spawn(&p, &child_usual);
            if (e == SK_OK) {
                assert_int_equal(failing.slots_out, p.needs.slots + 2);
                sk_process_wait(&p);
                assert_int_equal(p.end.status, 3);
                sk_process_reap(&p);
            }
            environment_check_same(&before);
        } while (failing.requests >= failing.fail_at);
        /* There is a row of what is left besides, for slots that are taken one by one. */
        assert_int_equal(e, left == 2 ? SK_ERR_NO_SLOT : SK_OK);
        for (unsigned n = 0; n < count; n++) {
            scene.manager.source.give_slots(&scene.manager.source, rows[n]);
        }
        sk_parent_fini(&child.parent);
        scene_close(&scene);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_counted_is_what_is_taken),
        cmocka_unit_test(everything_may_fail_at_any_time),
        cmocka_unit_test(every_kernel_call_may_fail),
        cmocka_unit_test(a_large_program_is_in_several_rows),
    };

    return cmocka_run_group_tests_name("task/failure", tests, NULL, child_end);
}
