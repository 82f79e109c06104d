/*
 * The monitor's tables are checked before anything in them is believed.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "sample.h"

#define STATE (2 * SK_MONITOR_STATE)

static const char *check(const struct sample *s)
{
    struct tables t;

    return sk_monitor_tables_check(s, sizeof(*s), STATE, &t);
}

static void well_formed_tables_are_taken(void **state)
{
    struct sample s = sample();
    struct tables t;

    (void)state;
    assert_null(sk_monitor_tables_check(&s, sizeof(s), STATE, &t));
    assert_ptr_equal(t.domains, s.domains);
    assert_int_equal(t.domain_count, 2);
    /* What is behind them is not looked at. */
    s.header.size = sizeof(s);
    assert_null(sk_monitor_tables_check(&s, sizeof(s) + 4096, STATE, &t));
}

static void no_tables_are_said_so(void **state)
{
    struct sample s = sample();
    struct tables t;

    (void)state;
    assert_string_equal(sk_monitor_tables_check(&s, 31, STATE, &t), "there are no tables");
    assert_string_equal(sk_monitor_tables_check((char *)&s + 4, 64, STATE, &t),
                        "there are no tables");
    s.header.magic++;
    assert_string_equal(check(&s), "the tables are of another version");
    s = sample();
    s.header.version++;
    assert_string_equal(check(&s), "the tables are of another version");
}

static void tables_that_are_cut_off_are_refused(void **state)
{
    struct sample s = sample();
    struct tables t;

    (void)state;
    assert_string_equal(sk_monitor_tables_check(&s, sizeof(s) - 1, STATE, &t),
                        "the tables are cut off");
    s.header.domains++;
    assert_string_equal(check(&s), "the tables are cut off");
    s = sample();
    s.header.domain_count = UINT32_MAX;
    assert_string_equal(check(&s), "the tables are cut off");
    s = sample();
    s.header.domains = UINT64_MAX - 7;
    assert_string_equal(check(&s), "the tables are cut off");
    s = sample();
    assert_string_equal(sk_monitor_tables_check(&s, sizeof(s), STATE - 1, &t),
                        "there is no memory for the state");
}

static void domains_are_checked(void **state)
{
    struct sample s = sample();

    (void)state;
    memset(s.domains[1].name, 'x', sizeof(s.domains[1].name));
    assert_string_equal(check(&s), "a domain's name does not end");
    s = sample();
    s.domains[0].stack_top = STACK_BOTTOM - 1;
    assert_string_equal(check(&s), "a domain's stack ends before it begins");
    s = sample();
    s.domains[0].restart = SK_MONITOR_LIMITED + 1;
    assert_string_equal(check(&s), "a domain's restart policy is none");
    s = sample();
    s.domains[0].restart = SK_MONITOR_LIMITED;
    assert_string_equal(check(&s), "a domain's number of restarts is 0");
    s.domains[0].restart_limit = UINT32_MAX;
    assert_null(check(&s));
}

static void symbols_are_checked(void **state)
{
    struct sample s = sample();

    (void)state;
    s.domains[0].symbols = sizeof(s) - 8;
    assert_string_equal(check(&s), "a domain's symbols are not in the tables");
    s = sample();
    s.domains[0].symbols++;
    assert_string_equal(check(&s), "a domain's symbols are not in the tables");
    s = sample();
    s.domains[0].names = sizeof(s) + 1;
    assert_string_equal(check(&s), "a domain's names are not in the tables");
    s = sample();
    s.domains[0].names_size++;
    assert_string_equal(check(&s), "a domain's names are not in the tables");
    s = sample();
    s.names[sizeof(s.names) - 1] = 'x';
    assert_string_equal(check(&s), "a domain's names do not end");
    s = sample();
    s.domains[0].names_size = 0;
    assert_string_equal(check(&s), "a domain's names do not end");
    s = sample();
    s.symbols[2].name = sizeof(s.names);
    assert_string_equal(check(&s), "a symbol's name is not among the names");
    s = sample();
    s.symbols[1].address = FIRST;
    assert_string_equal(check(&s), "a domain's symbols are not in order");
}

/* Where every address is: between functions, before the first, behind one that ends. */
static void a_place_is_the_function_that_holds_it(void **state)
{
    struct sample s = sample();
    struct tables t;
    struct place place;

    (void)state;
    assert_null(sk_monitor_tables_check(&s, sizeof(s), STATE, &t));
    assert_null(sk_monitor_place(&t, &s.domains[0], FIRST - 1).function);
    place = sk_monitor_place(&t, &s.domains[0], FIRST);
    assert_string_equal(place.function, "first");
    assert_int_equal(place.offset, 0);
    place = sk_monitor_place(&t, &s.domains[0], SECOND_END - 1);
    assert_string_equal(place.function, "second");
    assert_int_equal(place.offset, 0x7f);
    assert_null(sk_monitor_place(&t, &s.domains[0], SECOND_END).function);
    place = sk_monitor_place(&t, &s.domains[0], THIRD + 0x1000);
    assert_string_equal(place.function, "third");
    assert_int_equal(place.offset, 0x1000);
    assert_null(sk_monitor_place(&t, &s.domains[1], FIRST).function);
}

/*
 * Tables with any bytes changed are refused, or can be used: every place is looked up. The
 * memory is exactly as large as the tables, so that the sanitizer sees a step beyond.
 */
static void damaged_tables_do_no_harm(void **state)
{
    unsigned taken = 0;

    (void)state;
    srand(20261122);
    for (unsigned n = 0; n < 20000; n++) {
        struct sample *s = malloc(sizeof(*s));
        struct tables t;

        assert_non_null(s);
        *s = sample();
        for (int i = rand() % 4; i >= 0; i--) {
            ((unsigned char *)s)[(size_t)rand() % sizeof(*s)] = (unsigned char)rand();
        }
        if (sk_monitor_tables_check(s, sizeof(*s), STATE, &t) == NULL) {
            taken++;
            for (uint32_t d = 0; d < t.domain_count; d++) {
                for (uint64_t a = FIRST - 0x80; a < THIRD + 0x80; a += 0x40) {
                    struct place place = sk_monitor_place(&t, &t.domains[d], a);

                    assert_true(place.function == NULL || strlen(place.function) < sizeof(*s));
                }
            }
        }
        free(s);
    }
    assert_in_range(taken, 1, 19999);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(well_formed_tables_are_taken),
        cmocka_unit_test(no_tables_are_said_so),
        cmocka_unit_test(tables_that_are_cut_off_are_refused),
        cmocka_unit_test(domains_are_checked),
        cmocka_unit_test(symbols_are_checked),
        cmocka_unit_test(a_place_is_the_function_that_holds_it),
        cmocka_unit_test(damaged_tables_do_no_harm),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
