/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/vspace.h"

#include "play.h"

#define FRAME 2000ull
#define TABLE 2001ull
#define VADDR 0x20000000ull

static uint64_t map(struct kernel *k, uint64_t label, uint64_t what)
{
    return play_call(k, what,
                     (struct message){.label = label,
                                      .length = 3,
                                      .words = {VADDR, 3, 3},
                                      .cap_count = 1,
                                      .caps = {ROOT_VSPACE}})
        .label;
}

static bool is_mapped(struct kernel *k)
{
    struct page_table *root = cap_object(k->current->slots[TCB_VSPACE].cap);
    struct pt_walk w = sk_kvspace_walk(k, root, VADDR, SK_ARCH_PT_LEAF_LEVEL);

    return w.level == SK_ARCH_PT_LEAF_LEVEL && sk_arch_pte_is_valid(*w.entry);
}

static void a_frame_needs_its_page_table(void **state)
{
    struct kernel *k = *state;

    play_make(k, seL4_ARM_SmallPageObject, 0, FRAME);
    play_make(k, seL4_ARM_PageTableObject, 0, TABLE);
    assert_int_equal(map(k, ARMPageMap, FRAME), seL4_FailedLookup);
    assert_int_equal(play_word(k, 2), 21);
    /* The first table fills the lowest level that is missing: here only the last is. */
    assert_int_equal(map(k, ARMPageTableMap, TABLE), seL4_NoError);
    assert_int_equal(map(k, ARMPageMap, FRAME), seL4_NoError);
    assert_true(is_mapped(k));
}

static void deleting_the_capability_unmaps(void **state)
{
    struct kernel *k = *state;

    a_frame_needs_its_page_table(state);
    assert_int_equal(play_delete(k, FRAME), seL4_NoError);
    assert_false(is_mapped(k));
    assert_true(k->machine.tlb_drops != 0);
}

static void deleting_the_table_unmaps_what_is_in_it(void **state)
{
    struct kernel *k = *state;

    a_frame_needs_its_page_table(state);
    assert_int_equal(play_delete(k, TABLE), seL4_NoError);
    assert_false(is_mapped(k));
    /* The frame's capability is stale, and harmless. */
    assert_int_equal(play_delete(k, FRAME), seL4_NoError);
}

#define WITH_KERNEL(test) cmocka_unit_test_setup_teardown(test, play_open, play_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_KERNEL(a_frame_needs_its_page_table),
        WITH_KERNEL(deleting_the_capability_unmaps),
        WITH_KERNEL(deleting_the_table_unmaps_what_is_in_it),
    };

    return cmocka_run_group_tests_name("kernel/vspace", tests, NULL, NULL);
}
