/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/derive.h"

#include "play.h"

/* Capabilities to one endpoint; the address only has to look like one. */
static kcap endpoint(uint64_t badge)
{
    return cap_make(CAP_ENDPOINT, 0x1000, RIGHTS_ALL, badge);
}

static unsigned count_below(const struct slot *s)
{
    unsigned n = 0;

    for (const struct slot *c = derive_next(s); derive_is_below(s, c); c = derive_next(c)) {
        n++;
    }
    return n;
}

static void copies_of_an_original_are_below_it(void **state)
{
    struct slot s[3] = {0};

    (void)state;
    sk_kderive_root(&s[0], endpoint(0));
    sk_kderive_insert(&s[0], &s[1], endpoint(0), false);
    sk_kderive_insert(&s[1], &s[2], endpoint(0), false);
    assert_int_equal(count_below(&s[0]), 2);
    assert_int_equal(count_below(&s[1]), 0);
    assert_false(sk_kderive_is_final(&s[1]));
}

static void the_last_of_an_object_is_final(void **state)
{
    struct slot s[2] = {0};

    (void)state;
    sk_kderive_root(&s[0], endpoint(0));
    assert_true(sk_kderive_is_final(&s[0]));
    sk_kderive_insert(&s[0], &s[1], endpoint(0), false);
    assert_false(sk_kderive_is_final(&s[0]));
    sk_kderive_remove(&s[0]);
    assert_true(sk_kderive_is_final(&s[1]));
}

/* Two badged originals with a copy each: the orphans of one do not fall to the other. */
static void children_of_a_removed_slot_go_to_its_parent(void **state)
{
    struct slot s[5] = {0};

    (void)state;
    sk_kderive_root(&s[0], endpoint(0));
    sk_kderive_insert(&s[0], &s[1], endpoint(7), true);
    sk_kderive_insert(&s[1], &s[2], endpoint(7), false);
    sk_kderive_insert(&s[0], &s[3], endpoint(7), true);
    sk_kderive_insert(&s[3], &s[4], endpoint(7), false);
    sk_kderive_remove(&s[1]);
    assert_int_equal(count_below(&s[3]), 1);
    assert_int_equal(count_below(&s[0]), 3);
    /* The fence is handed on when the orphan goes. */
    sk_kderive_insert(&s[2], &s[1], endpoint(7), false);
    sk_kderive_remove(&s[2]);
    assert_int_equal(count_below(&s[3]), 1);
    assert_int_equal(count_below(&s[0]), 3);
}

static void a_moved_slot_keeps_its_place(void **state)
{
    struct slot s[4] = {0};

    (void)state;
    sk_kderive_root(&s[0], endpoint(0));
    sk_kderive_insert(&s[0], &s[1], endpoint(9), true);
    sk_kderive_insert(&s[1], &s[2], endpoint(9), false);
    sk_kderive_move(&s[1], &s[3], endpoint(9));
    assert_true(cap_is_null(s[1].cap));
    assert_int_equal(count_below(&s[3]), 1);
    assert_int_equal(count_below(&s[0]), 2);
}

static void neighbours_can_be_swapped(void **state)
{
    struct slot s[3] = {0};

    (void)state;
    sk_kderive_root(&s[0], endpoint(0));
    sk_kderive_insert(&s[0], &s[1], endpoint(1), true);
    sk_kderive_insert(&s[1], &s[2], endpoint(1), false);
    sk_kderive_swap(&s[0], &s[1]);
    assert_int_equal(cap_badge(s[1].cap), 0);
    assert_int_equal(count_below(&s[1]), 2);
    assert_int_equal(count_below(&s[0]), 1);
    assert_ptr_equal(derive_prev(&s[2]), &s[0]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(copies_of_an_original_are_below_it),
        cmocka_unit_test(the_last_of_an_object_is_final),
        cmocka_unit_test(children_of_a_removed_slot_go_to_its_parent),
        cmocka_unit_test(a_moved_slot_keeps_its_place),
        cmocka_unit_test(neighbours_can_be_swapped),
    };

    return cmocka_run_group_tests_name("kernel/derive", tests, NULL, NULL);
}
