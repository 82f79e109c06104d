/*
 * Processes on the host core: what they take is what was counted, and comes back whole, however
 * they end and whatever fails. COUNT in the environment changes the number of cycles.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/task/process.h>

#include <stdlib.h>
#include <string.h>

#include "environment.h"
#include "failing.h"
#include "inject.h"

static struct failing failing;
static struct sk_parent parent;
static struct program program;

/* The code of the child: it exits with 3. Its own slot 1 is the parent's endpoint. */
__attribute__((aligned(16))) static void exit_3(seL4_Word unused)
{
    seL4_Word status = 3;

    (void)unused;
    (void)seL4_CallWithMRs(1, seL4_MessageInfo_new(SK_PARENT_EXIT, 0, 0, 1), &status, NULL,
                           NULL, NULL);
}

static const struct sk_process_options usual = {.name = "child", .priority = 100};

static sk_err spawn(struct sk_process *p, const struct sk_process_options *options)
{
    return sk_process_spawn(&parent, p, &program, sizeof(program), options);
}

static void open(void)
{
    environment_open();
    failing_init(&failing, &scene.manager.source);
    environment_program(&program, exit_3);
}

static void run_one(const struct sk_process_options *options)
{
    struct sk_process p;

    assert_int_equal(spawn(&p, options), SK_OK);
    sk_process_wait(&p);
    assert_int_equal(p.end.how, SK_PROCESS_EXITED);
    assert_int_equal(p.end.status, 3);
    sk_process_reap(&p);
}

static void what_is_counted_is_what_is_taken(void **state)
{
    struct sk_process_options options = usual;
    struct sk_process p;

    (void)state;
    open();
    assert_int_equal(sk_parent_init(&parent, &failing.source), SK_OK);
    for (int round = 0; round < 2; round++) {
        seL4_Word slots = failing.slots_out;
        seL4_Word objects = failing.objects_out;
        seL4_Word pages = failing.pages_out;
        seL4_Word bytes = failing.bytes_out;

        assert_int_equal(spawn(&p, &options), SK_OK);
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
    sk_parent_fini(&parent);
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
        e = sk_parent_init(&parent, &failing.source);
        if (e != SK_OK) {
            assert_int_equal(failing.slots_out + failing.objects_out + failing.pages_out, 0);
            failures++;
            continue;
        }
        struct sk_manager_stats between = scene_stats(&scene);
        e = spawn(&p, &options);
        if (e != SK_OK) {
            environment_check_same(&between);
            failures++;
            /* The parent goes on. */
            failing.fail_at = 0;
            run_one(&usual);
            environment_check_same(&between);
        }
        sk_parent_fini(&parent);
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
    e = sk_parent_init(&parent, NULL);
    if (e == SK_OK) {
        e = spawn(&p, options);
        has_failed = inject_has_failed();
        inject_at(0, 0);
        sk_process_reap(&p);
        run_one(&usual);
        sk_parent_fini(&parent);
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

static void the_kernel_may_refuse(void **state)
{
    struct sk_process_options options = usual;
    struct sk_process p;

    (void)state;
    open();
    assert_int_equal(sk_parent_init(&parent, NULL), SK_OK);
    struct sk_manager_stats before = scene_stats(&scene);
    options.priority = 256;
    assert_int_equal(spawn(&p, &options), SK_ERR_RANGE);
    environment_check_same(&before);
    options = usual;
    options.budget_us = 1; /* less than the kernel allows */
    assert_int_not_equal(spawn(&p, &options), SK_OK);
    environment_check_same(&before);
    parent.env.asid_pool.cptr = seL4_CapInitThreadTCB;
    assert_int_not_equal(spawn(&p, &usual), SK_OK);
    environment_check_same(&before);
    parent.env.asid_pool.cptr = seL4_CapInitThreadASIDPool;
    parent.env.sched_control.cptr = 0;
    assert_int_not_equal(spawn(&p, &usual), SK_OK);
    environment_check_same(&before);
    parent.env.sched_control = environment.sched_control;
    run_one(&usual);
    environment_check_same(&before);
    sk_parent_fini(&parent);
    scene_close(&scene);
}

static void a_core_is_one_that_there_is(void **state)
{
    static const seL4_Word wrong[] = {SK_CFG_MAX_NUM_NODES, 1000, ~(seL4_Word)0};
    struct sk_process_options options = usual;
    struct sk_process p;

    (void)state;
    open();
    assert_int_equal(sk_parent_init(&parent, NULL), SK_OK);
    for (size_t n = 0; n < sizeof(wrong) / sizeof(wrong[0]); n++) {
        options.core = wrong[n];
        assert_int_equal(spawn(&p, &options), SK_ERR_RANGE);
    }
    options.core = SK_CFG_MAX_NUM_NODES - 1;
    run_one(&options);
    sk_parent_fini(&parent);
    scene_close(&scene);
}

static void a_live_process_is_not_started_over(void **state)
{
    struct sk_process p;

    (void)state;
    open();
    struct sk_manager_stats before = scene_stats(&scene);
    assert_int_equal(sk_parent_init(&parent, NULL), SK_OK);
    assert_int_equal(spawn(&p, &usual), SK_OK);
    assert_int_equal(spawn(&p, &usual), SK_ERR_REVOKE_FIRST);
    sk_process_wait(&p);
    assert_int_equal(p.end.status, 3);
    /* It has ended, and has all that it had. */
    assert_int_equal(spawn(&p, &usual), SK_ERR_REVOKE_FIRST);
    sk_process_reap(&p);
    assert_int_equal(spawn(&p, &usual), SK_OK);
    sk_process_reap(&p);
    sk_parent_fini(&parent);
    environment_check_same(&before);
    scene_close(&scene);
}

/* Each may take half of the stack, but not both: a quarter is left to run on. */
static void arguments_and_variables_leave_room_on_the_stack(void **state)
{
    static char text[7000];
    const char *const argv[] = {text, NULL};
    struct sk_process_options options = {.priority = 100, .argv = argv};
    struct sk_process p;

    (void)state;
    open();
    assert_int_equal(sk_parent_init(&parent, NULL), SK_OK);
    memset(text, 'x', sizeof(text) - 1);
    run_one(&options);
    program.segment[PROGRAM_TLS].p_memsz = SK_PROCESS_STACK_SIZE / 2 - 16;
    run_one(&usual);
    assert_int_equal(spawn(&p, &options), SK_ERR_RANGE);
    /* With the other words and with what is aligned, this much fits and not more. */
    text[SK_PROCESS_STACK_SIZE / 4 - 600] = '\0';
    run_one(&options);
    text[SK_PROCESS_STACK_SIZE / 4 - 600] = 'x';
    text[SK_PROCESS_STACK_SIZE / 4] = '\0';
    assert_int_equal(spawn(&p, &options), SK_ERR_RANGE);
    sk_parent_fini(&parent);
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
        program.segment[PROGRAM_DATA].p_memsz = 800 * 0x1000;
        assert_int_equal(sk_parent_init(&parent, &failing.source), SK_OK);
        unsigned count = leave_rows(rows, left);
        struct sk_manager_stats before = scene_stats(&scene);
        sk_err e;
        do {
            failing.requests = 0;
            failing.fail_at = ++failures;
            e = spawn(&p, &usual);
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
        sk_parent_fini(&parent);
        scene_close(&scene);
    }
}

/* Sizes that no object has are found before anything is counted. */
static void untyped_memory_has_a_size_that_there_is(void **state)
{
    static const unsigned wrong[] = {
        1, seL4_MinUntypedBits - 1, seL4_MaxUntypedBits + 1, 63, 64, 255, 0xffffffff};
    struct sk_process_options options = usual;
    struct sk_process p;

    (void)state;
    open();
    assert_int_equal(sk_parent_init(&parent, NULL), SK_OK);
    struct sk_manager_stats before = scene_stats(&scene);
    for (size_t n = 0; n < sizeof(wrong) / sizeof(wrong[0]); n++) {
        options.untyped_bits = wrong[n];
        assert_int_equal(spawn(&p, &options), SK_ERR_RANGE);
        environment_check_same(&before);
    }
    options.untyped_bits = seL4_MaxUntypedBits;
    assert_int_equal(spawn(&p, &options), SK_ERR_NO_MEMORY);
    environment_check_same(&before);
    options.untyped_bits = seL4_MinUntypedBits;
    run_one(&options);
    environment_check_same(&before);
    sk_parent_fini(&parent);
    scene_close(&scene);
}

/* Slot 0 stays empty, slot 1 is the parent's endpoint: there is room for 14 of 16. */
static void the_cspace_is_as_large_as_needed(void **state)
{
    struct sk_process_options options = usual;
    struct sk_grant grants[100];
    struct sk_process p;

    (void)state;
    open();
    assert_int_equal(sk_parent_init(&parent, NULL), SK_OK);
    for (size_t n = 0; n < 100; n++) {
        grants[n] = SK_GRANT("", ((sk_tcb){seL4_CapInitThreadTCB}));
    }
    options.grants = grants;
    options.grant_count = 14;
    run_one(&options);
    assert_int_equal(spawn(&p, &options), SK_OK);
    assert_int_equal(p.cnode_bits, 4);
    sk_process_reap(&p);
    options.grant_count = 15;
    assert_int_equal(spawn(&p, &options), SK_OK);
    assert_int_equal(p.cnode_bits, 5);
    sk_process_reap(&p);
    options.cnode_bits = 4;
    assert_int_equal(spawn(&p, &options), SK_ERR_RANGE);
    options.grant_count = 14;
    run_one(&options);
    options.cnode_bits = 0;
    options.grant_count = 100;
    run_one(&options);
    options.budget_us = 1000;
    options.period_us = 1000; /* all the time there is */
    run_one(&options);
    sk_parent_fini(&parent);
    scene_close(&scene);
}

static void a_parent_needs_its_environment(void **state)
{
    (void)state;
    open();
    struct sk_manager_stats before = scene_stats(&scene);
    seL4_CPtr *members[] = {&environment.tcb.cptr, &environment.cnode.cptr,
                            &environment.vspace.cptr, &environment.asid_pool.cptr,
                            &environment.sched_control.cptr};
    for (unsigned n = 0; n < sizeof(members) / sizeof(members[0]); n++) {
        seL4_CPtr was = *members[n];

        *members[n] = 0;
        assert_int_equal(sk_parent_init(&parent, NULL), SK_ERR_INVALID_CAPABILITY);
        *members[n] = was;
    }
    environment.source = NULL;
    assert_int_equal(sk_parent_init(&parent, NULL), SK_ERR_INVALID_ARGUMENT);
    environment_check_same(&before);
}

static void nothing_grows_with_the_number_of_processes(void **state)
{
    const char *count = getenv("COUNT");
    unsigned long cycles = count != NULL ? strtoul(count, NULL, 0) : 10000;

    (void)state;
    open();
    struct sk_manager_stats before = scene_stats(&scene);
    assert_int_equal(sk_parent_init(&parent, NULL), SK_OK);
    for (unsigned long n = 0; n < cycles; n++) {
        struct sk_process p;

        if (n % 3 == 0) {
            assert_int_equal(spawn(&p, &usual), SK_OK);
            sk_process_kill(&p);
            sk_process_reap(&p);
        } else {
            run_one(&usual);
        }
    }
    sk_parent_fini(&parent);
    environment_check_same(&before);
    print_message("# %lu processes, %lu bytes and %lu slots are free as before\n", cycles,
                  (unsigned long)before.free_bytes, (unsigned long)before.free_slots);
    scene_close(&scene);
}

/* xorshift64*: the same numbers everywhere. */
static uint64_t next_random(uint64_t *state)
{
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    return *state * 0x2545f4914f6cdd1dull;
}

/* Change a field or two of the headers, to a number that programs have or to any. */
static void damage(struct program *p, uint64_t *state)
{
    static const uint64_t numbers[] = {0, 1, 4, 5, 6, 7, 0x1000, 0x3000, 0x200000, 0x40000000};

    for (uint64_t count = 1 + next_random(state) % 2; count > 0; count--) {
        size_t width = (size_t)1 << next_random(state) % 4;
        size_t at = next_random(state) % offsetof(struct program, bytes) & -width;
        uint64_t r = next_random(state);
        uint64_t value =
            r % 3 == 0 ? r >> 8 : numbers[(r >> 8) % (sizeof(numbers) / sizeof(numbers[0]))];

        memcpy((char *)p + at, &value, width);
    }
}

static void a_damaged_program_harms_nobody(void **state)
{
    const char *seed = getenv("SEED");
    uint64_t random_state = seed != NULL ? strtoull(seed, NULL, 0) | 1 : 20261122;
    unsigned started = 0;
    unsigned too_large = 0;

    (void)state;
    open();
    assert_int_equal(sk_parent_init(&parent, NULL), SK_OK);
    struct sk_manager_stats before = scene_stats(&scene);
    for (unsigned n = 0; n < 10000; n++) {
        struct sk_process p;
        sk_err e;

        environment_program(&program, exit_3);
        damage(&program, &random_state);
        /* It does not run: we do not wait for it. */
        e = spawn(&p, &usual);
        assert_true(e == SK_OK || (p.problem != SK_ELF_GOOD) == (e == SK_ERR_INVALID_ARGUMENT));
        started += e == SK_OK;
        too_large += e == SK_ERR_NO_SLOT || e == SK_ERR_NO_MEMORY || e == SK_ERR_FRAGMENTED;
        sk_process_reap(&p);
        if (n % 100 == 0) {
            environment_check_same(&before);
        }
    }
    environment_check_same(&before);
    assert_in_range(started, 1000, 9000);
    assert_in_range(too_large, 10, 9000);
    sk_parent_fini(&parent);
    scene_close(&scene);
}

static void a_parent_takes_its_children_along(void **state)
{
    struct sk_process p[3];

    (void)state;
    open();
    struct sk_manager_stats before = scene_stats(&scene);
    assert_int_equal(sk_parent_init(&parent, NULL), SK_OK);
    for (int n = 0; n < 3; n++) {
        assert_int_equal(spawn(&p[n], &usual), SK_OK);
    }
    sk_process_wait(&p[1]);
    sk_parent_fini(&parent);
    assert_int_equal(p[0].end.how, SK_PROCESS_KILLED);
    assert_int_equal(p[1].end.how, SK_PROCESS_EXITED);
    environment_check_same(&before);
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
        cmocka_unit_test(what_is_counted_is_what_is_taken),
        cmocka_unit_test(everything_may_fail_at_any_time),
        cmocka_unit_test(every_kernel_call_may_fail),
        cmocka_unit_test(the_kernel_may_refuse),
        cmocka_unit_test(a_core_is_one_that_there_is),
        cmocka_unit_test(a_live_process_is_not_started_over),
        cmocka_unit_test(arguments_and_variables_leave_room_on_the_stack),
        cmocka_unit_test(a_large_program_is_in_several_rows),
        cmocka_unit_test(untyped_memory_has_a_size_that_there_is),
        cmocka_unit_test(the_cspace_is_as_large_as_needed),
        cmocka_unit_test(a_parent_needs_its_environment),
        cmocka_unit_test(nothing_grows_with_the_number_of_processes),
        cmocka_unit_test(a_damaged_program_harms_nobody),
        cmocka_unit_test(a_parent_takes_its_children_along),
    };

    return cmocka_run_group_tests_name("task/process", tests, NULL, end);
}
