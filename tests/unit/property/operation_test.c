/*
 * Operations as text: what is printed can be read, and nothing else.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "operation.h"

static void what_is_printed_can_be_read(void **state)
{
    const struct operation o = {
        .number = -1,
        .cptr = 2,
        .label = 21,
        .length = 5,
        .cap_count = 1,
        .reply = UINT64_MAX,
        .words = {1064, 64, 0, 0, 15},
        .extra = {0, 2},
        .receive = {0, 0, 64},
    };
    struct operation again;
    char *text = NULL;
    size_t size;
    FILE *f = open_memstream(&text, &size);

    (void)state;
    assert_non_null(f);
    operation_print(f, &o);
    fclose(f);
    assert_true(operation_parse(text, &again));
    assert_memory_equal(&again, &o, sizeof(o));
    free(text);
}

static void a_comment_of_the_report_can_be_read(void **state)
{
    struct operation o;

    (void)state;
    assert_true(operation_parse("# time=77  # a while\n", &o));
    assert_int_equal(o.kind, OPERATION_TIME);
    assert_int_equal(o.number, 77);
}

static void what_is_no_operation_is_refused_and_nothing_written(void **state)
{
    static const char *const lines[] = {
        "",          "\n",       "# a sentence\n", "colour=1\n",    "sys\n",
        "sys=one\n", "sys=1,\n", "cptr=1,2\n",     "sys=-1 word=1", "words=1;2\n",
    };
    struct operation o = {.number = 42};

    (void)state;
    for (size_t n = 0; n < sizeof(lines) / sizeof(*lines); n++) {
        assert_false(operation_parse(lines[n], &o));
        assert_int_equal(o.number, 42);
    }
}

static void labels_have_names(void **state)
{
    (void)state;
    assert_string_equal(operation_label_name(1), "UntypedRetype");
    assert_string_equal(operation_label_name(0), "");
    assert_string_equal(operation_label_name(UINT64_MAX), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_printed_can_be_read),
        cmocka_unit_test(a_comment_of_the_report_can_be_read),
        cmocka_unit_test(what_is_no_operation_is_refused_and_nothing_written),
        cmocka_unit_test(labels_have_names),
    };

    return cmocka_run_group_tests_name("property/operation", tests, NULL, NULL);
}
