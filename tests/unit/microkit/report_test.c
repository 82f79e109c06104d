/*
 * What the monitor says of a fault.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "sample.h"

#define SP (STACK_TOP - 0x100)

static struct sample s;
static struct tables t;

static int set_up(void **state)
{
    (void)state;
    s = sample();
    assert_null(sk_monitor_tables_check(&s, sizeof(s), 2 * SK_MONITOR_STATE, &t));
    (void)spoken();
    return 0;
}

static const char *report(unsigned domain, const struct sk_fault *fault,
                          const seL4_UserContext *registers)
{
    sk_monitor_report(&t, &s.domains[domain], fault, registers);
    return spoken();
}

/* A write to address, with the stack pointer at sp; 0: that is not known. */
static const char *report_access(uint64_t address, uint64_t sp)
{
    const seL4_UserContext registers = {.pc = FIRST + 4, .sp = sp};
    const struct sk_fault fault = {
        .kind = SK_FAULT_VM,
        .vm = {.pc = FIRST + 4, .address = address, .is_write = true, .status = 0x46},
    };

    return report(1, &fault, sp != 0 ? &registers : NULL);
}

static const char *report_write(uint64_t address)
{
    return report_access(address, 0);
}

static void guesses_are_made_of_addresses(void **state)
{
    (void)state;
    assert_string_equal(
        report_write(0x5000),
        "server faulted: VM fault: write to 0x5000 at pc 0x200004, status 0x46\n");
    assert_non_null(strstr(report_write(0), "\n  a null pointer\n"));
    assert_non_null(strstr(report_write(0xfff), "\n  a null pointer\n"));
    assert_null(strstr(report_write(0x1000), "null"));
    assert_non_null(strstr(report_write(2), "\n  a null pointer\n"));
    assert_non_null(strstr(report_write(STACK_BOTTOM - 1),
                           "\n  it is in the page below the stack, which is from "
                           "0x7fffffffc000 to 0x7fffffffe000\n"));
    assert_non_null(strstr(report_write(STACK_BOTTOM - 4096), "below the stack"));
    assert_null(strstr(report_write(STACK_BOTTOM - 4097), "stack"));
    assert_null(strstr(report_write(STACK_BOTTOM), "stack"));
}

static const char *report_at(uint64_t pc, uint64_t address, bool is_write)
{
    const struct sk_fault fault = {.kind = SK_FAULT_VM,
                                   .vm = {.pc = pc, .address = address, .is_write = is_write}};

    return report(0, &fault, NULL);
}

/* Elsewhere it is a null pointer's third byte. */
static void libmicrokits_end_is_known_by_its_place(void **state)
{
    (void)state;
    assert_non_null(strstr(report_at(CRASH + 8, 2, true),
                           "\n  libmicrokit ends so after error 2 of the kernel\n"));
    assert_non_null(strstr(report_at(CRASH, 10, true), "after error 10"));
    assert_non_null(strstr(report_at(CRASH, 11, true), "\n  a null pointer\n"));
    assert_non_null(strstr(report_at(CRASH, 0, true), "\n  a null pointer\n"));
    assert_non_null(strstr(report_at(CRASH, 2, false), "\n  a null pointer\n"));
    assert_non_null(strstr(report_at(SECOND, 2, true), "\n  a null pointer\n"));
    assert_non_null(strstr(report_at(0x10, 2, true), "\n  a null pointer\n"));
}

static void an_access_that_is_not_aligned_is_told(void **state)
{
    const struct sk_fault fault = {
        .kind = SK_FAULT_VM, .vm = {.pc = FIRST, .address = 0x202001, .status = 0x92000021}};

    (void)state;
    assert_string_equal(report(1, &fault, NULL),
                        "server faulted: VM fault: read of 0x202001 at pc 0x200000, status "
                        "0x92000021\n"
                        "  the address is not aligned as this access needs it\n");
}

static bool is_overflow(uint64_t address, uint64_t sp)
{
    return strstr(report_access(address, sp), "\n  the stack has overflowed: it is from "
                                              "0x7fffffffc000 to 0x7fffffffe000\n") != NULL;
}

static void overflows_are_known_by_the_stack_pointer(void **state)
{
    const uint64_t end = STACK_BOTTOM;
    const uint64_t largest = UINT64_C(16) << 20;

    (void)state;
    /* A push that is refused leaves sp where it was. */
    assert_true(is_overflow(end - 16, end));
    assert_true(is_overflow(end - 304, end + 200));
    assert_true(is_overflow(end - 0x3000, end - 0x3000));
    assert_true(is_overflow(end - 8, end - 0x3000));
    assert_true(is_overflow(end - largest, end - largest));
    /* What is not at the stack pointer, is no use of the stack. */
    assert_false(is_overflow(end - 16, end + 0x1000));
    assert_false(is_overflow(end - 0x3000, end));
    assert_false(is_overflow(end + 16, end - 0x3000));
    /* Another stack, of the program's own. */
    assert_false(is_overflow(0x300000, 0x300000));
    assert_false(is_overflow(end - largest - 1, end - largest - 1));
}

static void a_stack_pointer_that_is_elsewhere_is_said(void **state)
{
    const char *text = "\n  sp is not in the domain's stack, which is from 0x7fffffffc000 to "
                       "0x7fffffffe000\n";

    (void)state;
    assert_null(strstr(report_access(0x5000, STACK_BOTTOM), text));
    assert_null(strstr(report_access(0x5000, STACK_TOP), text));
    assert_non_null(strstr(report_access(0x5000, STACK_BOTTOM - 16), text));
    assert_non_null(strstr(report_access(0x5000, STACK_TOP + 16), text));
    assert_non_null(strstr(report_access(0, 0x300000), text));
    assert_non_null(strstr(report_access(0, 0x300000), "\n  a null pointer\n"));
}

/* The kernel calls all of these an empty slot. */
static void a_receive_that_is_refused_may_have_several_reasons(void **state)
{
    struct sk_fault fault = {.kind = SK_FAULT_CAP,
                             .cap = {.pc = FIRST,
                                     .address = 60,
                                     .is_receive = true,
                                     .lookup = {.kind = SK_LOOKUP_MISSING_CAPABILITY}}};

    (void)state;
    assert_string_equal(
        report(1, &fault, NULL),
        "server faulted: capability fault: receive on 0x3c at pc 0x200000\n"
        "  nothing is there, or nothing to receive from: it lacks the right to, or\n"
        "  is a notification that is bound to another domain\n");
    fault.cap.is_receive = false;
    assert_string_equal(report(1, &fault, NULL),
                        "server faulted: capability fault: use of 0x3c at pc 0x200000: an "
                        "empty slot, 0 bits left\n");
    fault.cap.is_receive = true;
    fault.cap.lookup.kind = SK_LOOKUP_INVALID_ROOT;
    assert_non_null(strstr(report(1, &fault, NULL), "the root is no CNode"));
}

static void kinds_of_faults_are_told_apart(void **state)
{
    struct sk_fault fault = {.kind = SK_FAULT_VM,
                             .vm = {.pc = 0x5000, .address = 0x5000, .is_fetch = true}};

    (void)state;
    assert_non_null(
        strstr(report(1, &fault, NULL), "VM fault: fetch from 0x5000 at pc 0x5000"));
    fault.vm.is_fetch = false;
    assert_non_null(strstr(report(1, &fault, NULL), "VM fault: read of 0x5000 at pc 0x5000"));
    /* A read of address 2 is not what libmicrokit does. */
    fault.vm.address = 2;
    assert_non_null(strstr(report(1, &fault, NULL), "\n  a null pointer\n"));
    fault = (struct sk_fault){.kind = SK_FAULT_SYSCALL,
                              .syscall = {.pc = FIRST, .sp = SP, .number = 77}};
    assert_string_equal(report(1, &fault, NULL), "server faulted: unknown system call 0x4d at "
                                                 "pc 0x200000, sp 0x7fffffffdf00\n");
    fault =
        (struct sk_fault){.kind = SK_FAULT_TIMEOUT, .timeout = {.data = 0x101, .consumed = 40}};
    assert_string_equal(report(1, &fault, NULL),
                        "server faulted: timeout: data 0x101, 40 us consumed\n");
}

static void other_faults_are_said(void **state)
{
    struct sk_fault fault = {.kind = SK_FAULT_EXCEPTION,
                             .exception = {.pc = FIRST, .number = 0xf2000001 + 999}};

    (void)state;
    assert_string_equal(report(1, &fault, NULL),
                        "server faulted: trap: undefined behaviour, or __builtin_trap(), at "
                        "pc 0x200000\n");
    fault.exception.number = 0x2000000;
    assert_non_null(strstr(report(1, &fault, NULL), "exception 0x2000000, code 0x0 at pc"));
    assert_non_null(strstr(report(1, &fault, NULL),
                           "\n  an undefined instruction, or one that only kernels may use\n"));
    fault.exception.number = UINT64_C(0x11) << 26;
    assert_null(strstr(report(1, &fault, NULL), "\n  "));
    assert_string_equal(report(1, NULL, NULL),
                        "server faulted: the message is not one of the kernel's\n");
}

/* Without symbols and a stack to see, there is the link register. */
static void little_known_is_little_said(void **state)
{
    const seL4_UserContext registers = {
        .pc = FIRST + 8, .sp = SP, .x29 = SP, .x30 = SECOND + 4};

    (void)state;
    sample_record(SP, 0, SECOND + 0x14);
    assert_string_equal(report(1, NULL, &registers),
                        "server faulted: the message is not one of the kernel's\n"
                        "  at 0x200008, sp 0x7fffffffdf00\n"
                        "  called from\n"
                        "    0x200100\n");
}

static void calls_are_followed_by_their_records(void **state)
{
    const seL4_UserContext registers = {
        .pc = THIRD + 8, .sp = SP, .x29 = SP, .x30 = SECOND + 0x14};

    (void)state;
    /* In a function with a record: the link register says the same. */
    sample_record(SP, SP + 0x20, SECOND + 0x14);
    sample_record(SP + 0x20, SP + 0x40, FIRST + 0x24);
    sample_record(SP + 0x40, SP + 0x60, FIRST + 0x24);
    sample_record(SP + 0x60, 0, 0);
    assert_string_equal(strchr(report(0, NULL, &registers), '\n'),
                        "\n  in third+0x8, sp 0x7fffffffdf00\n"
                        "  called from\n"
                        "    0x200110 second+0x10\n"
                        "    0x200020 first+0x20, 2 times\n");
}

static void the_link_register_is_a_caller_or_a_call_that_is_over(void **state)
{
    seL4_UserContext registers = {.pc = THIRD + 8, .sp = SP, .x29 = SP, .x30 = SECOND + 4};

    (void)state;
    sample_record(SP, 0, FIRST + 0x24);
    assert_non_null(strstr(report(0, NULL, &registers), "called from\n"
                                                        "    0x200100 second+0x0\n"
                                                        "    0x200020 first+0x20\n"));
    registers.x30 = THIRD + 4;
    assert_non_null(strstr(report(0, NULL, &registers), "called from\n"
                                                        "    0x200020 first+0x20\n"));
    registers.x30 = 0;
    assert_non_null(strstr(report(0, NULL, &registers), "called from\n"
                                                        "    0x200020 first+0x20\n"));
}

/* The sanitizer looks at the window's ends. */
static void a_damaged_stack_is_not_followed_out_of_it(void **state)
{
    static const uint64_t bad[] = {0,
                                   1,
                                   0x5000,
                                   STACK_BOTTOM - 16,
                                   STACK_TOP - 8,
                                   STACK_TOP,
                                   STACK_TOP + 16,
                                   SP + 4,
                                   SP - 16,
                                   UINT64_MAX,
                                   UINT64_MAX - 7};

    (void)state;
    for (unsigned i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        const seL4_UserContext registers = {
            .pc = THIRD, .sp = bad[i] < SP ? bad[i] : SP, .x29 = bad[i]};
        const seL4_UserContext further = {.pc = THIRD, .sp = SP, .x29 = SP};

        assert_string_equal(strstr(report(0, NULL, &registers), "  called from"),
                            "  called from\n");
        sample_record(SP, bad[i], FIRST + 0x24);
        assert_string_equal(strstr(report(0, NULL, &further), "  called from"),
                            "  called from\n    0x200020 first+0x20\n");
        s = sample();
    }
    /* The last place that has room for a record; and one that leads to itself. */
    const seL4_UserContext last = {.pc = THIRD, .sp = SP, .x29 = STACK_TOP - 16};
    sample_record(STACK_TOP - 16, STACK_TOP - 16, FIRST + 0x24);
    assert_string_equal(strstr(report(0, NULL, &last), "  called from"),
                        "  called from\n    0x200020 first+0x20\n");
}

static void an_endless_recursion_is_cut(void **state)
{
    const seL4_UserContext registers = {.pc = THIRD, .sp = STACK_BOTTOM, .x29 = STACK_BOTTOM};

    (void)state;
    for (uint64_t at = STACK_BOTTOM; at + 32 < STACK_TOP; at += 16) {
        sample_record(at, at + 16, FIRST + 4);
    }
    assert_non_null(strstr(report(0, NULL, &registers), "    0x200000 first+0x0, 64 times\n"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(guesses_are_made_of_addresses, set_up),
        cmocka_unit_test_setup(libmicrokits_end_is_known_by_its_place, set_up),
        cmocka_unit_test_setup(an_access_that_is_not_aligned_is_told, set_up),
        cmocka_unit_test_setup(overflows_are_known_by_the_stack_pointer, set_up),
        cmocka_unit_test_setup(a_stack_pointer_that_is_elsewhere_is_said, set_up),
        cmocka_unit_test_setup(a_receive_that_is_refused_may_have_several_reasons, set_up),
        cmocka_unit_test_setup(kinds_of_faults_are_told_apart, set_up),
        cmocka_unit_test_setup(other_faults_are_said, set_up),
        cmocka_unit_test_setup(little_known_is_little_said, set_up),
        cmocka_unit_test_setup(calls_are_followed_by_their_records, set_up),
        cmocka_unit_test_setup(the_link_register_is_a_caller_or_a_call_that_is_over, set_up),
        cmocka_unit_test_setup(a_damaged_stack_is_not_followed_out_of_it, set_up),
        cmocka_unit_test_setup(an_endless_recursion_is_cut, set_up),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
