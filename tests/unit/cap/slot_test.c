/*
 * Slots in a row and windows: what fits, and both ways.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/cap/slot.h>

#include "check.h"
#include "traps.h"

static const sk_cnode root = {2};

static void a_zeroed_slot_is_none(void **state)
{
    (void)state;
    assert_true(sk_slot_is_null((sk_slot){0}));
    assert_int_equal(sk_slot_cptr((sk_slot){0}), 0);
    assert_false(sk_slot_is_null(sk_slot_at(root, 0)));
}

static void an_address_is_at_the_upper_end_of_a_word(void **state)
{
    (void)state;
    assert_int_equal(sk_slot_cptr(sk_slot_at(root, 77)), 77);
    assert_int_equal(sk_slot_cptr((sk_slot){root, 5, 8}), 5ul << 56);
}

static void a_node_resolves_its_guard_and_its_radix(void **state)
{
    (void)state;
    assert_int_equal(sk_node_bits((sk_node){.guard_bits = 5, .radix_bits = 7}), 12);
    assert_int_equal(sk_node_bits(sk_node_whole(12)), 64);
}

static void the_next_slot_has_the_same_root_and_depth(void **state)
{
    sk_slot next = sk_slot_plus((sk_slot){root, 5, 8}, 3);

    (void)state;
    assert_int_equal(next.root.cptr, root.cptr);
    assert_int_equal(next.index, 8);
    assert_int_equal(next.depth, 8);
}

static void take_address(void *arg)
{
    (void)sk_slot_cptr(*(sk_slot *)arg);
}

static void an_address_has_no_more_bits_than_a_word(void **state)
{
    (void)state;
    assert_true(traps(take_address, &(sk_slot){root, 5, 65}));
    assert_true(traps(take_address, &(sk_slot){root, 5, 255}));
    assert_false(traps(take_address, &(sk_slot){root, 5, 64}));
    assert_false(traps(take_address, &(sk_slot){root, 5, 1}));
}

static void get_one_too_many(void *arg)
{
    (void)sk_slots_get(*(sk_slots *)arg, 4);
}

static void get_the_last(void *arg)
{
    (void)sk_slots_get(*(sk_slots *)arg, 3);
}

static void slots_have_an_end(void **state)
{
    sk_slots four = {sk_slot_at(root, 100), 4};

    (void)state;
    assert_int_equal(sk_slots_get(four, 3).index, 103);
    assert_int_equal(sk_slots_get(four, 3).depth, 64);
    assert_false(traps(get_the_last, &four));
    assert_true(traps(get_one_too_many, &four));
    assert_true(sk_slots_has(four, sk_slot_at(root, 100)));
    assert_true(sk_slots_has(four, sk_slot_at(root, 103)));
    assert_false(sk_slots_has(four, sk_slot_at(root, 104)));
    assert_false(sk_slots_has(four, sk_slot_at(root, 99)));
    assert_false(sk_slots_has(four, sk_slot_at((sk_cnode){3}, 100)));
    assert_false(sk_slots_has(four, (sk_slot){root, 100, 12}));
}

static void slots_are_taken_from_the_front(void **state)
{
    sk_slots all = {sk_slot_at(root, 100), 4};
    sk_slots taken = {0};

    (void)state;
    assert_int_equal(sk_slots_take(&all, 3, &taken), SK_OK);
    assert_int_equal(taken.first.index, 100);
    assert_int_equal(taken.count, 3);
    assert_int_equal(all.first.index, 103);
    assert_int_equal(all.count, 1);
    assert_int_equal(sk_slots_take(&all, 2, &taken), SK_ERR_NO_SLOT);
    assert_int_equal(taken.first.index, 100);
    assert_int_equal(all.count, 1);
    assert_int_equal(sk_slots_take(&all, 1, &taken), SK_OK);
    assert_int_equal(taken.first.index, 103);
    assert_int_equal(all.count, 0);
    assert_int_equal(sk_slots_take(&all, 0, &taken), SK_OK);
    assert_int_equal(sk_slots_take(&all, 1, &taken), SK_ERR_NO_SLOT);
}

static void the_first_threads_slots_are_a_window_of_the_root(void **state)
{
    sk_slots slots = {sk_slot_at(root, 4000), 96};
    sk_slots back = {0};
    sk_window w = {0};

    (void)state;
    assert_int_equal(sk_slots_window(slots, sk_node_whole(12), &w), SK_OK);
    assert_int_equal(w.root.cptr, 2);
    assert_int_equal(w.node_index, 0);
    assert_int_equal(w.node_depth, 0);
    assert_int_equal(w.offset, 4000);
    assert_int_equal(w.count, 96);
    assert_int_equal(sk_window_slots(w, sk_node_whole(12), &back), SK_OK);
    assert_memory_equal(&back.first.index, &slots.first.index, sizeof(seL4_Word));
    assert_int_equal(back.first.depth, 64);
    assert_int_equal(back.count, 96);
}

static void what_does_not_fit_is_no_window(void **state)
{
    const sk_node four_bits = {.guard = 3, .guard_bits = 2, .radix_bits = 4};
    sk_slot at = {root, 0xf70, 12}; /* 111101, guard 11, slot 0000 */
    sk_window w = {.count = 1234};

    (void)state;
    assert_int_equal(sk_slots_window((sk_slots){at, 16}, four_bits, &w), SK_OK);
    assert_int_equal(w.node_index, 0x3d);
    assert_int_equal(w.node_depth, 6);
    w.count = 1234;
    assert_int_equal(sk_slots_window((sk_slots){at, 17}, four_bits, &w), SK_ERR_RANGE);
    at.index |= 1;
    assert_int_equal(sk_slots_window((sk_slots){at, 16}, four_bits, &w), SK_ERR_RANGE);
    assert_int_equal(sk_slots_window((sk_slots){at, ~0ul}, four_bits, &w), SK_ERR_RANGE);
    at.index ^= 0x20; /* the guard */
    assert_int_equal(sk_slots_window((sk_slots){at, 1}, four_bits, &w), SK_ERR_RANGE);
    at = (sk_slot){root, 0x35, 5};
    assert_int_equal(sk_slots_window((sk_slots){at, 1}, four_bits, &w), SK_ERR_RANGE);
    at.depth = 6;
    assert_int_equal(sk_slots_window((sk_slots){at, 1}, (sk_node){.guard_bits = 6}, &w),
                     SK_ERR_RANGE);
    assert_int_equal(sk_slots_window((sk_slots){at, 2}, (sk_node){.radix_bits = 1}, &w),
                     SK_ERR_RANGE);
    assert_int_equal(sk_slots_window((sk_slots){at, 1},
                                     (sk_node){.guard = 4, .guard_bits = 2, .radix_bits = 4},
                                     &w),
                     SK_ERR_RANGE);
    assert_int_equal(w.count, 1234);
    assert_int_equal(sk_slots_window((sk_slots){at, 1}, four_bits, &w), SK_OK);
    assert_int_equal(w.node_depth, 0);
    assert_int_equal(w.offset, 5);

    /* No address has more bits than a word. */
    w.count = 1234;
    at = (sk_slot){root, 0x35, 65};
    assert_int_equal(sk_slots_window((sk_slots){at, 1}, four_bits, &w), SK_ERR_RANGE);
    at.depth = 255;
    assert_int_equal(sk_slots_window((sk_slots){at, 1}, four_bits, &w), SK_ERR_RANGE);
    assert_int_equal(w.count, 1234);
    at.depth = 64;
    assert_int_equal(sk_slots_window((sk_slots){at, 1}, four_bits, &w), SK_OK);
    assert_int_equal(w.node_depth, 58);
}

static void what_does_not_fit_is_no_row_of_slots(void **state)
{
    const sk_node six_bits = {.guard = 3, .guard_bits = 2, .radix_bits = 4};
    const sk_window right = {root, 1, 58, 15, 1};
    sk_window w = right;
    sk_slots slots = {.count = 1234};

    (void)state;
    w.node_depth = 59;
    assert_int_equal(sk_window_slots(w, six_bits, &slots), SK_ERR_RANGE);
    w = right;
    w.offset = 16;
    assert_int_equal(sk_window_slots(w, six_bits, &slots), SK_ERR_RANGE);
    w = right;
    w.count = 2;
    assert_int_equal(sk_window_slots(w, six_bits, &slots), SK_ERR_RANGE);
    w = right;
    w.node_depth = 0; /* then there is no index */
    assert_int_equal(sk_window_slots(w, six_bits, &slots), SK_ERR_RANGE);
    assert_int_equal(sk_window_slots(right, (sk_node){.radix_bits = 65}, &slots), SK_ERR_RANGE);
    assert_int_equal(slots.count, 1234);
    assert_int_equal(sk_window_slots(right, six_bits, &slots), SK_OK);
    assert_int_equal(slots.first.index, 0x7f);
    assert_int_equal(slots.first.depth, 64);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_zeroed_slot_is_none),
        cmocka_unit_test(an_address_is_at_the_upper_end_of_a_word),
        cmocka_unit_test(a_node_resolves_its_guard_and_its_radix),
        cmocka_unit_test(the_next_slot_has_the_same_root_and_depth),
        cmocka_unit_test(an_address_has_no_more_bits_than_a_word),
        cmocka_unit_test(slots_have_an_end),
        cmocka_unit_test(slots_are_taken_from_the_front),
        cmocka_unit_test(the_first_threads_slots_are_a_window_of_the_root),
        cmocka_unit_test(what_does_not_fit_is_no_window),
        cmocka_unit_test(what_does_not_fit_is_no_row_of_slots),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
