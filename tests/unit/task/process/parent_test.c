/*
 * Parents believe a process only of itself, and what a process passed on goes with it.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/task/process.h>

#include <string.h>

#include <selkie/cap/cnode.h>

#include "environment.h"

static struct sk_parent parent;
static struct program program;

static const struct sk_process_options usual = {.name = "child", .priority = 100};

/* Call the parent with this label and words; once answered, do it no more. */
static void call(seL4_Word label, seL4_Word length, seL4_Word word)
{
    (void)seL4_CallWithMRs(1, seL4_MessageInfo_new(label, 0, 0, length), &word, NULL, NULL,
                           NULL);
}

__attribute__((aligned(16))) static void exit_5(seL4_Word unused)
{
    (void)unused;
    call(SK_PARENT_EXIT, 1, 5);
}

/* What is none of the messages that a parent knows; then an exit. */
__attribute__((aligned(16))) static void babble(seL4_Word unused)
{
    static const struct {
        seL4_Word label;
        seL4_Word length;
        seL4_Word word;
    } nonsense[] = {
        {0, 0, 0},
        {SK_PARENT_EXIT, 0, 0},
        {SK_PARENT_REFUSED, 4, SK_REFUSAL_KIND},
        {SK_PARENT_REFUSED, 1, SK_REFUSAL_KIND},
        {SK_PARENT_REFUSED, 1, SK_REFUSAL_NONE},
        {SK_PARENT_REFUSED, 1, SK_REFUSAL_SIZE + 1},
        {seL4_Fault_VMFault, 3, 0},
        {seL4_Fault_UserException, 1, 0},
        {0xfffff, 2, 0},
    };

    (void)unused;
    for (size_t n = 0; n < sizeof(nonsense) / sizeof(nonsense[0]); n++) {
        seL4_Word word = nonsense[n].word;

        seL4_SendWithMRs(1, seL4_MessageInfo_new(nonsense[n].label, 0, 0, nonsense[n].length),
                         &word, NULL, NULL, NULL);
    }
    call(SK_PARENT_EXIT, 1, 6);
}

static void open(void (*main)(seL4_Word))
{
    environment_open();
    environment_program(&program, main);
    assert_int_equal(sk_parent_init(&parent, NULL), SK_OK);
}

static sk_err spawn(struct sk_process *p, const struct sk_process_options *options)
{
    return sk_process_spawn(&parent, p, &program, sizeof(program), options);
}

static void nonsense_is_not_an_end(void **state)
{
    struct sk_process p;

    (void)state;
    open(babble);
    assert_int_equal(spawn(&p, &usual), SK_OK);
    assert_ptr_equal(sk_parent_wait(&parent), &p);
    assert_int_equal(p.end.how, SK_PROCESS_EXITED);
    assert_int_equal(p.end.status, 6);
    assert_null(sk_parent_wait(&parent));
    sk_parent_fini(&parent);
    scene_close(&scene);
}

static volatile unsigned steps;

/* It says that it has ended, and goes on. */
__attribute__((aligned(16))) static void lie(seL4_Word unused)
{
    seL4_Word word = 9;

    (void)unused;
    seL4_SendWithMRs(1, seL4_MessageInfo_new(SK_PARENT_EXIT, 0, 0, 1), &word, NULL, NULL, NULL);
    steps++;
    call(SK_PARENT_EXIT, 1, 10);
}

static void who_says_that_it_has_ended_has_ended(void **state)
{
    struct sk_process_options options = usual;
    struct sk_process liar;
    struct sk_process other;

    (void)state;
    open(lie);
    steps = 0;
    assert_int_equal(spawn(&liar, &usual), SK_OK);
    sk_process_wait(&liar);
    assert_int_equal(liar.end.status, 9);
    environment_program(&program, exit_5);
    options.priority = 50; /* it runs when the liar does not */
    assert_int_equal(spawn(&other, &options), SK_OK);
    sk_process_wait(&other);
    assert_int_equal(steps, 0);
    sk_parent_fini(&parent);
    scene_close(&scene);
}

static void polling_does_not_wait(void **state)
{
    struct sk_process p;
    seL4_CPtr bell;

    (void)state;
    open(exit_5);
    assert_null(sk_parent_poll(&parent));
    assert_int_equal(spawn(&p, &usual), SK_OK);
    /* It is of lower priority, and has not begun. */
    assert_null(sk_parent_poll(&parent));
    bell = seL4_CapInitThreadTCB;
    assert_int_equal(seL4_TCB_SetPriority(p.tcb.cptr, bell, 255), seL4_NoError);
    seL4_Yield();
    assert_ptr_equal(sk_parent_poll(&parent), &p);
    assert_int_equal(p.end.status, 5);
    assert_null(sk_parent_poll(&parent));
    assert_null(sk_parent_wait(&parent));
    sk_parent_fini(&parent);
    scene_close(&scene);
}

/* An empty slot of ours. */
static sk_slot our_slot(void)
{
    sk_slots slots;

    assert_int_equal(scene.manager.source.take_slots(&scene.manager.source, 1, &slots), SK_OK);
    return slots.first;
}

static void what_a_process_passed_on_is_revoked(void **state)
{
    struct sk_process_options options = usual;
    struct sk_process p;

    (void)state;
    open(exit_5);
    options.gives = SK_GIVE_PARENTHOOD;
    options.untyped_bits = 12;
    assert_int_equal(spawn(&p, &options), SK_OK);
    /* As if it had sent all that it has to somebody else: slots 1 to 7 are full. */
    sk_slot stolen[8];
    for (seL4_CPtr n = 1; n <= 7; n++) {
        stolen[n] = our_slot();
        sk_slot from = {p.cnode, n, SK_PROCESS_CNODE_BITS};

        assert_int_equal(sk_slot_copy(stolen[n], from, seL4_AllRights), SK_OK);
    }
    sk_process_reap(&p);
    for (seL4_CPtr n = 1; n <= 7; n++) {
        /* The ASID pool and the control over time are the parent's own. */
        bool is_the_parents = n == 5 || n == 6;

        assert_int_equal(ground_is_full(stolen[n].index), is_the_parents);
        assert_int_equal(sk_slot_delete(stolen[n]), SK_OK);
        scene.manager.source.give_slots(&scene.manager.source, (sk_slots){stolen[n], 1});
    }
    ground_check_kernel();
    sk_parent_fini(&parent);
    scene_close(&scene);
}

/*
 * As if a process had made a thread of its memory, and that had a capability to the first one:
 * in slots of ours, to see when they are empty.
 */
static void arm(const struct sk_process *p, sk_slot ret_thread[2])
{
    sk_slot memory = our_slot();

    ret_thread[0] = our_slot();
    ret_thread[1] = our_slot();
    assert_int_equal(
        sk_slot_copy(memory, (sk_slot){p->cnode, 7, SK_PROCESS_CNODE_BITS}, seL4_AllRights),
        SK_OK);
    assert_int_equal(seL4_Untyped_Retype(sk_slot_cptr(memory), seL4_TCBObject, 0,
                                         seL4_CapInitThreadCNode, 0, 0, ret_thread[0].index, 1),
                     seL4_NoError);
    assert_int_equal(sk_slot_copy(ret_thread[1], (sk_slot){p->cnode, 2, SK_PROCESS_CNODE_BITS},
                                  seL4_AllRights),
                     SK_OK);
    assert_true(ground_is_full(ret_thread[0].index) && ground_is_full(ret_thread[1].index));
}

static void check_disarmed(const sk_slot thread[2])
{
    assert_false(ground_is_full(thread[0].index));
    assert_false(ground_is_full(thread[1].index));
}

/* ... however it ends, and before it is reaped. */
static void all_threads_of_a_process_end_with_it(void **state)
{
    struct sk_process_options options = usual;
    sk_slot thread[2];
    struct sk_process p;

    (void)state;
    open(exit_5);
    options.gives = SK_GIVE_PARENTHOOD;
    options.untyped_bits = 12;
    assert_int_equal(spawn(&p, &options), SK_OK);
    arm(&p, thread);
    sk_process_kill(&p);
    check_disarmed(thread);
    sk_process_reap(&p);
    assert_int_equal(spawn(&p, &options), SK_OK);
    arm(&p, thread);
    sk_process_wait(&p);
    assert_int_equal(p.end.status, 5);
    check_disarmed(thread);
    sk_parent_fini(&parent);
    ground_check_kernel();
    scene_close(&scene);
}

static void a_stale_badge_says_nothing(void **state)
{
    struct sk_process first;
    struct sk_process second;

    (void)state;
    open(exit_5);
    assert_int_equal(spawn(&first, &usual), SK_OK);
    seL4_Word badge = first.id;
    sk_process_reap(&first);
    assert_int_equal(spawn(&second, &usual), SK_OK);
    assert_int_not_equal(second.id, badge);

    sk_reader in = {
        .is_open = 1, .info = seL4_MessageInfo_new(SK_PARENT_EXIT, 0, 0, 1), .badge = badge};
    assert_null(sk_parent_take(&parent, &in));
    assert_int_equal(second.end.how, SK_PROCESS_RUNS);
    in = (sk_reader){.is_open = 1,
                     .info = seL4_MessageInfo_new(SK_PARENT_EXIT, 0, 0, 1),
                     .badge = second.id,
                     .word = {9}};
    assert_ptr_equal(sk_parent_take(&parent, &in), &second);
    assert_int_equal(second.end.status, 9);
    /* It ends once. */
    in = (sk_reader){.is_open = 1,
                     .info = seL4_MessageInfo_new(SK_PARENT_EXIT, 0, 0, 1),
                     .badge = second.id,
                     .word = {10}};
    assert_null(sk_parent_take(&parent, &in));
    assert_int_equal(second.end.status, 9);
    sk_parent_fini(&parent);
    scene_close(&scene);
}

static void an_asid_pool_may_be_full(void **state)
{
    static sk_slots slots;
    struct sk_source *source = &scene.manager.source;
    struct sk_process p;
    seL4_Word count = 0;
    seL4_Error e = seL4_NoError;

    (void)state;
    open(exit_5);
    assert_int_equal(source->take_slots(source, 1024, &slots), SK_OK);
    while (e == seL4_NoError) {
        sk_slot slot = sk_slots_get(slots, count);

        assert_int_equal(source->make_object(source, sk_blueprint_vspace(), slot), SK_OK);
        e = seL4_ARM_ASIDPool_Assign(seL4_CapInitThreadASIDPool, sk_slot_cptr(slot));
        count++;
    }
    assert_int_equal(e, seL4_DeleteFirst);
    struct sk_manager_stats before = scene_stats(&scene);
    assert_int_equal(spawn(&p, &usual), SK_ERR_DELETE_FIRST);
    environment_check_same(&before);
    source->free_object(source, sk_blueprint_vspace(), sk_slots_get(slots, --count));
    source->free_object(source, sk_blueprint_vspace(), sk_slots_get(slots, --count));
    assert_int_equal(spawn(&p, &usual), SK_OK);
    sk_parent_fini(&parent);
    while (count > 0) {
        source->free_object(source, sk_blueprint_vspace(), sk_slots_get(slots, --count));
    }
    source->give_slots(source, slots);
    scene_close(&scene);
}

static void check_line(const struct sk_process_end *end, const char *want)
{
    struct sk_process p = {.name = "it", .end = *end};
    char line[SK_PROCESS_LINE + 8];

    assert_int_equal(sk_process_print_end(&p, line, sizeof(line)), strlen(want));
    assert_string_equal(line, want);
}

static void each_end_has_a_line(void **state)
{
    (void)state;
    check_line(&(struct sk_process_end){0}, "it was never started");
    check_line(&(struct sk_process_end){.how = SK_PROCESS_RUNS}, "it runs");
    check_line(&(struct sk_process_end){.how = SK_PROCESS_KILLED}, "it was killed");
    check_line(&(struct sk_process_end){.how = SK_PROCESS_EXITED, .status = 7},
               "it exited with 7");
    check_line(&(struct sk_process_end){.how = SK_PROCESS_FAULTED,
                                        .fault = {.kind = SK_FAULT_TIMEOUT}},
               "it faulted: timeout: data 0x0, 0 us consumed");
    check_line(&(struct sk_process_end){.how = SK_PROCESS_REFUSED,
                                        .refusal = SK_REFUSAL_MISSING,
                                        .refused = "log"},
               "it did not start: its grant 'log' was not given");
    check_line(&(struct sk_process_end){.how = SK_PROCESS_REFUSED,
                                        .refusal = SK_REFUSAL_KIND,
                                        .refused = "log"},
               "it did not start: its grant 'log' is of another kind");
    check_line(&(struct sk_process_end){.how = SK_PROCESS_REFUSED,
                                        .refusal = SK_REFUSAL_SIZE,
                                        .refused = "log"},
               "it did not start: its grant 'log' is too small");
}

static void a_line_is_cut(void **state)
{
    struct sk_process p = {.name = "it", .end = {.how = SK_PROCESS_KILLED}};
    char line[8];

    (void)state;
    assert_int_equal(sk_process_print_end(&p, line, sizeof(line)), strlen("it was killed"));
    assert_string_equal(line, "it was ");
}

/* A whole message, and a reason that is none. */
static void a_refusal_has_a_reason(void **state)
{
    static const seL4_Word reasons[] = {SK_REFUSAL_NONE, SK_REFUSAL_SIZE + 1, (seL4_Word)-1};
    struct sk_process p;

    (void)state;
    open(exit_5);
    assert_int_equal(spawn(&p, &usual), SK_OK);
    for (size_t n = 0; n < sizeof(reasons) / sizeof(reasons[0]); n++) {
        sk_reader in = {.is_open = 1,
                        .info = seL4_MessageInfo_new(SK_PARENT_REFUSED, 0, 0, 5),
                        .badge = p.id,
                        .word = {reasons[n]}};

        assert_null(sk_parent_take(&parent, &in));
        assert_int_equal(p.end.how, SK_PROCESS_RUNS);
    }
    sk_parent_fini(&parent);
    scene_close(&scene);
}

/* What a process says goes to its parent's terminal: it says nothing but text. */
static void a_refused_name_is_text(void **state)
{
    struct sk_process p;

    (void)state;
    open(exit_5);
    assert_int_equal(spawn(&p, &usual), SK_OK);
    sk_reader in = {
        .is_open = 1,
        .info = seL4_MessageInfo_new(SK_PARENT_REFUSED, 0, 0, 5),
        .badge = p.id,
        .word = {SK_REFUSAL_KIND, 0x7e205b1b0a0d80ff, 0x4141414141414141, 0x414141414141417f}};
    seL4_SetMR(4, 0x0a);
    assert_ptr_equal(sk_parent_take(&parent, &in), &p);
    assert_int_equal(p.end.how, SK_PROCESS_REFUSED);
    assert_string_equal(p.end.refused, "?????[ ~AAAAAAAA?AAAAAAA?");
    sk_parent_fini(&parent);
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
        cmocka_unit_test(nonsense_is_not_an_end),
        cmocka_unit_test(who_says_that_it_has_ended_has_ended),
        cmocka_unit_test(polling_does_not_wait),
        cmocka_unit_test(what_a_process_passed_on_is_revoked),
        cmocka_unit_test(all_threads_of_a_process_end_with_it),
        cmocka_unit_test(a_stale_badge_says_nothing),
        cmocka_unit_test(an_asid_pool_may_be_full),
        cmocka_unit_test(a_refusal_has_a_reason),
        cmocka_unit_test(a_refused_name_is_text),
        cmocka_unit_test(each_end_has_a_line),
        cmocka_unit_test(a_line_is_cut),
    };

    return cmocka_run_group_tests_name("task/parent", tests, NULL, end);
}
