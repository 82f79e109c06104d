/* SPDX-License-Identifier: BSD-2-Clause */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "unwind/unwind.h"

/* The examples of the DWARF standard, and the ends of the range. */
static void unsigned_numbers_have_seven_bits_a_byte(void **state)
{
    static const struct {
        uint8_t bytes[10];
        uint64_t value;
        size_t size;
    } cases[] = {
        {{2}, 2, 1},
        {{127}, 127, 1},
        {{0x80, 1}, 128, 2},
        {{0xb9, 0x64}, 12857, 2},
        {{0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1}, UINT64_MAX, 10},
        {{0x80, 0x80, 0}, 0, 3},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        const uint8_t *at = cases[i].bytes;

        assert_true(sk_unwind_uleb(&at) == cases[i].value);
        assert_int_equal(at - cases[i].bytes, cases[i].size);
    }
}

static void signed_numbers_extend_their_highest_bit(void **state)
{
    static const struct {
        uint8_t bytes[10];
        int64_t value;
        size_t size;
    } cases[] = {
        {{2}, 2, 1},
        {{0x7e}, -2, 1},
        {{0xff, 0}, 127, 2},
        {{0x81, 0x7f}, -127, 2},
        {{0x80, 0x7f}, -128, 2},
        {{0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x7f}, INT64_MIN, 10},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        const uint8_t *at = cases[i].bytes;

        assert_true(sk_unwind_sleb(&at) == cases[i].value);
        assert_int_equal(at - cases[i].bytes, cases[i].size);
    }
}

static void addresses_are_absolute_or_relative(void **state)
{
    uint8_t bytes[8] = {0xfc, 0xff, 0xff, 0xff}; /* -4, or 2^32 - 4 */
    uintptr_t here = (uintptr_t)bytes;
    const uint8_t *at;

    (void)state;
    at = bytes;
    assert_true(sk_unwind_address(&at, 0x1b, 0) == here - 4); /* signed, from here */
    assert_int_equal(at - bytes, 4);
    at = bytes;
    assert_true(sk_unwind_address(&at, 0x3b, 1000) == 996); /* signed, from the base */
    at = bytes;
    assert_true(sk_unwind_address(&at, 0x03, 1000) == 0xfffffffc); /* unsigned, absolute */
    at = bytes;
    assert_true(sk_unwind_address(&at, 0x02, 0) == 0xfffc);
    assert_int_equal(at - bytes, 2);
    at = bytes;
    assert_true(sk_unwind_address(&at, 0x00, 0) == 0xfffffffc);
    assert_int_equal(at - bytes, 8);
}

static void an_indirect_address_is_where_it_points(void **state)
{
    uintptr_t value = 0x1234;
    uintptr_t pointer = (uintptr_t)&value;
    uint8_t bytes[sizeof(pointer)];
    const uint8_t *at = bytes;

    (void)state;
    memcpy(bytes, &pointer, sizeof(pointer));
    assert_true(sk_unwind_address(&at, 0x80, 0) == 0x1234);
}

static void zero_is_no_address(void **state)
{
    uint8_t bytes[4] = {0};
    const uint8_t *at = bytes;

    (void)state;
    assert_true(sk_unwind_address(&at, 0x9b, 77) == 0);
    assert_int_equal(at - bytes, 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(unsigned_numbers_have_seven_bits_a_byte),
        cmocka_unit_test(signed_numbers_extend_their_highest_bit),
        cmocka_unit_test(addresses_are_absolute_or_relative),
        cmocka_unit_test(an_indirect_address_is_where_it_points),
        cmocka_unit_test(zero_is_no_address),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
