/*
 * Processes on the host core: what is asked for and cannot be is refused, and whatever was
 * taken comes back whole, however they end. COUNT in the environment changes the number of
 * cycles, SEED the damage.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/task/process.h>

#include <stdlib.h>
#include <string.h>

#include "child.h"

static void the_kernel_may_refuse(void **state)
{
    struct sk_process_options options = child_usual;
    struct sk_process p;

    (void)state;
    child_open();
    assert_int_equal(sk_parent_init(&child.parent, NULL), SK_OK);
    struct sk_manager_stats before = scene_stats(&scene);
    options.priority = 256;
    assert_int_equal(child_spawn(&p, &options), SK_ERR_RANGE);
    environment_check_same(&before);
    options = child_usual;
    options.budget_us = 1; /* less than the kernel allows */
    assert_int_not_equal(child_spawn(&p, &options), SK_OK);
    environment_check_same(&before);
    child.parent.env.asid_pool.cptr = seL4_CapInitThreadTCB;
    assert_int_not_equal(child_spawn(&p, &child_usual), SK_OK);
    environment_check_same(&before);
    child.parent.env.asid_pool.cptr = seL4_CapInitThreadASIDPool;
    child.parent.env.sched_control.cptr = 0;
    assert_int_not_equal(child_spawn(&p, &child_usual), SK_OK);
    environment_check_same(&before);
    child.parent.env.sched_control = environment.sched_control;
    child_run(&child_usual);
    environment_check_same(&before);
    sk_parent_fini(&child.parent);
    scene_close(&scene);
}

static void a_core_is_one_that_there_is(void **state)
{
    static const seL4_Word wrong[] = {SK_CFG_MAX_NUM_NODES, 1000, ~(seL4_Word)0};
    struct sk_process_options options = child_usual;
    struct sk_process p;

    (void)state;
    child_open();
    assert_int_equal(sk_parent_init(&child.parent, NULL), SK_OK);
    for (size_t n = 0; n < sizeof(wrong) / sizeof(wrong[0]); n++) {
        options.core = wrong[n];
        assert_int_equal(child_spawn(&p, &options), SK_ERR_RANGE);
    }
    options.core = SK_CFG_MAX_NUM_NODES - 1;
    child_run(&options);
    sk_parent_fini(&child.parent);
    scene_close(&scene);
}

static void a_live_process_is_not_started_over(void **state)
{
    struct sk_process p;

    (void)state;
    child_open();
    struct sk_manager_stats before = scene_stats(&scene);
    assert_int_equal(sk_parent_init(&child.parent, NULL), SK_OK);
    assert_int_equal(child_spawn(&p, &child_usual), SK_OK);
    assert_int_equal(child_spawn(&p, &child_usual), SK_ERR_REVOKE_FIRST);
    sk_process_wait(&p);
    assert_int_equal(p.end.status, 3);
    /* It has ended, and has all that it had. */
    assert_int_equal(child_spawn(&p, &child_usual), SK_ERR_REVOKE_FIRST);
    sk_process_reap(&p);
    assert_int_equal(child_spawn(&p, &child_usual), SK_OK);
    sk_process_reap(&p);
    sk_parent_fini(&child.parent);
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
    child_open();
    assert_int_equal(sk_parent_init(&child.parent, NULL), SK_OK);
    memset(text, 'x', sizeof(text) - 1);
    child_run(&options);
    child.program.segment[PROGRAM_TLS].p_memsz = SK_PROCESS_STACK_SIZE / 2 - 16;
    child_run(&child_usual);
    assert_int_equal(child_spawn(&p, &options), SK_ERR_RANGE);
    /* With the other words and with what is aligned, this much fits and not more. */
    text[SK_PROCESS_STACK_SIZE / 4 - 600] = '\0';
    child_run(&options);
    text[SK_PROCESS_STACK_SIZE / 4 - 600] = 'x';
    text[SK_PROCESS_STACK_SIZE / 4] = '\0';
    assert_int_equal(child_spawn(&p, &options), SK_ERR_RANGE);
    sk_parent_fini(&child.parent);
    scene_close(&scene);
}

/* Sizes that no object has are found before anything is counted. */
static void untyped_memory_has_a_size_that_there_is(void **state)
{
    static const unsigned wrong[] = {
        1, seL4_MinUntypedBits - 1, seL4_MaxUntypedBits + 1, 63, 64, 255, 0xffffffff};
    struct sk_process_options options = child_usual;
    struct sk_process p;

    (void)state;
    child_open();
    assert_int_equal(sk_parent_init(&child.parent, NULL), SK_OK);
    struct sk_manager_stats before = scene_stats(&scene);
    for (size_t n = 0; n < sizeof(wrong) / sizeof(wrong[0]); n++) {
        options.untyped_bits = wrong[n];
        assert_int_equal(child_spawn(&p, &options), SK_ERR_RANGE);
        environment_check_same(&before);
    }
    options.untyped_bits = seL4_MaxUntypedBits;
    assert_int_equal(child_spawn(&p, &options), SK_ERR_NO_MEMORY);
    environment_check_same(&before);
    options.untyped_bits = seL4_MinUntypedBits;
    child_run(&options);
    environment_check_same(&before);
    sk_parent_fini(&child.parent);
    scene_close(&scene);
}

/* Slot 0 stays empty, slot 1 is the parent's endpoint: there is room for 14 of 16. */
static void the_cspace_is_as_large_as_needed(void **state)
{
    struct sk_process_options options = child_usual;
    struct sk_grant grants[100];
    struct sk_process p;

    (void)state;
    child_open();
    assert_int_equal(sk_parent_init(&child.parent, NULL), SK_OK);
    for (size_t n = 0; n < 100; n++) {
        grants[n] = SK_GRANT("", ((sk_tcb){seL4_CapInitThreadTCB}));
    }
    options.grants = grants;
    options.grant_count = 14;
    child_run(&options);
    assert_int_equal(child_spawn(&p, &options), SK_OK);
    assert_int_equal(p.cnode_bits, 4);
    sk_process_reap(&p);
    options.grant_count = 15;
    assert_int_equal(child_spawn(&p, &options), SK_OK);
    assert_int_equal(p.cnode_bits, 5);
    sk_process_reap(&p);
    options.cnode_bits = 4;
    assert_int_equal(child_spawn(&p, &options), SK_ERR_RANGE);
    options.grant_count = 14;
    child_run(&options);
    options.cnode_bits = 0;
    options.grant_count = 100;
    child_run(&options);
    options.budget_us = 1000;
    options.period_us = 1000; /* all the time there is */
    child_run(&options);
    sk_parent_fini(&child.parent);
    scene_close(&scene);
}

static void a_parent_needs_its_environment(void **state)
{
    (void)state;
    child_open();
    struct sk_manager_stats before = scene_stats(&scene);
    seL4_CPtr *members[] = {&environment.tcb.cptr, &environment.cnode.cptr,
                            &environment.vspace.cptr, &environment.asid_pool.cptr,
                            &environment.sched_control.cptr};
    for (unsigned n = 0; n < sizeof(members) / sizeof(members[0]); n++) {
        seL4_CPtr was = *members[n];

        *members[n] = 0;
        assert_int_equal(sk_parent_init(&child.parent, NULL), SK_ERR_INVALID_CAPABILITY);
        *members[n] = was;
    }
    environment.source = NULL;
    assert_int_equal(sk_parent_init(&child.parent, NULL), SK_ERR_INVALID_ARGUMENT);
    environment_check_same(&before);
}

static void nothing_grows_with_the_number_of_processes(void **state)
{
    const char *count = getenv("COUNT");
    unsigned long cycles = count != NULL ? strtoul(count, NULL, 0) : 10000;

    (void)state;
    child_open();
    struct sk_manager_stats before = scene_stats(&scene);
    assert_int_equal(sk_parent_init(&child.parent, NULL), SK_OK);
    for (unsigned long n = 0; n < cycles; n++) {
        struct sk_process p;

        if (n % 3 == 0) {
            assert_int_equal(child_spawn(&p, &child_usual), SK_OK);
            sk_process_kill(&p);
            sk_process_reap(&p);
        } else {
            child_run(&child_usual);
        }
    }
    sk_parent_fini(&child.parent);
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
    child_open();
    assert_int_equal(sk_parent_init(&child.parent, NULL), SK_OK);
    struct sk_manager_stats before = scene_stats(&scene);
    for (unsigned n = 0; n < 10000; n++) {
        struct sk_process p;
        sk_err e;

        child_program();
        damage(&child.program, &random_state);
        /* It does not run: we do not wait for it. */
        e = child_spawn(&p, &child_usual);
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
    sk_parent_fini(&child.parent);
    scene_close(&scene);
}

static void a_parent_takes_its_children_along(void **state)
{
    struct sk_process p[3];

    (void)state;
    child_open();
    struct sk_manager_stats before = scene_stats(&scene);
    assert_int_equal(sk_parent_init(&child.parent, NULL), SK_OK);
    for (int n = 0; n < 3; n++) {
        assert_int_equal(child_spawn(&p[n], &child_usual), SK_OK);
    }
    sk_process_wait(&p[1]);
    sk_parent_fini(&child.parent);
    assert_int_equal(p[0].end.how, SK_PROCESS_KILLED);
    assert_int_equal(p[1].end.how, SK_PROCESS_EXITED);
    environment_check_same(&before);
    scene_close(&scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_kernel_may_refuse),
        cmocka_unit_test(a_core_is_one_that_there_is),
        cmocka_unit_test(a_live_process_is_not_started_over),
        cmocka_unit_test(arguments_and_variables_leave_room_on_the_stack),
        cmocka_unit_test(untyped_memory_has_a_size_that_there_is),
        cmocka_unit_test(the_cspace_is_as_large_as_needed),
        cmocka_unit_test(a_parent_needs_its_environment),
        cmocka_unit_test(nothing_grows_with_the_number_of_processes),
        cmocka_unit_test(a_damaged_program_harms_nobody),
        cmocka_unit_test(a_parent_takes_its_children_along),
    };

    return cmocka_run_group_tests_name("task/process", tests, NULL, child_end);
}
