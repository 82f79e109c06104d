/*
 * A specification with all there is, carried out on the host core.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "stage.h"

static void expect_good(const struct system *s)
{
    struct sk_spec_problem problem;

    if (!sk_spec_check(s->spec, s->size, NULL, &problem)) {
        fail_msg("%s, record %u: %s", sk_spec_table_name(problem.table), problem.record,
                 sk_spec_wrong_text(problem.what));
    }
}

static void all_of_it_is_carried_out_in_as_many_calls_as_predicted(void **state)
{
    struct system s = system_make(&sk_init_platform, STAGE_PADDR);
    struct stage stage;
    struct sk_init prediction;

    (void)state;
    expect_good(&s);
    stage_boot(&stage, s.spec);
    assert_int_equal(stage_predict(&stage, &prediction), SK_OK);
    sk_err err = sk_init_execute(&stage.in);
    if (err != SK_OK) {
        fail_msg("%s, record %u: %s: error %d", sk_spec_table_name(stage.in.table),
                 stage.in.record, sk_init_call_name(stage.in.call), err);
    }
    stage_check_kernel();
    assert_int_equal(stage.in.calls, prediction.calls);
    assert_int_equal(stage.in.retypes, prediction.retypes);
    assert_int_equal(stage.in.next_slot, prediction.next_slot);
    print_message("%u calls, %u retypes\n", stage.in.calls, stage.in.retypes);
    host_kernel_end();
}

/* A copy of a frame of the system, in a slot that is free, at an address of ours. */
static const char *look_at(const struct stage *stage, uint32_t object)
{
    static const uint64_t vaddr = 0x140000;
    seL4_CPtr slot = stage->in.next_slot;

    (void)seL4_CNode_Delete(stage->kernel.cnode, slot, seL4_WordBits);
    assert_int_equal(seL4_CNode_Copy(stage->kernel.cnode, slot, seL4_WordBits,
                                     stage->kernel.cnode, stage->in.first_slot + object,
                                     seL4_WordBits, seL4_AllRights),
                     seL4_NoError);
    assert_int_equal(seL4_ARM_Page_Map(slot, stage->kernel.vspace, vaddr, seL4_CanRead,
                                       seL4_ARM_Default_VMAttributes),
                     seL4_NoError);
    return (const char *)vaddr;
}

/* The slot for the moment is empty; what stays has a number, or is a copy of a frame. */
static void nothing_is_left_of_what_was_made_for_the_moment(void **state)
{
    struct system s = system_make(&sk_init_platform, STAGE_PADDR);
    struct stage stage;

    (void)state;
    stage_boot(&stage, s.spec);
    assert_int_equal(sk_init_execute(&stage.in), SK_OK);
    uint32_t moment =
        stage.in.first_slot + s.spec->object_count + s.spec->section[SK_SPEC_IRQS].count;
    for (uint32_t slot = moment; slot <= stage.in.end_slot - 1; slot++) {
        sk_err err =
            (sk_err)seL4_CNode_Copy(stage.kernel.cnode, slot, seL4_WordBits, stage.kernel.cnode,
                                    stage.kernel.cnode, seL4_WordBits, seL4_AllRights);
        bool is_free = slot == moment || slot >= stage.in.next_slot;

        /* Among the others are untypeds that were handed over: those are free again. */
        assert_true(err == SK_OK || (err == SK_ERR_DELETE_FIRST && !is_free));
    }
    host_kernel_end();
}

static void frames_have_the_contents_that_they_were_to_have(void **state)
{
    struct system s = system_make(&sk_init_platform, STAGE_PADDR);
    struct stage stage;
    const char *bytes;

    (void)state;
    stage_boot(&stage, s.spec);
    assert_int_equal(sk_init_execute(&stage.in), SK_OK);
    bytes = look_at(&stage, s.frames);
    assert_true(bytes[0] == 'd' && bytes[4095] == 'd');
    /* What the chunk of the boot info has, and nothing behind it. */
    bytes = look_at(&stage, s.frames + 1);
    assert_memory_equal(bytes, "DTB\0\0\0\0\0", 8);
    host_kernel_end();
}

static void info_pages_say_what_was_given(void **state)
{
    struct system s = system_make(&sk_init_platform, STAGE_PADDR);
    struct stage stage;

    (void)state;
    stage_boot(&stage, s.spec);
    assert_int_equal(sk_init_execute(&stage.in), SK_OK);
    const seL4_BootInfo *info = (const void *)look_at(&stage, s.frames + 6);
    assert_int_equal(info->untyped.start, SYSTEM_UNTYPED);
    assert_in_range(info->untyped.end, SYSTEM_UNTYPED + 5, SYSTEM_UNTYPED + 79);
    assert_int_equal(info->empty.start, info->untyped.end);
    assert_int_equal(info->empty.end, SYSTEM_UNTYPED + 80);
    assert_int_equal(info->initThreadCNodeSizeBits, 9);
    for (seL4_Word n = 0; n < info->untyped.end - info->untyped.start; n++) {
        assert_in_range(info->untypedList[n].sizeBits, 12, 47);
    }
    assert_int_equal(info->userImageFrames.end, 0);
    info = (const void *)look_at(&stage, s.frames + 7);
    assert_int_equal(info->userImageFrames.start, SYSTEM_IMAGE);
    assert_int_equal(info->userImageFrames.end, SYSTEM_IMAGE + 8 - SYSTEM_HANDED);
    assert_int_equal(info->untyped.end, 0);
    host_kernel_end();
}

/* The call of this number fails; the others are made. */
static uint32_t failing;

static sk_err fail_one(struct sk_init *in, enum sk_init_call what, const uint64_t *args)
{
    return in->calls == failing ? SK_ERR_REVOKE_FIRST : sk_init_perform_call(in, what, args);
}

static void an_error_of_any_call_ends_it_and_is_told_with_its_record(void **state)
{
    struct system s = system_make(&sk_init_platform, STAGE_PADDR);
    struct stage stage;
    sk_err err = SK_ERR_REVOKE_FIRST;

    (void)state;
    for (failing = 1; err != SK_OK; failing++) {
        stage_boot(&stage, s.spec);
        stage.in.perform = fail_one;
        err = sk_init_execute(&stage.in);
        stage_check_kernel();
        if (err != SK_OK) {
            assert_int_equal(err, SK_ERR_REVOKE_FIRST);
            assert_int_equal(stage.in.calls, failing);
            assert_in_range(stage.in.call, 0, SK_INIT_CALL_COUNT - 1);
            assert_true(failing == 1 ||
                        stage.in.record < s.spec->section[stage.in.table].count);
        }
    }
    assert_in_range(failing, 100, 200);
    host_kernel_end();
}

/* Its contents cannot be shown without: the image reaches too far. */
static void a_large_frame_needs_a_window(void **state)
{
    struct system s = system_make(&sk_init_platform, STAGE_PADDR);
    struct stage stage;

    (void)state;
    stage_boot(&stage, s.spec);
    stage.in.large_window = 0;
    assert_int_equal(sk_init_execute(&stage.in), SK_ERR_RANGE);
    assert_int_equal(stage.in.table, SK_SPEC_FILLS);
    assert_int_equal(stage.in.record, 1);
    assert_int_equal(stage.in.call, SK_INIT_CALL_COUNT);
    host_kernel_end();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_of_it_is_carried_out_in_as_many_calls_as_predicted),
        cmocka_unit_test(nothing_is_left_of_what_was_made_for_the_moment),
        cmocka_unit_test(frames_have_the_contents_that_they_were_to_have),
        cmocka_unit_test(info_pages_say_what_was_given),
        cmocka_unit_test(an_error_of_any_call_ends_it_and_is_told_with_its_record),
        cmocka_unit_test(a_large_frame_needs_a_window),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
