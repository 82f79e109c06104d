/* SPDX-License-Identifier: BSD-2-Clause */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "unwind/unwind.h"

enum { START = 0x1000 };

static uintptr_t pad(const uint8_t *list, uintptr_t place)
{
    struct unwind_entry entry = {.start = START, .cleanups = (uintptr_t)list};

    return sk_unwind_landing_pad(&entry, START + place);
}

/* No base, no types, numbers of seven bits; rows of start, length, pad, action. */
static const uint8_t list[] = {0xff, 0xff, 1,    12, /* 12 bytes of rows */
                               4,    8,    0x40, 0,  16, 4, 0, 0, 20, 4, 0x50, 1};

static void a_call_has_the_pad_of_its_row(void **state)
{
    (void)state;
    assert_int_equal(pad(list, 4), START + 0x40);
    assert_int_equal(pad(list, 11), START + 0x40);
    assert_int_equal(pad(list, 22), START + 0x50);
}

static void a_row_without_pad_drops_nothing(void **state)
{
    (void)state;
    assert_int_equal(pad(list, 17), 0);
}

static void a_place_between_the_rows_drops_nothing(void **state)
{
    (void)state;
    assert_int_equal(pad(list, 0), 0);
    assert_int_equal(pad(list, 12), 0);
    assert_int_equal(pad(list, 24), 0);
}

static void a_function_without_list_drops_nothing(void **state)
{
    (void)state;
    assert_int_equal(pad(NULL, 4), 0);
}

/* As clang writes them for C: a base for pads, and a place of types to step over. */
static void pads_count_from_the_base_if_there_is_one(void **state)
{
    static const uint8_t based[] = {0x03, 0x00, 0x20, 0, 0, 0x9b, 0x85, 0x01, 0x03, 13, 2, 0,
                                    0,    0,    4,    0, 0, 0,    0x10, 0,    0,    0,  0};

    (void)state;
    assert_int_equal(pad(based, 3), 0x2010);
    assert_int_equal(pad(based, 1), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_call_has_the_pad_of_its_row),
        cmocka_unit_test(a_row_without_pad_drops_nothing),
        cmocka_unit_test(a_place_between_the_rows_drops_nothing),
        cmocka_unit_test(a_function_without_list_drops_nothing),
        cmocka_unit_test(pads_count_from_the_base_if_there_is_one),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
