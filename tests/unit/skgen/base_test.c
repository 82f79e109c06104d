/* SPDX-License-Identifier: BSD-2-Clause */
#include "fixture.h"

#include <string.h>

static void arena_memory_is_zeroed_and_aligned(void **state)
{
    (void)state;
    struct arena a = {0};
    for (size_t size = 1; size < 100; size++) {
        unsigned char *p = arena_take(&a, size);
        assert_int_equal((uintptr_t)p % _Alignof(max_align_t), 0);
        for (size_t i = 0; i < size; i++) {
            assert_int_equal(p[i], 0);
        }
        memset(p, 0xff, size);
    }
    arena_fini(&a);
}

static void text_grows_and_stays_terminated(void **state)
{
    (void)state;
    struct text t = {0};
    text_add(&t, "", 0);
    for (int i = 0; i < 1000; i++) {
        text_addf(&t, "%d,", i % 10);
    }
    assert_int_equal(t.length, 2000);
    assert_int_equal(strlen(t.data), 2000);
    text_fini(&t);
    assert_null(t.data);
}

static void nearest_finds_a_slip_and_not_a_stranger(void **state)
{
    (void)state;
    static const char *const names[] = {"generic", "sel4_arch", NULL, "arch"};
    assert_string_equal(nearest("genric", names, 4), "generic");
    assert_string_equal(nearest("sel4arch", names, 4), "sel4_arch");
    assert_null(nearest("zaphod", names, 4));
    assert_null(nearest("", names, 0));
}

static void nearest_refuses_names_of_absurd_length(void **state)
{
    (void)state;
    char longest[4000];
    memset(longest, 'a', sizeof(longest) - 1);
    longest[sizeof(longest) - 1] = '\0';
    const char *const names[] = {longest, "aaaa"};
    assert_null(nearest(longest, names, 2));
    assert_string_equal(nearest("aaa", names, 2), "aaaa");
}

static void snake_case_finds_the_words_of_a_name(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"Retype", "retype"},
        {"SetMCPriority", "set_mc_priority"},
        {"Clean_Data", "clean_data"},
        {"SetTLSBase", "set_tls_base"},
        {"GetSID", "get_sid"},
        {"In8", "in8"},
        {"EPTPDPT", "eptpdpt"},
        {"IOPortControl", "io_port_control"},
        {"bufferFrame", "buffer_frame"},
        {"size_bits", "size_bits"},
    };
    struct arena a = {0};
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        assert_string_equal(snake_case(&a, cases[i][0]), cases[i][1]);
    }
    arena_fini(&a);
}

static void fail_at_last_line(const char *text)
{
    struct arena a = {0};
    refuse((struct place){fixture_source(&a, text), 2, 3}, "do better", "it is %s", "bad");
}

static void fail_shows_the_line_and_exits_with_125(void **state)
{
    (void)state;
    fixture_expect_fail(fail_at_last_line, "one\ntwo\n",
                        "test:2:3: error: it is bad\n    two\n      ^\nhelp: do better\n");
    fixture_expect_fail(fail_at_last_line, "one",
                        "test:2:3: error: it is bad\nhelp: do better\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arena_memory_is_zeroed_and_aligned),
        cmocka_unit_test(text_grows_and_stays_terminated),
        cmocka_unit_test(nearest_finds_a_slip_and_not_a_stranger),
        cmocka_unit_test(nearest_refuses_names_of_absurd_length),
        cmocka_unit_test(snake_case_finds_the_words_of_a_name),
        cmocka_unit_test(fail_shows_the_line_and_exits_with_125),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
