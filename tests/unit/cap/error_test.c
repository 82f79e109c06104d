/*
 * Details of errors, from message words that a test wrote: each code takes its own, and only
 * those. What the kernel writes is shown in tests/cap/error_cases.c.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/cap/error.h>

#include <string.h>

#include <selkie/cap/tcb.h>

#include "check.h"

static seL4_IPCBuffer buffer;

/* As if an invocation had failed with code and these words. */
static struct sk_error fail_with(sk_err code, seL4_Word w0, seL4_Word w1)
{
    seL4_SetIPCBuffer(&buffer);
    for (int n = 0; n < 8; n++) {
        seL4_SetMR(n, 100 + (seL4_Word)n);
    }
    seL4_SetMR(0, w0);
    seL4_SetMR(1, w1);
    return sk_error_last(code);
}

static void each_code_takes_its_own_words(void **state)
{
    (void)state;
    for (unsigned code = 0; code <= SK_ERR_MALFORMED; code++) {
        struct sk_error e = fail_with((sk_err)code, 1, seL4_GuardMismatch);
        struct sk_error want = {.code = (sk_err)code};

        if (code == SK_ERR_INVALID_ARGUMENT || code == SK_ERR_INVALID_CAPABILITY) {
            want.argument = 1;
        } else if (code == SK_ERR_RANGE) {
            want.minimum = 1;
            want.maximum = seL4_GuardMismatch;
        } else if (code == SK_ERR_FAILED_LOOKUP) {
            want.is_source = true;
            want.lookup =
                (struct sk_lookup_failure){SK_LOOKUP_GUARD_MISMATCH, 102, 0, 103, 104};
        } else if (code == SK_ERR_NO_MEMORY) {
            want.bytes_available = 1;
        }
        assert_int_equal(e.code, want.code);
        assert_int_equal(e.argument, want.argument);
        assert_int_equal(e.minimum, want.minimum);
        assert_int_equal(e.maximum, want.maximum);
        assert_int_equal(e.is_source, want.is_source);
        assert_int_equal(e.lookup.kind, want.lookup.kind);
        assert_int_equal(e.lookup.bits_left, want.lookup.bits_left);
        assert_int_equal(e.lookup.bits_found, want.lookup.bits_found);
        assert_int_equal(e.lookup.guard, want.lookup.guard);
        assert_int_equal(e.lookup.guard_bits, want.lookup.guard_bits);
        assert_int_equal(e.bytes_available, want.bytes_available);
    }
}

/* An MCS kernel has no fault endpoint addresses; what is left of an earlier error is not it. */
static void a_member_that_must_be_zero_is_named(void **state)
{
    char line[SK_ERROR_LINE];
    struct sk_error e = fail_with(SK_ERR_INVALID_ARGUMENT, 17, 0);

    (void)state;
    assert_false(e.is_member);
    assert_int_equal(
        sk_tcb_configure((sk_tcb){1}, (struct sk_tcb_configure_args){.fault_address = 1}),
        SK_ERR_INVALID_ARGUMENT);
    e = sk_error_last(SK_ERR_INVALID_ARGUMENT);
    assert_true(e.is_member);
    assert_int_equal(e.argument, 0);
    sk_error_print(&e, line, sizeof(line));
    assert_string_equal(line, "invalid argument: member 0 must be zero on this kernel");
}

static void our_own_codes_print_as_well(void **state)
{
    static const struct {
        sk_err code;
        const char *want;
    } rows[] = {
        {SK_OK, "no error"},
        {SK_ERR_NO_SLOT, "no free slot"},
        {SK_ERR_FRAGMENTED, "memory is too fragmented"},
        {SK_ERR_NOT_READY, "not ready"},
        {SK_ERR_TIMED_OUT, "timed out"},
        {SK_ERR_CANCELLED, "cancelled"},
        {SK_ERR_PROTOCOL, "another protocol"},
        {SK_ERR_VERSION, "another version of the protocol"},
        {SK_ERR_NO_METHOD, "no such method"},
        {SK_ERR_MALFORMED, "malformed message"},
        {(sk_err)63, "error"},
    };

    (void)state;
    for (unsigned n = 0; n < sizeof(rows) / sizeof(rows[0]); n++) {
        struct sk_error e = fail_with(rows[n].code, 1, 2);
        char line[SK_ERROR_LINE];

        assert_int_equal(sk_error_print(&e, line, sizeof(line)), strlen(rows[n].want));
        assert_string_equal(line, rows[n].want);
    }
}

static void a_lookup_without_failure_says_so(void **state)
{
    struct sk_error e = fail_with(SK_ERR_FAILED_LOOKUP, 0, seL4_NoFailure);
    char line[SK_ERROR_LINE];

    (void)state;
    sk_error_print(&e, line, sizeof(line));
    assert_string_equal(line, "failed lookup of the destination: no failure");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_code_takes_its_own_words),
        cmocka_unit_test(a_member_that_must_be_zero_is_named),
        cmocka_unit_test(our_own_codes_print_as_well),
        cmocka_unit_test(a_lookup_without_failure_says_so),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
