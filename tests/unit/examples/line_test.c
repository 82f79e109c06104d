/* SPDX-License-Identifier: BSD-2-Clause */
#include "line.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct line line;

static int set_up(void **state)
{
    (void)state;
    line = (struct line){0};
    return 0;
}

/* Type keys. Returns the event of the last one; all that was echoed goes to echoed. */
static enum line_event type(const char *keys, char echoed[256])
{
    enum line_event event = LINE_GOES_ON;
    struct line_echo echo;
    size_t length = 0;

    for (; *keys != '\0'; keys++) {
        event = line_type(&line, *keys, &echo);
        assert_true(length + echo.length < 256);
        memcpy(echoed + length, echo.text, echo.length);
        length += echo.length;
    }
    echoed[length] = '\0';
    return event;
}

static void expect(const char *keys, enum line_event event, const char *echo, const char *text)
{
    char echoed[256];

    assert_int_equal(type(keys, echoed), event);
    assert_string_equal(echoed, echo);
    assert_string_equal(line.text, text);
    assert_int_equal(line.length, strlen(text));
}

static void what_is_typed_is_shown_and_kept(void **state)
{
    (void)state;
    expect("list all~", LINE_GOES_ON, "list all~", "list all~");
    expect("\r", LINE_ENTERED, "", "list all~");
    line_clear(&line);
    expect("\n", LINE_GOES_ON, "", "");
    expect("\n", LINE_ENTERED, "", "");
}

static void backspace_and_delete_erase_a_letter(void **state)
{
    (void)state;
    expect("abc\b\177", LINE_GOES_ON, "abc\b \b\b \b", "a");
    expect("\b", LINE_GOES_ON, "\b \b", "");
    expect("\b", LINE_REFUSED, "", "");
    expect("\177", LINE_REFUSED, "", "");
}

static void words_and_lines_are_erased(void **state)
{
    (void)state;
    expect("ab cd  \027", LINE_GOES_ON, "ab cd  \b \b\b \b\b \b\b \b", "ab ");
    expect("\027", LINE_GOES_ON, "\b \b\b \b\b \b", "");
    expect("\027", LINE_REFUSED, "", "");
    expect("ab\025", LINE_GOES_ON, "ab\b \b\b \b", "");
    expect("\025", LINE_REFUSED, "", "");
}

static void a_line_has_an_end(void **state)
{
    char echoed[256];

    (void)state;
    for (unsigned i = 0; i < LINE_MAX; i++) {
        assert_int_equal(type("x", echoed), LINE_GOES_ON);
    }
    assert_int_equal(type("y", echoed), LINE_REFUSED);
    assert_int_equal(line.length, LINE_MAX);
    assert_int_equal(type("\025", echoed), LINE_GOES_ON);
    assert_int_equal(strlen(echoed), 3 * LINE_MAX);
    assert_int_equal(line.length, 0);
}

static void what_is_no_character_is_refused(void **state)
{
    (void)state;
    expect("\001", LINE_REFUSED, "", "");
    expect("\t", LINE_REFUSED, "", "");
    expect("\300", LINE_REFUSED, "", "");
}

static void keys_that_send_a_sequence_are_swallowed_whole(void **state)
{
    (void)state;
    expect("a\033[A", LINE_REFUSED, "a", "a");
    expect("\033[3~", LINE_REFUSED, "", "a");
    expect("\033OP", LINE_REFUSED, "", "a");
    expect("\033x", LINE_REFUSED, "", "a");
    expect("b", LINE_GOES_ON, "b", "ab");
}

static void an_interruption_abandons_the_line(void **state)
{
    (void)state;
    expect("abc\003", LINE_ABANDONED, "abc^C", "abc");
    expect("\007", LINE_ABANDONED, "^G", "abc");
}

static void no_keys_break_it(void **state)
{
    struct line_echo echo;

    (void)state;
    srand(20261122);
    for (unsigned i = 0; i < 1000000; i++) {
        (void)line_type(&line, (char)rand(), &echo);
        assert_true(line.length <= LINE_MAX && line.text[line.length] == '\0');
        assert_true(echo.length <= sizeof(echo.text));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(what_is_typed_is_shown_and_kept, set_up),
        cmocka_unit_test_setup(backspace_and_delete_erase_a_letter, set_up),
        cmocka_unit_test_setup(words_and_lines_are_erased, set_up),
        cmocka_unit_test_setup(a_line_has_an_end, set_up),
        cmocka_unit_test_setup(what_is_no_character_is_refused, set_up),
        cmocka_unit_test_setup(keys_that_send_a_sequence_are_swallowed_whole, set_up),
        cmocka_unit_test_setup(an_interruption_abandons_the_line, set_up),
        cmocka_unit_test_setup(no_keys_break_it, set_up),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
