/*
 * Tests that declare what they need get that, and are told what they leave.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "resources.h"

#include <selkie/cap/cnode.h>
#include <string.h>

static struct resources r;

static sk_err make(sk_blueprint what, sk_piece *ret_piece, sk_slots *ret_slot)
{
    SK_TRY(sk_slot_pool_take(&r.slots, 1, ret_slot));
    SK_TRY(sk_untyped_pool_take(&r.untypeds, sk_blueprint_bits(what), ret_piece));
    return sk_untyped_pool_make(&r.untypeds, *ret_piece, what, *ret_slot, sk_node_whole(12));
}

static void a_test_gets_what_it_asked_for_and_no_more(void **state)
{
    sk_slots slots;
    sk_slots more;
    sk_piece piece;

    (void)state;
    resources_take(&r, 4, 5);
    assert_int_equal(r.slots.free_count, 4);
    assert_int_equal(r.untypeds.free_bytes, 32);
    assert_int_equal(sk_untyped_pool_take(&r.untypeds, 6, &piece), SK_ERR_NO_MEMORY);
    assert_int_equal(sk_slot_pool_take(&r.slots, 4, &slots), SK_OK);
    assert_int_equal(sk_slot_pool_take(&r.slots, 1, &more), SK_ERR_NO_SLOT);
    /* Half of the memory needs two slots, which are all taken. */
    assert_int_equal(sk_untyped_pool_take(&r.untypeds, 4, &piece), SK_ERR_NO_SLOT);
    sk_slot_pool_give(&r.slots, slots);
    resources_end(&r);
}

static void a_test_that_leaves_something_is_told_what(void **state)
{
    sk_slots slot;
    sk_piece piece;

    (void)state;
    resources_take(&r, 4, 5);
    assert_int_equal(make(SK_BLUEPRINT(Endpoint), &piece, &slot), SK_OK);
    assert_string_equal(resources_left(&r), "3 slots are still taken");
    sk_untyped_pool_give(&r.untypeds, piece);
    assert_string_equal(resources_left(&r), "1 slots are still taken");
    assert_int_equal(sk_slot_copy(slot.first, sk_slot_at(r.all.first.root, r.ground.kernel.tcb),
                                  seL4_AllRights),
                     SK_OK);
    sk_slot_pool_give(&r.slots, slot);
    assert_non_null(strstr(resources_left(&r), "is not empty"));
    assert_int_equal(sk_slot_delete(slot.first), SK_OK);
    assert_int_equal(sk_untyped_pool_take(&r.untypeds, 5, &piece), SK_OK);
    assert_string_equal(resources_left(&r), "32 bytes are still taken");
    sk_untyped_pool_give(&r.untypeds, piece);
    assert_null(resources_left(&r));
    resources_end(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_test_gets_what_it_asked_for_and_no_more),
        cmocka_unit_test(a_test_that_leaves_something_is_told_what),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
