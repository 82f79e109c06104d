/*
 * Every kind of fault, decoded from its words and printed; and messages that are too short.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/cap/fault.h>

#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "traps.h"

/* Words that tell each other apart. */
static const seL4_Word words[SK_FAULT_WORDS] = {
    0x1000, 0x1001, 0x1002, 0x1003, 0x1004, 0x1005, 0x1006, 0x1007,
    0x1008, 0x1009, 0x100a, 0x100b, 0x100c, 0x100d, 0x100e, 0x100f,
};

static sk_err decode(seL4_Word label, seL4_Word length, const seL4_Word w[],
                     struct sk_fault *ret_fault)
{
    /* Exactly as long as it says, so that the sanitizer sees a read behind it. */
    seL4_Word *exact = malloc(length * sizeof(exact[0]));
    sk_err e;

    assert_non_null(exact);
    memcpy(exact, w, length * sizeof(exact[0]));
    e = sk_fault_decode(seL4_MessageInfo_new(label, 0, 0, length), exact, ret_fault);
    free(exact);
    return e;
}

/* It takes length words, no fewer, and prints so. */
static struct sk_fault check(seL4_Word label, seL4_Word length, const seL4_Word w[],
                             enum sk_fault_kind kind, const char *want)
{
    struct sk_fault f = {.kind = SK_FAULT_NONE};
    char line[SK_FAULT_LINE];

    for (seL4_Word n = 0; n < length; n++) {
        assert_int_equal(decode(label, n, w, &f), SK_ERR_TRUNCATED_MESSAGE);
        assert_int_equal(f.kind, SK_FAULT_NONE);
    }
    assert_int_equal(decode(label, length, w, &f), SK_OK);
    assert_int_equal(f.kind, kind);
    assert_int_equal(sk_fault_print(&f, line, sizeof(line)), strlen(want));
    assert_string_equal(line, want);
    return f;
}

static void vm_faults_are_decoded(void **state)
{
    seL4_Word w[4] = {0x400120, 0x18, 0, 0x92000046};
    struct sk_fault f = check(seL4_Fault_VMFault, 4, w, SK_FAULT_VM,
                              "VM fault: write to 0x18 at pc 0x400120, status 0x92000046");

    (void)state;
    assert_int_equal(f.vm.pc, 0x400120);
    assert_int_equal(f.vm.address, 0x18);
    assert_true(f.vm.is_write);
    assert_int_equal(f.vm.status, 0x92000046);
    w[3] = 0x92000006;
    f = check(seL4_Fault_VMFault, 4, w, SK_FAULT_VM,
              "VM fault: read of 0x18 at pc 0x400120, status 0x92000006");
    assert_false(f.vm.is_write);
    w[2] = 1;
    w[3] = 0x82000046; /* the bit means something else for instructions */
    f = check(seL4_Fault_VMFault, 4, w, SK_FAULT_VM,
              "VM fault: fetch from 0x18 at pc 0x400120, status 0x82000046");
    assert_true(f.vm.is_fetch);
    assert_false(f.vm.is_write);
}

static void capability_faults_are_decoded(void **state)
{
    seL4_Word w[7] = {0x400120, 0x99, 0, seL4_InvalidRoot, 11, 12, 13};
    struct sk_fault f =
        check(seL4_Fault_CapFault, 4, w, SK_FAULT_CAP,
              "capability fault: use of 0x99 at pc 0x400120: the root is no CNode");

    (void)state;
    assert_int_equal(f.cap.pc, 0x400120);
    assert_int_equal(f.cap.address, 0x99);
    assert_false(f.cap.is_receive);
    assert_int_equal(f.cap.lookup.kind, SK_LOOKUP_INVALID_ROOT);
    assert_int_equal(f.cap.lookup.bits_left, 0);
    w[2] = 1;
    w[3] = seL4_MissingCapability;
    f = check(seL4_Fault_CapFault, 5, w, SK_FAULT_CAP,
              "capability fault: receive on 0x99 at pc 0x400120: an empty slot, 11 bits left");
    assert_true(f.cap.is_receive);
    assert_int_equal(f.cap.lookup.bits_left, 11);
    assert_int_equal(f.cap.lookup.bits_found, 0);
    w[3] = seL4_DepthMismatch;
    f = check(seL4_Fault_CapFault, 6, w, SK_FAULT_CAP,
              "capability fault: receive on 0x99 at pc 0x400120: "
              "a depth mismatch, 12 bits found, 11 bits left");
    assert_int_equal(f.cap.lookup.bits_found, 12);
    assert_int_equal(f.cap.lookup.guard, 0);
    w[3] = seL4_GuardMismatch;
    f = check(seL4_Fault_CapFault, 7, w, SK_FAULT_CAP,
              "capability fault: receive on 0x99 at pc 0x400120: "
              "a guard 0xc of 13 bits, 11 bits left");
    assert_int_equal(f.cap.lookup.guard, 12);
    assert_int_equal(f.cap.lookup.guard_bits, 13);
    assert_int_equal(f.cap.lookup.bits_found, 0);
}

/* Somebody else than the kernel wrote these. */
static void unknown_lookup_failures_are_refused(void **state)
{
    static const seL4_Word kinds[] = {seL4_GuardMismatch + 1, 13, 14, ~0ul, ~0ul - 1, ~0ul - 2};
    struct sk_fault f = {.kind = SK_FAULT_NONE};

    (void)state;
    for (unsigned n = 0; n < sizeof(kinds) / sizeof(kinds[0]); n++) {
        seL4_Word w[SK_FAULT_WORDS] = {0x400120, 0x99, 0, kinds[n]};

        assert_int_equal(decode(seL4_Fault_CapFault, 4, w, &f), SK_ERR_INVALID_ARGUMENT);
        assert_int_equal(decode(seL4_Fault_CapFault, SK_FAULT_WORDS, w, &f),
                         SK_ERR_INVALID_ARGUMENT);
    }
    assert_int_equal(f.kind, SK_FAULT_NONE);
}

/* Of a message as long as can be, the words of a fault are read, and no more. */
static void long_messages_are_decoded_as_well(void **state)
{
    seL4_IPCBuffer *buffer = seL4_GetIPCBuffer();
    static seL4_IPCBuffer own;
    sk_reader r = {.is_open = 1,
                   .info =
                       seL4_MessageInfo_new(seL4_Fault_UserException, 0, 0, seL4_MsgMaxLength),
                   .word = {0, 1, 2, 3}};
    struct sk_fault f;

    (void)state;
    for (unsigned n = 0; n < seL4_MsgMaxLength; n++) {
        own.msg[n] = n;
    }
    seL4_SetIPCBuffer(&own);
    assert_int_equal(sk_fault_read(&r, &f), SK_OK);
    seL4_SetIPCBuffer(buffer);
    assert_int_equal(f.exception.pc, 0);
    assert_int_equal(f.exception.code, 4);
    assert_int_equal(r.next, SK_FAULT_WORDS);
}

static void words_that_say_nothing_are_zero(void **state)
{
    const struct sk_lookup_failure root =
        sk_lookup_failure_decode(seL4_InvalidRoot, 11, 12, 13);
    const struct sk_lookup_failure none = sk_lookup_failure_decode(seL4_NoFailure, 11, 12, 13);

    (void)state;
    assert_int_equal(root.kind, SK_LOOKUP_INVALID_ROOT);
    assert_int_equal(root.bits_left | root.bits_found | root.guard | root.guard_bits, 0);
    assert_int_equal(none.bits_left | none.bits_found | none.guard | none.guard_bits, 0);
}

static void read_all(void *arg)
{
    sk_reader r = *(sk_reader *)arg;
    struct sk_fault f;

    (void)sk_fault_read(&r, &f);
}

static void read_what_is_left(void *arg)
{
    sk_reader r = *(sk_reader *)arg;
    seL4_Word word;

    if (sk_reader_word(&r, &word) == SK_OK) {
        read_all(&r);
    }
}

static void a_message_is_read_as_a_whole_or_not_at_all(void **state)
{
    sk_reader r = {.is_open = 1, .info = seL4_MessageInfo_new(seL4_Fault_VMFault, 0, 0, 4)};

    (void)state;
    assert_false(traps(read_all, &r));
    assert_true(traps(read_what_is_left, &r));
}

static void unknown_system_calls_are_decoded(void **state)
{
    struct sk_fault f =
        check(seL4_Fault_UnknownSyscall, seL4_UnknownSyscall_Length, words, SK_FAULT_SYSCALL,
              "unknown system call 0x100c at pc 0x1008, sp 0x1009");

    (void)state;
    for (unsigned n = 0; n < 8; n++) {
        assert_int_equal(f.syscall.x[n], words[seL4_UnknownSyscall_X0 + n]);
    }
    assert_int_equal(f.syscall.pc, words[seL4_UnknownSyscall_FaultIP]);
    assert_int_equal(f.syscall.sp, words[seL4_UnknownSyscall_SP]);
    assert_int_equal(f.syscall.lr, words[seL4_UnknownSyscall_LR]);
    assert_int_equal(f.syscall.spsr, words[seL4_UnknownSyscall_SPSR]);
    assert_int_equal(f.syscall.number, words[seL4_UnknownSyscall_Syscall]);
}

static void exceptions_are_decoded(void **state)
{
    struct sk_fault f =
        check(seL4_Fault_UserException, seL4_UserException_Length, words, SK_FAULT_EXCEPTION,
              "exception 0x1003, code 0x1004 at pc 0x1000, sp 0x1001, "
              "flags 0x1002");

    (void)state;
    assert_int_equal(f.exception.pc, words[seL4_UserException_FaultIP]);
    assert_int_equal(f.exception.sp, words[seL4_UserException_SP]);
    assert_int_equal(f.exception.flags, words[seL4_UserException_SPSR]);
    assert_int_equal(f.exception.number, words[seL4_UserException_Number]);
    assert_int_equal(f.exception.code, words[seL4_UserException_Code]);
}

static void timeouts_are_decoded(void **state)
{
    struct sk_fault f = check(seL4_Fault_Timeout, seL4_Timeout_Length, words, SK_FAULT_TIMEOUT,
                              "timeout: data 0x1000, 4097 us consumed");

    (void)state;
    assert_int_equal(f.timeout.data, words[seL4_Timeout_Data]);
    assert_int_equal(f.timeout.consumed, words[seL4_Timeout_Consumed]);
}

static void labels_without_a_fault_are_none(void **state)
{
    /* 4 is kept for debug exceptions, which this configuration does not have. */
    static const seL4_Word none[] = {0, 4, 7, 8, 9, 10, 100, ~0ul >> 12};
    struct sk_fault f = {.kind = SK_FAULT_NONE};

    (void)state;
    for (unsigned n = 0; n < sizeof(none) / sizeof(none[0]); n++) {
        assert_int_equal(decode(none[n], SK_FAULT_WORDS, words, &f), SK_ERR_INVALID_ARGUMENT);
    }
    assert_int_equal(f.kind, SK_FAULT_NONE);
}

static void kinds_of_other_configurations_print_as_well(void **state)
{
    const struct {
        struct sk_fault fault;
        const char *want;
    } rows[] = {
        {{.kind = SK_FAULT_NONE}, "no fault"},
        {{.kind = SK_FAULT_DEBUG, .debug = {0x400120, 2, 0x18, 3}},
         "debug exception: reason 2, address 0x18, breakpoint 3 at pc 0x400120"},
        {{.kind = SK_FAULT_VGIC, .vgic = {~0ul}},
         "virtual interrupt controller: list register 0xffffffffffffffff"},
        {{.kind = SK_FAULT_VCPU, .vcpu = {0x5a}}, "virtual processor: HSR 0x5a"},
        {{.kind = SK_FAULT_VPPI, .vppi = {27}}, "virtual private interrupt 27"},
    };

    (void)state;
    for (unsigned n = 0; n < sizeof(rows) / sizeof(rows[0]); n++) {
        char line[SK_FAULT_LINE];

        assert_int_equal(sk_fault_print(&rows[n].fault, line, sizeof(line)),
                         strlen(rows[n].want));
        assert_string_equal(line, rows[n].want);
    }
}

static void a_line_is_cut_where_the_buffer_ends(void **state)
{
    struct sk_fault f = {.kind = SK_FAULT_VPPI, .vppi = {27}};
    char line[8] = "#######";

    (void)state;
    assert_int_equal(sk_fault_print(&f, line, 5), 28);
    assert_string_equal(line, "virt");
    assert_int_equal(line[5], '#');
    assert_int_equal(sk_fault_print(&f, NULL, 0), 28);
    for (size_t size = 1; size <= 30; size++) {
        char *exact = malloc(size);

        assert_non_null(exact);
        assert_int_equal(sk_fault_print(&f, exact, size), 28);
        assert_int_equal(strlen(exact), size <= 28 ? size - 1 : 28);
        free(exact);
    }
}

static void the_longest_lines_fit(void **state)
{
    struct sk_fault f = {.kind = SK_FAULT_EXCEPTION,
                         .exception = {~0ul, ~0ul, ~0ul, ~0ul, ~0ul}};
    struct sk_error e = {.code = SK_ERR_FAILED_LOOKUP,
                         .lookup = {SK_LOOKUP_GUARD_MISMATCH, 64, 0, ~0ul, 58}};

    (void)state;
    assert_in_range(sk_fault_print(&f, NULL, 0), 1, SK_FAULT_LINE - 1);
    f = (struct sk_fault){.kind = SK_FAULT_CAP, .cap = {~0ul, ~0ul, true, e.lookup}};
    assert_in_range(sk_fault_print(&f, NULL, 0), 1, SK_FAULT_LINE - 1);
    assert_in_range(sk_error_print(&e, NULL, 0), 1, SK_ERROR_LINE - 1);
    e = (struct sk_error){.code = SK_ERR_RANGE, .minimum = ~0ul, .maximum = ~0ul};
    assert_in_range(sk_error_print(&e, NULL, 0), 1, SK_ERROR_LINE - 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(vm_faults_are_decoded),
        cmocka_unit_test(capability_faults_are_decoded),
        cmocka_unit_test(unknown_lookup_failures_are_refused),
        cmocka_unit_test(long_messages_are_decoded_as_well),
        cmocka_unit_test(words_that_say_nothing_are_zero),
        cmocka_unit_test(a_message_is_read_as_a_whole_or_not_at_all),
        cmocka_unit_test(unknown_system_calls_are_decoded),
        cmocka_unit_test(exceptions_are_decoded),
        cmocka_unit_test(timeouts_are_decoded),
        cmocka_unit_test(labels_without_a_fault_are_none),
        cmocka_unit_test(kinds_of_other_configurations_print_as_well),
        cmocka_unit_test(a_line_is_cut_where_the_buffer_ends),
        cmocka_unit_test(the_longest_lines_fit),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
