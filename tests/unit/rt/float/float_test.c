/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/rt/format.h>

#include <float.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define ROUNDS 100000
#define SEED   0x2545f4914f6cdd1d

/* Formats come from tables here. */
#pragma GCC diagnostic ignored "-Wformat-nonliteral"

static const char *const formats[] = {
    "%f",    "%e",    "%g",      "%a",      "%F",      "%E",     "%G",      "%A",
    "%.0f",  "%.0e",  "%.0g",    "%.0a",    "%#.0f",   "%#.0e",  "%#.0g",   "%#.0a",
    "%.1f",  "%.1e",  "%.1g",    "%.1a",    "%.3f",    "%.16e",  "%.17g",   "%.12a",
    "%.30f", "%.30e", "%.30g",   "%.20a",   "%.1100f", "%.800e", "%.1000g", "%#g",
    "%+f",   "% e",   "%+g",     "% a",     "%030f",   "%-30e|", "%30g",    "%+030a",
    "%-+9f", "% 09g", "%#30.3g", "%-030a|", "%.15g",   "%#.15g", "%.2f",    "%10.4f",
};
#define FORMATS (sizeof(formats) / sizeof(formats[0]))

/* What glibc prints, to the last digit. */
static void check(const char *format, double value)
{
    char ours[2000];
    char hosts[2000];
    int length = snprintf(hosts, sizeof(hosts), format, value);
    size_t result = sk_format(ours, sizeof(ours), format, value);

    if (strcmp(ours, hosts) != 0 || result != (size_t)length) {
        fail_msg("%s of %a: %s, and not %s", format, value, ours, hosts);
    }
}

static double of_bits(uint64_t bits)
{
    double value;

    memcpy(&value, &bits, sizeof(value));
    return value;
}

static void special_values_are_those_of_the_host(void **state)
{
    static const double values[] = {
        0.0,
        1.0,
        0.5,
        1.5,
        2.5,
        0.25,
        0.75,
        0.125,
        9.5,
        99.5,
        0.05,
        0.15,
        9.9999995,
        1e5,
        999999,
        1e6,
        1e-4,
        1e-5,
        9.99995e-5,
        1e15,
        1e16,
        1e17,
        1e21,
        1e22,
        1e23,
        123456789,
        DBL_MAX,
        DBL_MIN,
        DBL_EPSILON,
        DBL_TRUE_MIN,
        1e308,
        1e-308,
        2.2250738585072011e-308,
        3.141592653589793,
        1.9999999999999998,
        0.1,
        0.2,
        0.3,
        4503599627370496.5,
        9007199254740993.0,
        9007199254740992.0,
        1e100,
        1e-100,
        8.5,
        1000000000.0,
        999999999.5,
    };

    (void)state;
    for (size_t f = 0; f < FORMATS; f++) {
        for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
            check(formats[f], values[i]);
            check(formats[f], -values[i]);
        }
        check(formats[f], INFINITY);
        check(formats[f], -INFINITY);
        check(formats[f], of_bits(0x7ff8000000000000));
        check(formats[f], of_bits(0xfff8000000000000));
        check(formats[f], of_bits(0x7ff0000000000001));
        check(formats[f], of_bits(0x800fffffffffffff));
        check(formats[f], of_bits(0x0010000000000001));
    }
}

static void each_power_of_two_is_that_of_the_host(void **state)
{
    (void)state;
    for (int e = -1074; e < 1024; e++) {
        check("%.1100f", ldexp(1, e));
        check("%g", ldexp(1, e));
        check("%a", ldexp(1, e));
        check("%.800e", nextafter(ldexp(1, e), 0));
    }
}

static uint64_t next_random(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

/* All bits, so that all exponents are as likely; and numbers of a size that people print. */
static void random_values_are_those_of_the_host(void **state)
{
    uint64_t random = SEED;

    (void)state;
    for (int i = 0; i < ROUNDS; i++) {
        const char *format = formats[next_random(&random) % FORMATS];

        check(format, of_bits(next_random(&random)));
        check(format, (double)(int64_t)next_random(&random) / 65536 / 65536 / 65536);
        check(format, (double)(next_random(&random) % 100000) / 8);
    }
}

/* All that lie between two numbers of one digit more or less. */
static void what_is_halfway_is_rounded_to_even(void **state)
{
    (void)state;
    for (int n = 0; n < 20000; n++) {
        check("%.0f", n + 0.5);
        check("%.2f", n + 0.125);
        check("%.4g", n + 0.5);
        check("%.1e", n / 8.0);
        check("%.1a", n / 1024.0);
    }
}

/* glibc 2.36 drops the zeros where rounding makes the number longer: "1.e+06". */
static void an_alternate_form_keeps_its_zeros(void **state)
{
    char text[64];

    (void)state;
    sk_format(text, sizeof(text), "%#g %#g %#.3g %#g", 999999.5, 999998.0, 9.999, 0.0);
    assert_string_equal(text, "1.00000e+06 999998. 10.0 0.00000");
}

static void what_follows_a_float_is_right(void **state)
{
    char text[64];

    (void)state;
    sk_format(text, sizeof(text), "%d %.2f %s %*.*f|%-*g|", 1, 2.5, "three", 8, 3, 4.0, 6, 5.5);
    assert_string_equal(text, "1 2.50 three    4.000|5.5   |");
    sk_format(text, 5, "%f", 123.456);
    assert_string_equal(text, "123.");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(special_values_are_those_of_the_host),
        cmocka_unit_test(each_power_of_two_is_that_of_the_host),
        cmocka_unit_test(random_values_are_those_of_the_host),
        cmocka_unit_test(what_is_halfway_is_rounded_to_even),
        cmocka_unit_test(an_alternate_form_keeps_its_zeros),
        cmocka_unit_test(what_follows_a_float_is_right),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
