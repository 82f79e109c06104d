/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/rt/format.h>

#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/* sk_format must give what the host's snprintf gives. */
#define CHECK_LIKE_HOST(...)                                        \
    do {                                                            \
        char ours[200];                                             \
        char hosts[200];                                            \
        int length = snprintf(hosts, sizeof(hosts), __VA_ARGS__);   \
        size_t result = sk_format(ours, sizeof(ours), __VA_ARGS__); \
        assert_string_equal(ours, hosts);                           \
        assert_int_equal(result, length);                           \
    } while (0)

static void text_passes_unchanged(void **state)
{
    (void)state;
    CHECK_LIKE_HOST("%s", "");
    CHECK_LIKE_HOST("plain text, 100%%");
    CHECK_LIKE_HOST("%s and %s%c", "one", "two", '!');
}

static void integers_are_those_of_the_host(void **state)
{
    (void)state;
    CHECK_LIKE_HOST("%d %d %d %i", 0, -1, INT_MAX, INT_MIN);
    CHECK_LIKE_HOST("%u %x %X", 0u, UINT_MAX, 0xbeefu);
    CHECK_LIKE_HOST("%ld %ld", LONG_MAX, LONG_MIN);
    CHECK_LIKE_HOST("%lu %lx", ULONG_MAX, ULONG_MAX);
    CHECK_LIKE_HOST("%lld %llu %llx", LLONG_MIN, ULLONG_MAX, 1ull << 63);
    CHECK_LIKE_HOST("%zu %zx %zd", SIZE_MAX, (size_t)0, (ssize_t)-1);
}

static void narrow_arguments_ignore_their_upper_half(void **state)
{
    (void)state;
    CHECK_LIKE_HOST("%d %u %x", (int)0x80000000u, 0x80000000u, 0xffffffffu);
}

static void fields_are_padded_on_the_chosen_side(void **state)
{
    (void)state;
    CHECK_LIKE_HOST("[%5d] [%-5d] [%05d] [%2d]", 42, 42, 42, 12345);
    CHECK_LIKE_HOST("[%5d] [%-5d] [%05d]", -42, -42, -42);
    CHECK_LIKE_HOST("[%016lx] [%-16lx] [%16lx]", 0xabcul, 0xabcul, 0xabcul);
    CHECK_LIKE_HOST("[%8s] [%-8s] [%1s]", "text", "text", "text");
    CHECK_LIKE_HOST("[%3c] [%-3c]", 'a', 'b');
    CHECK_LIKE_HOST("[%*d] [%-*d]", 6, 7, 6, 7);
}

static void precision_limits_a_text(void **state)
{
    const char no_end[3] = {'a', 'b', 'c'};

    (void)state;
    CHECK_LIKE_HOST("[%.3s] [%.0s] [%6.2s]", "text", "text", "text");
    CHECK_LIKE_HOST("[%.*s]", 3, no_end);
}

static void pointers_have_0x(void **state)
{
    char text[40];

    (void)state;
    CHECK_LIKE_HOST("%p", (void *)(uintptr_t)0x400000);
    CHECK_LIKE_HOST("[%12p] [%-12p]", (void *)(uintptr_t)0xabc, (void *)(uintptr_t)0xabc);
    sk_format(text, sizeof(text), "%p", (void *)0);
    assert_string_equal(text, "0x0");
}

static void null_text_is_named(void **state)
{
    const char *volatile nothing = NULL;
    char text[40];

    (void)state;
    sk_format(text, sizeof(text), "[%s] [%7s]", nothing, nothing);
    assert_string_equal(text, "[(null)] [ (null)]");
}

/* Keeps the compiler from seeing formats that it would refuse. */
static size_t format_unchecked(char *text, size_t size, const char *volatile format, int value)
{
    typedef size_t unchecked(char *, size_t, const char *, ...);
    unchecked *volatile function = (unchecked *)sk_format;

    return function(text, size, format, value, value);
}

static void an_unknown_conversion_ends_the_formatting(void **state)
{
    char text[40];

    (void)state;
    format_unchecked(text, sizeof(text), "%d %y %s %n", 7);
    assert_string_equal(text, "7 %y %s %n");
    format_unchecked(text, sizeof(text), "%d %", 7);
    assert_string_equal(text, "7 %");
    format_unchecked(text, sizeof(text), "%d %-08", 7);
    assert_string_equal(text, "7 %-08");
}

static void a_negative_star_counts_as_zero(void **state)
{
    char text[40];

    (void)state;
    sk_format(text, sizeof(text), "[%*d] [%.*s]", -5, 1, -5, "text");
    assert_string_equal(text, "[1] []");
}

static void a_small_buffer_is_never_overrun(void **state)
{
    char text[8];

    (void)state;
    for (size_t size = 0; size <= 6; size++) {
        memset(text, '#', sizeof(text));
        assert_int_equal(sk_format(text, size, "%s", "12345"), 5);
        for (size_t i = 0; i < sizeof(text); i++) {
            char want = i >= size ? '#' : (i + 1 == size || i >= 5) ? '\0' : (char)('1' + i);
            assert_int_equal(text[i], want);
        }
    }
}

static void signs_can_be_asked_for(void **state)
{
    (void)state;
    CHECK_LIKE_HOST("[%+d] [%+d] [%+05d] [% d] [% -4d]", 5, -5, 5, 5, 5);
}

/* This program is not linked with selkie-float. */
static void a_float_says_what_is_missing(void **state)
{
    char text[80];

    (void)state;
    sk_format(text, sizeof(text), "%d %8.3f %s", 1, 2.5, "three");
    assert_string_equal(text, "1 (%f: link selkie-float) three");
    sk_format(text, sizeof(text), "%g%A|", 1.0, 2.0);
    assert_string_equal(text, "(%f: link selkie-float)(%f: link selkie-float)|");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_passes_unchanged),
        cmocka_unit_test(integers_are_those_of_the_host),
        cmocka_unit_test(narrow_arguments_ignore_their_upper_half),
        cmocka_unit_test(fields_are_padded_on_the_chosen_side),
        cmocka_unit_test(precision_limits_a_text),
        cmocka_unit_test(pointers_have_0x),
        cmocka_unit_test(null_text_is_named),
        cmocka_unit_test(signs_can_be_asked_for),
        cmocka_unit_test(a_float_says_what_is_missing),
        cmocka_unit_test(an_unknown_conversion_ends_the_formatting),
        cmocka_unit_test(a_negative_star_counts_as_zero),
        cmocka_unit_test(a_small_buffer_is_never_overrun),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
