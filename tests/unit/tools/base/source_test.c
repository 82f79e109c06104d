/* SPDX-License-Identifier: BSD-2-Clause */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../../../../tools/base/source.h"

static size_t length_of(const char *s)
{
    return utf8_length(s, strlen(s));
}

static void characters_have_one_to_four_bytes(void **state)
{
    (void)state;
    assert_int_equal(length_of("a"), 1);
    assert_int_equal(utf8_length("", 1), 1);
    assert_int_equal(length_of("\xc2\x80"), 2);
    assert_int_equal(length_of("\xdf\xbf"), 2);
    assert_int_equal(length_of("\xe0\xa0\x80"), 3);
    assert_int_equal(length_of("\xef\xbf\xbf"), 3);
    assert_int_equal(length_of("\xf0\x90\x80\x80"), 4);
    assert_int_equal(length_of("\xf4\x8f\xbf\xbf"), 4);
}

static void other_bytes_are_no_characters(void **state)
{
    (void)state;
    assert_int_equal(utf8_length("", 0), 0);
    assert_int_equal(length_of("\x80"), 0);
    assert_int_equal(length_of("\xc3"), 0);
    assert_int_equal(length_of("\xc3g"), 0);
    assert_int_equal(length_of("\xc1\xbf"), 0);         /* too long a spelling */
    assert_int_equal(length_of("\xe0\x9f\xbf"), 0);     /* the same */
    assert_int_equal(length_of("\xed\xa0\x80"), 0);     /* half of a pair of UTF-16 */
    assert_int_equal(length_of("\xf4\x90\x80\x80"), 0); /* beyond the last */
    assert_int_equal(length_of("\xf8\x88\x80\x80\x80"), 0);
    assert_int_equal(length_of("\xff"), 0);
}

/* The excerpt of a text, which has to be freed. */
static char *excerpt(const char *text, int line, int col)
{
    struct source source = {"x", "x", text, strlen(text)};
    char *said = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&said, &size);

    assert_non_null(out);
    place_excerpt((struct place){&source, line, col}, out);
    fclose(out);
    return said;
}

static void expect(const char *text, int line, int col, const char *expected)
{
    char *said = excerpt(text, line, col);

    assert_string_equal(said, expected);
    free(said);
}

static void an_excerpt_is_the_line_and_a_caret(void **state)
{
    (void)state;
    expect("one\ntwo\n", 2, 3, "    two\n      ^\n");
    expect("one\r\ntwo", 1, 1, "    one\n    ^\n");
    expect("one\n", 5, 1, "");
    expect("one\n", 0, 0, "");
    expect("one\n", 1, 99, "    one\n");
}

static void an_excerpt_does_no_harm_to_a_terminal(void **state)
{
    (void)state;
    expect("a\tb\x1b[2J\x7f", 1, 1, "    a b [2J \n    ^\n");
    expect("\xc3\xa4\xc2\x9b"
           "2J\xe4",
           1, 1, "    \xc3\xa4 2J?\n    ^\n");
}

static void places_count_lines_and_characters(void **state)
{
    (void)state;
    const char *text = "ab\n\xc3\xa4x";
    struct source source = {"x", "x", text, strlen(text)};

    assert_int_equal(source_place(&source, 0).line, 1);
    assert_int_equal(source_place(&source, 0).col, 1);
    assert_int_equal(source_place(&source, 3).line, 2);
    assert_int_equal(source_place(&source, 3).col, 1);
    assert_int_equal(source_place(&source, 5).col, 2);
    assert_int_equal(source_place(&source, 900).col, 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(characters_have_one_to_four_bytes),
        cmocka_unit_test(other_bytes_are_no_characters),
        cmocka_unit_test(an_excerpt_is_the_line_and_a_caret),
        cmocka_unit_test(an_excerpt_does_no_harm_to_a_terminal),
        cmocka_unit_test(places_count_lines_and_characters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
