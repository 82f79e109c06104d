/* SPDX-License-Identifier: BSD-2-Clause */
#include "fixture.h"

#include <idl.h>
#include <string.h>

/* Values as idl_read() collects them: A = 12, B = A, C = B + 1, then an enumeration. */
static struct named_value values[] = {
    {.name = "A", .expression = "12", .next = &values[1]},
    {.name = "B", .expression = "(A)", .next = &values[2]},
    {.name = "C", .expression = "B + 1", .next = &values[3]},
    {.name = "FIRST", .next = &values[4]},
    {.name = "SECOND", .before = &values[3], .next = &values[5]},
    {.name = "TENTH", .expression = "10", .before = &values[4], .next = &values[6]},
    {.name = "ELEVENTH", .before = &values[5], .next = &values[7]},
    {.name = "SELF", .expression = "SELF + 1", .next = &values[8]},
    {.name = "C_ONLY", .expression = "sizeof(long)"},
};

static bool number(const char *expression, long long *ret_number)
{
    struct arena a = {0};
    struct config c = fixture_config();
    struct idl idl = {.arena = &a, .config = &c, .values = values};
    bool is_number = idl_number(&idl, expression, ret_number);
    arena_fini(&a);
    return is_number;
}

static void expect(const char *expression, long long wanted)
{
    long long got = -12345;
    assert_true(number(expression, &got));
    assert_int_equal(got, wanted);
}

static void expressions_have_their_value(void **state)
{
    (void)state;
    expect("12", 12);
    expect("0x10ul", 16);
    expect("(1ul << (4))", 16);
    expect("-1", -1);
    expect("20 - (3 + 4) - 1", 12);
    expect("C", 13);
    expect("CONFIG_NUM_PRIORITIES - 1", 255);
    expect("1 << 64", 0);
}

static void enumerators_count_on(void **state)
{
    (void)state;
    expect("FIRST", 0);
    expect("SECOND", 1);
    expect("TENTH", 10);
    expect("ELEVENTH", 11);
}

static void what_is_no_number_is_said_to_be_none(void **state)
{
    (void)state;
    static const char *const none[] = {"",
                                       "A B",
                                       "(A",
                                       "A)",
                                       "UNKNOWN",
                                       "C_ONLY",
                                       "SELF",
                                       "1 / 0",
                                       "CONFIG_KERNEL_MCS",
                                       "CONFIG_NOBODY",
                                       "+",
                                       "<<"};
    for (size_t i = 0; i < sizeof(none) / sizeof(none[0]); i++) {
        long long got = 77;
        if (number(none[i], &got)) {
            fail_msg("'%s' gave %lld", none[i], got);
        }
        assert_int_equal(got, 77);
    }
}

static void deep_nesting_ends(void **state)
{
    (void)state;
    enum { DEPTH = 100000 };
    static char deep[DEPTH + 1];
    long long got = 77;
    memset(deep, '(', DEPTH);
    assert_false(number(deep, &got));
    memset(deep, '-', DEPTH);
    assert_false(number(deep, &got));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(expressions_have_their_value),
        cmocka_unit_test(enumerators_count_on),
        cmocka_unit_test(what_is_no_number_is_said_to_be_none),
        cmocka_unit_test(deep_nesting_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
