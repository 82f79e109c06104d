/* SPDX-License-Identifier: BSD-2-Clause */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../../../../tools/base/diag.h"

static const struct source source = {"file", "file", "one\ntwo\nthree\n", 14};

static struct place at(int line, int col)
{
    return (struct place){&source, line, col};
}

/* All that was said; the caller frees it. */
static char *printed(const struct diag *d)
{
    char *said = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&said, &size);

    assert_non_null(out);
    diag_print(d, out);
    fclose(out);
    return said;
}

static void messages_come_in_the_order_of_their_places(void **state)
{
    (void)state;
    struct arena a = {0};
    struct diag d = {.arena = &a};

    diag_error(&d, at(3, 1), "last", "c");
    diag_warning(&d, at(2, 2), NULL, "b%d", 2);
    diag_error(&d, at(2, 1), "first", "b1");
    diag_error(&d, (struct place){&source, 0, 0}, "file", "all of it");
    diag_error(&d, at(2, 2), "third", "b3");
    char *said = printed(&d);
    assert_string_equal(said, "file:1:1: error: all of it\nhelp: file\n"
                              "file:2:1: error: b1\n    two\n    ^\nhelp: first\n"
                              "file:2:2: warning: b2\n    two\n     ^\n"
                              "file:2:2: error: b3\n    two\n     ^\nhelp: third\n"
                              "file:3:1: error: c\n    three\n    ^\nhelp: last\n");
    assert_int_equal(d.error_count, 4);
    assert_int_equal(d.warning_count, 1);
    free(said);
    arena_fini(&a);
}

static void nothing_is_printed_of_nothing(void **state)
{
    (void)state;
    struct arena a = {0};
    struct diag d = {.arena = &a};
    char *said = printed(&d);

    assert_string_equal(said, "");
    free(said);
    arena_fini(&a);
}

static void what_is_said_is_cut_and_cleaned(void **state)
{
    (void)state;
    struct arena a = {0};
    struct diag d = {.arena = &a};
    char name[2000];

    memset(name, 'x', sizeof(name) - 1);
    name[sizeof(name) - 1] = '\0';
    diag_error(&d, (struct place){0}, "type\x1b[2J\nthis", "'%s'", name);
    char *said = printed(&d);
    assert_non_null(strstr(said, "error: 'xxx"));
    assert_non_null(strstr(said, "xxx...\nhelp: type [2J this\n"));
    assert_true(strlen(said) < 500);
    free(said);
    arena_fini(&a);
}

/* The number of times that a word is in a text. */
static size_t count(const char *text, const char *word)
{
    size_t n = 0;

    while ((text = strstr(text, word)) != NULL) {
        n++;
        text++;
    }
    return n;
}

static void twenty_of_each_are_shown_and_the_rest_counted(void **state)
{
    (void)state;
    struct arena a = {0};
    struct diag d = {.arena = &a};

    for (int i = 0; i < 21; i++) {
        diag_error(&d, at(1, 1), "h", "wrong");
    }
    for (int i = 0; i < 5000; i++) {
        diag_warning(&d, at(1, 1), "h", "odd");
    }
    char *said = printed(&d);
    assert_int_equal(count(said, "error: wrong"), 20);
    assert_int_equal(count(said, "warning: odd"), 20);
    assert_non_null(strstr(said, "\n1 more error\n"));
    assert_non_null(strstr(said, "\n4980 more warnings\n"));
    free(said);
    arena_fini(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(messages_come_in_the_order_of_their_places),
        cmocka_unit_test(nothing_is_printed_of_nothing),
        cmocka_unit_test(what_is_said_is_cut_and_cleaned),
        cmocka_unit_test(twenty_of_each_are_shown_and_the_rest_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
