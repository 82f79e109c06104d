/*
 * Budgets: the static form, which is decided when this compiles, and the run-time form agree.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/cap/budget.h>

#include "../../cap/budget_table.h"
#include "check.h"

static const sk_slot first = {{2}, 1000, 64};

#define SLOT_ROW(all, one, two, fits)                                               \
    {                                                                               \
        SK_SLOT_BUDGET(all) budget = {.first = first};                              \
        SK_SLOT_BUDGET_TAKE(taken, rest, budget, one);                              \
        _Static_assert(SK_SLOT_BUDGET_HAS(rest, two) == fits, "the table");         \
        _Static_assert(SK_SLOT_BUDGET_LEFT(rest) == (all) - (one), "what is left"); \
        check_slots(all, one, two, fits, SK_SLOT_BUDGET_SLOTS(taken),               \
                    SK_SLOT_BUDGET_SLOTS(rest));                                    \
    }

static void check_slots(seL4_Word all, seL4_Word one, seL4_Word two, int fits, sk_slots taken,
                        sk_slots rest)
{
    sk_slots budget = {first, all};
    sk_slots got = {0};

    assert_int_equal(sk_slots_take(&budget, one, &got), SK_OK);
    assert_int_equal(got.first.index, taken.first.index);
    assert_int_equal(got.count, taken.count);
    assert_int_equal(budget.first.index, rest.first.index);
    assert_int_equal(budget.count, rest.count);
    assert_int_equal(sk_slots_take(&budget, two, &got), fits ? SK_OK : SK_ERR_NO_SLOT);
}

static void slot_budgets_agree(void **state)
{
    (void)state;
    SLOT_BUDGET_ROWS(SLOT_ROW)
}

#define UNTYPED_ROW(all, bits, count, more_bits, more, fits)                               \
    {                                                                                      \
        SK_UNTYPED_BUDGET(all) budget = {.untyped = {7}};                                  \
        SK_UNTYPED_BUDGET_TAKE(rest, budget, bits, count);                                 \
        _Static_assert(SK_UNTYPED_BUDGET_HAS(rest, more_bits, more) == fits, "the table"); \
        assert_int_equal(rest.untyped.cptr, 7);                                            \
        check_untyped(all, bits, count, more_bits, more, fits, sizeof(*rest.used));        \
    }

static void check_untyped(unsigned all, unsigned bits, seL4_Word count, unsigned more_bits,
                          seL4_Word more, int fits, seL4_Word used)
{
    struct sk_untyped_budget b = {{7}, all, 0};

    assert_int_equal(sk_untyped_budget_take(&b, sk_blueprint_untyped(bits), count), SK_OK);
    assert_int_equal(b.used, used);
    assert_int_equal(sk_untyped_budget_take(&b, sk_blueprint_untyped(more_bits), more),
                     fits ? SK_OK : SK_ERR_NO_MEMORY);
    if (!fits) {
        assert_int_equal(b.used, used);
    }
}

static void untyped_budgets_agree(void **state)
{
    (void)state;
    UNTYPED_BUDGET_ROWS(UNTYPED_ROW)
}

static void amounts_that_overflow_are_refused(void **state)
{
    struct sk_untyped_budget b = {{7}, 12, 16};

    (void)state;
    assert_int_equal(sk_untyped_budget_take(&b, SK_BLUEPRINT(Endpoint), 1ul << 60),
                     SK_ERR_NO_MEMORY);
    assert_int_equal(sk_untyped_budget_take(&b, SK_BLUEPRINT(Endpoint), (1ul << 60) + 1),
                     SK_ERR_NO_MEMORY);
    assert_int_equal(sk_untyped_budget_take(&b, sk_blueprint_untyped(63), 2), SK_ERR_NO_MEMORY);
    assert_int_equal(b.used, 16);
}

/* What has no size of its own is not budgeted as one byte. */
static void objects_without_a_size_are_refused(void **state)
{
    struct sk_untyped_budget b = {{7}, 12, 16};

    (void)state;
    assert_int_equal(sk_untyped_budget_take(&b, sk_blueprint_untyped(0), 1), SK_ERR_RANGE);
    assert_int_equal(sk_untyped_budget_take(&b, sk_blueprint_untyped(3), 1), SK_ERR_RANGE);
    assert_int_equal(sk_untyped_budget_take(&b, (sk_blueprint){99, 0}, 0), SK_ERR_RANGE);
    assert_int_equal(b.used, 16);
    assert_int_equal(sk_untyped_budget_take(&b, sk_blueprint_untyped(4), 1), SK_OK);
    assert_int_equal(b.used, 32);
}

/* Nothing takes nothing, and loses nothing for alignment either. */
static void no_objects_take_no_memory(void **state)
{
    SK_UNTYPED_BUDGET(12) budget = {.untyped = {7}};
    SK_UNTYPED_BUDGET_TAKE(one, budget, 4, 1);
    SK_UNTYPED_BUDGET_TAKE(none, one, 11, 0);
    struct sk_untyped_budget b = {{7}, 12, 16};

    (void)state;
    assert_int_equal(sizeof(*none.used), 16);
    assert_int_equal(sk_untyped_budget_take(&b, sk_blueprint_untyped(11), 0), SK_OK);
    assert_int_equal(b.used, 16);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(slot_budgets_agree),
        cmocka_unit_test(untyped_budgets_agree),
        cmocka_unit_test(amounts_that_overflow_are_refused),
        cmocka_unit_test(objects_without_a_size_are_refused),
        cmocka_unit_test(no_objects_take_no_memory),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
