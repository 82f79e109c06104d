/* SPDX-License-Identifier: BSD-2-Clause */
#include "fixture.h"

#include "../../../../tools/compose/sdf/attr.h"

static uint64_t good(const char *s)
{
    uint64_t value = 0;

    assert_int_equal(number_parse(s, true, &value), NUMBER_GOOD);
    return value;
}

static enum number_problem problem(const char *s, bool allows_hex)
{
    uint64_t value;

    return number_parse(s, allows_hex, &value);
}

static void decimal_and_hexadecimal_numbers_are_read(void **state)
{
    (void)state;
    assert_int_equal(good("0"), 0);
    assert_int_equal(good("007"), 7);
    assert_int_equal(good("0xfF"), 255);
    assert_int_equal(good("18446744073709551615"), UINT64_MAX);
    assert_int_equal(good("0xffffffffffffffff"), UINT64_MAX);
    assert_int_equal(good("0x00000000000000000000000000000000001"), 1);
}

static void underscores_are_ignored_everywhere(void **state)
{
    (void)state;
    assert_int_equal(good("1_000"), 1000);
    assert_int_equal(good("_1__"), 1);
    assert_int_equal(good("0x_1_0"), 16);
    assert_int_equal(good("_0_x10"), 16);
}

static void what_is_no_number_is_told_apart(void **state)
{
    (void)state;
    assert_int_equal(problem("", true), NUMBER_BAD);
    assert_int_equal(problem("_", true), NUMBER_BAD);
    assert_int_equal(problem("0x", true), NUMBER_BAD);
    assert_int_equal(problem("0X10", true), NUMBER_BAD);
    assert_int_equal(problem("12a", true), NUMBER_BAD);
    assert_int_equal(problem("0xg", true), NUMBER_BAD);
    assert_int_equal(problem("-", true), NUMBER_BAD);
    assert_int_equal(problem("1 ", true), NUMBER_BAD);
    assert_int_equal(problem("\xc3\xa4", true), NUMBER_BAD);
    assert_int_equal(problem("-3", true), NUMBER_NEGATIVE);
    assert_int_equal(problem("-99999999999999999999", true), NUMBER_NEGATIVE);
    assert_int_equal(problem("18446744073709551616", true), NUMBER_HUGE);
    assert_int_equal(problem("0x10000000000000000", true), NUMBER_HUGE);
    assert_int_equal(problem("0x10", false), NUMBER_HEX);
    assert_int_equal(problem("0x10000000000000000", false), NUMBER_HUGE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(decimal_and_hexadecimal_numbers_are_read),
        cmocka_unit_test(underscores_are_ignored_everywhere),
        cmocka_unit_test(what_is_no_number_is_told_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
