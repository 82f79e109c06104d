/*
 * Supervisors on the host core: what others do to a ward's process, they notice.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/task/supervisor.h>

#include "environment.h"

static struct sk_parent parent;
static struct program program;
static struct sk_supervisor supervisor;
static uint64_t now_us;
static unsigned reports;

__attribute__((aligned(16))) static void exit_status(seL4_Word status)
{
    (void)seL4_CallWithMRs(1, seL4_MessageInfo_new(SK_PARENT_EXIT, 0, 0, 1), &status, NULL,
                           NULL, NULL);
}

__attribute__((aligned(16))) static void exit_0(seL4_Word unused)
{
    (void)unused;
    exit_status(0);
}

__attribute__((aligned(16))) static void exit_7(seL4_Word unused)
{
    (void)unused;
    exit_status(7);
}

static uint64_t clock(void *arg)
{
    return *(uint64_t *)arg;
}

static void pause(void *arg, uint64_t until_us)
{
    *(uint64_t *)arg = until_us;
}

static void report(void *arg, const struct sk_ward *ward)
{
    (void)arg;
    (void)ward;
    reports++;
}

/* Adds the ward again that was given up, so often. */
static struct sk_ward *chance;
static unsigned chances;

static void report_and_add(void *arg, const struct sk_ward *ward)
{
    report(arg, ward);
    if (ward == chance && ward->state == SK_WARD_GIVEN_UP && chances > 0) {
        chances--;
        assert_int_equal(sk_supervisor_add(&supervisor, chance), SK_OK);
    }
}

static void open(void (*main)(seL4_Word))
{
    environment_open();
    environment_program(&program, main);
    now_us = 0;
    reports = 0;
    assert_int_equal(sk_parent_init(&parent, NULL), SK_OK);
    sk_supervisor_init(&supervisor, &parent,
                       &(struct sk_supervisor_hooks){clock, pause, report, &now_us});
}

static void close(void)
{
    sk_parent_fini(&parent);
    scene_close(&scene);
}

static struct sk_ward ward(unsigned limit)
{
    return (struct sk_ward){.elf = &program,
                            .elf_size = sizeof(program),
                            .options = {.priority = 100},
                            .policy = {.limit = limit, .window_us = 1000, .delay_us = 10}};
}

static void run_all(void)
{
    unsigned steps = 0;

    while (sk_supervisor_step(&supervisor)) {
        assert_in_range(steps++, 0, 100);
    }
}

/* Who kills is not told; the supervisor is another, and finds out. */
static void a_ward_that_somebody_killed_is_started_again(void **state)
{
    (void)state;
    open(exit_0);
    struct sk_manager_stats before = scene_stats(&scene);
    struct sk_ward w = ward(1);

    assert_int_equal(sk_supervisor_add(&supervisor, &w), SK_OK);
    sk_process_kill(&w.process);
    assert_true(sk_supervisor_step(&supervisor));
    assert_int_equal(w.state, SK_WARD_WAITS);
    assert_int_equal(w.process.end.how, SK_PROCESS_KILLED);
    assert_int_equal(reports, 1);
    environment_check_same(&before);
    run_all();
    assert_int_equal(w.state, SK_WARD_DONE);
    assert_int_equal(reports, 2);
    close();
}

/* Neither is somebody else who waited for it, and was told of its end. */
static void a_ward_that_somebody_waited_for_is_started_again(void **state)
{
    (void)state;
    open(exit_7);
    struct sk_ward w = ward(1);

    assert_int_equal(sk_supervisor_add(&supervisor, &w), SK_OK);
    sk_process_wait(&w.process);
    run_all();
    assert_int_equal(w.state, SK_WARD_GIVEN_UP);
    assert_int_equal(reports, 2);
    assert_int_equal(w.process.end.status, 7);
    close();
}

/* One that was reaped besides has nothing left, and is started again all the same. */
static void a_ward_that_somebody_reaped_is_started_again(void **state)
{
    (void)state;
    open(exit_0);
    struct sk_ward w = ward(1);
    struct sk_ward other = ward(0);

    assert_int_equal(sk_supervisor_add(&supervisor, &other), SK_OK);
    assert_int_equal(sk_supervisor_add(&supervisor, &w), SK_OK);
    sk_process_reap(&w.process);
    run_all();
    assert_int_equal(w.state, SK_WARD_DONE);
    assert_int_equal(other.state, SK_WARD_DONE);
    assert_int_equal(reports, 3);
    close();
}

/* Done, given up or running: adding a ward starts it anew, and it is there once. */
static void a_ward_may_be_added_again(void **state)
{
    (void)state;
    open(exit_0);
    struct sk_manager_stats before = scene_stats(&scene);
    struct sk_ward w = ward(1);
    struct sk_ward other = ward(1);

    assert_int_equal(sk_supervisor_add(&supervisor, &other), SK_OK);
    assert_int_equal(sk_supervisor_add(&supervisor, &w), SK_OK);
    run_all();
    assert_int_equal(w.state, SK_WARD_DONE);
    environment_check_same(&before);
    assert_int_equal(sk_supervisor_add(&supervisor, &w), SK_OK);
    assert_int_equal(sk_supervisor_add(&supervisor, &w), SK_OK);
    assert_int_equal(w.state, SK_WARD_RUNS);
    run_all();
    assert_int_equal(w.state, SK_WARD_DONE);
    assert_int_equal(reports, 3);
    environment_check_same(&before);
    close();
}

/* What was given up gets all its restarts again. */
static void a_ward_that_is_added_again_has_no_history(void **state)
{
    (void)state;
    open(exit_7);
    struct sk_ward w = ward(1);

    for (unsigned round = 1; round <= 3; round++) {
        assert_int_equal(sk_supervisor_add(&supervisor, &w), SK_OK);
        run_all();
        assert_int_equal(w.state, SK_WARD_GIVEN_UP);
        assert_int_equal(reports, 2 * round);
    }
    close();
}

/* Also while the supervisor says that it gives it up: what it starts then is left alone. */
static void a_report_may_add_its_ward_again(void **state)
{
    (void)state;
    open(exit_7);
    struct sk_manager_stats before = scene_stats(&scene);
    struct sk_ward w = ward(0);

    supervisor.hooks.report = report_and_add;
    chance = &w;
    chances = 3;
    assert_int_equal(sk_supervisor_add(&supervisor, &w), SK_OK);
    run_all();
    assert_int_equal(w.state, SK_WARD_GIVEN_UP);
    assert_int_equal(w.process.end.status, 7);
    assert_int_equal(reports, 4);
    environment_check_same(&before);
    close();
}

/* Of two that wait, the one that is due earlier comes first; and status 0 may be a failure. */
static void the_earliest_is_due_first(void **state)
{
    (void)state;
    open(exit_0);
    struct sk_ward late = ward(2);
    struct sk_ward early = ward(2);
    uint64_t due_us = 0;

    late.is_restarted_always = true;
    early.is_restarted_always = true;
    late.policy.delay_us = 30;
    assert_int_equal(sk_supervisor_add(&supervisor, &early), SK_OK);
    assert_int_equal(sk_supervisor_add(&supervisor, &late), SK_OK);
    sk_process_wait(&late.process);
    sk_process_wait(&early.process);
    assert_true(sk_supervisor_restart(&supervisor, &due_us));
    assert_int_equal(early.state, SK_WARD_WAITS);
    assert_int_equal(late.state, SK_WARD_WAITS);
    assert_int_equal(due_us, 10);
    now_us = 10;
    assert_true(sk_supervisor_restart(&supervisor, &due_us));
    assert_int_equal(early.state, SK_WARD_RUNS);
    assert_int_equal(late.state, SK_WARD_WAITS);
    assert_int_equal(due_us, 30);
    run_all();
    assert_int_equal(early.state, SK_WARD_GIVEN_UP);
    assert_int_equal(late.state, SK_WARD_GIVEN_UP);
    assert_int_equal(reports, 6);
    close();
}

/* Others of a process's priority run, as they would while a timer is waited for. */
static void pause_and_run(void *arg, uint64_t until_us)
{
    seL4_Yield();
    *(uint64_t *)arg = until_us;
}

static uint64_t reported_us;

static void report_time(void *arg, const struct sk_ward *ward)
{
    (void)ward;
    reported_us = *(uint64_t *)arg;
}

/* One of them waits long for its restart; the other ends in the middle of that. */
static void a_ward_that_waits_does_not_keep_others_waiting(void **state)
{
    struct sk_ward waiting = ward(2);
    struct sk_ward other = ward(0);

    (void)state;
    open(exit_7);
    supervisor.hooks.pause = pause_and_run;
    supervisor.hooks.report = report_time;
    waiting.policy =
        (struct sk_restart_policy){.limit = 1, .window_us = 10000000, .delay_us = 1000000};
    assert_int_equal(sk_supervisor_add(&supervisor, &waiting), SK_OK);
    sk_supervisor_ended(&supervisor, sk_parent_wait(&parent));
    assert_int_equal(waiting.state, SK_WARD_WAITS);
    now_us = 500;
    other.options.priority = seL4_MaxPrio;
    assert_int_equal(sk_supervisor_add(&supervisor, &other), SK_OK);
    for (unsigned n = 0; other.state == SK_WARD_RUNS; n++) {
        assert_in_range(n, 0, 10);
        assert_true(sk_supervisor_step(&supervisor));
    }
    assert_in_range(reported_us, 500, 500 + SK_SUPERVISOR_PAUSE_US);
    assert_int_equal(waiting.state, SK_WARD_WAITS);
    for (unsigned n = 0; sk_supervisor_step(&supervisor); n++) {
        assert_in_range(n, 0, 1100);
    }
    assert_int_equal(waiting.state, SK_WARD_GIVEN_UP);
    assert_int_equal(now_us, 1000000);
    close();
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
        cmocka_unit_test(a_ward_that_somebody_killed_is_started_again),
        cmocka_unit_test(a_ward_that_somebody_waited_for_is_started_again),
        cmocka_unit_test(a_ward_that_somebody_reaped_is_started_again),
        cmocka_unit_test(a_ward_may_be_added_again),
        cmocka_unit_test(a_ward_that_is_added_again_has_no_history),
        cmocka_unit_test(a_report_may_add_its_ward_again),
        cmocka_unit_test(the_earliest_is_due_first),
        cmocka_unit_test(a_ward_that_waits_does_not_keep_others_waiting),
    };

    return cmocka_run_group_tests_name("task/supervisor", tests, NULL, end);
}
