/* SPDX-License-Identifier: BSD-2-Clause */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../../../tools/base/table.h"

static void an_empty_table_has_nothing(void **state)
{
    (void)state;
    struct arena a = {0};
    struct table t = {.arena = &a};

    assert_null(table_find(&t, ""));
    assert_null(table_find(&t, "name"));
    assert_string_equal(table_suggest(&t, "name", "otherwise"), "otherwise");
    arena_fini(&a);
}

static void every_name_is_found_again(void **state)
{
    (void)state;
    struct arena a = {0};
    struct table t = {.arena = &a};
    static int values[5000];

    for (int i = 0; i < 5000; i++) {
        assert_null(table_add(&t, arena_printf(&a, "name%d", i), &values[i]));
    }
    assert_int_equal(t.count, 5000);
    for (int i = 0; i < 5000; i++) {
        assert_ptr_equal(table_find(&t, arena_printf(&a, "name%d", i)), &values[i]);
        assert_null(table_find(&t, arena_printf(&a, "nome%d", i)));
    }
    arena_fini(&a);
}

static void the_first_of_a_name_stays(void **state)
{
    (void)state;
    struct arena a = {0};
    struct table t = {.arena = &a};
    int first, second;

    assert_null(table_add(&t, "", &first));
    assert_ptr_equal(table_add(&t, "", &second), &first);
    assert_ptr_equal(table_find(&t, ""), &first);
    assert_int_equal(t.count, 1);
    arena_fini(&a);
}

static void near_names_are_suggested(void **state)
{
    (void)state;
    struct arena a = {0};
    struct table t = {.arena = &a};
    int value;

    (void)table_add(&t, "client", &value);
    (void)table_add(&t, "x", &value);
    assert_string_equal(table_suggest(&t, "clinet", "-"), "did you mean 'client'?");
    /* Nothing of y is in x. */
    assert_string_equal(table_suggest(&t, "y", "-"), "-");
    arena_fini(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_table_has_nothing),
        cmocka_unit_test(every_name_is_found_again),
        cmocka_unit_test(the_first_of_a_name_stays),
        cmocka_unit_test(near_names_are_suggested),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
