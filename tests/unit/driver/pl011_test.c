/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/driver/pl011.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "pl011_model.h"

static struct sk_pl011 port;
static unsigned char ring[8];

static sk_err init(size_t ring_size, uint32_t clock_hz, uint32_t baud)
{
    return sk_pl011_init(&port, &model.page,
                         &(struct sk_pl011_options){ring, ring_size, clock_hz, baud, 0});
}

static int set_up(void **state)
{
    (void)state;
    model_reset();
    return init(sizeof(ring), 0, 0) == SK_OK ? 0 : -1;
}

static void arrive(const char *text)
{
    for (; *text != '\0'; text++) {
        model_arrive((unsigned char)*text);
    }
}

static void expect(const char *text)
{
    char got[64] = {0};
    size_t size = sk_pl011_receive(&port, got, sizeof(got) - 1);

    assert_int_equal(size, strlen(text));
    assert_string_equal(got, text);
}

static void what_arrives_is_received(void **state)
{
    (void)state;
    assert_false(model_interrupts());
    expect("");
    assert_int_equal(sk_pl011_interrupt(&port), 0);
    arrive("abc");
    assert_true(model_interrupts());
    assert_int_equal(sk_pl011_interrupt(&port), SK_PL011_RECEIVED);
    assert_false(model_interrupts());
    expect("abc");
    expect("");
    assert_int_equal(port.counts.received, 3);
}

static void the_ring_goes_round(void **state)
{
    char byte[2] = {0};

    (void)state;
    for (int n = 0; n < 1000; n++) {
        byte[0] = (char)('a' + n % 26);
        arrive(byte);
        arrive(byte);
        assert_int_equal(sk_pl011_interrupt(&port), SK_PL011_RECEIVED);
        assert_int_equal(sk_pl011_receive(&port, byte, 1), 1);
        expect(byte);
    }
}

static void nothing_is_lost_while_the_ring_is_full(void **state)
{
    (void)state;
    arrive("0123456789ABCDEF");
    assert_int_equal(sk_pl011_interrupt(&port), SK_PL011_RECEIVED | SK_PL011_FULL);
    assert_false(model_interrupts());
    model_arrive('x'); /* more than 8 and 16 have place for, but 8 have gone to the ring */
    assert_false(model_interrupts());
    expect("01234567");
    assert_false(model_interrupts());
    expect("89ABCDEF");
    expect("x");
    arrive("y");
    assert_true(model_interrupts());
    assert_int_equal(sk_pl011_interrupt(&port), SK_PL011_RECEIVED);
    expect("y");
}

static void a_key_discards_what_came_before_it(void **state)
{
    (void)state;
    arrive("abc^d");
    (void)sk_pl011_interrupt(&port);
    assert_false(sk_pl011_discard_to(&port, 'x'));
    assert_true(sk_pl011_discard_to(&port, '^'));
    assert_false(sk_pl011_discard_to(&port, '^'));
    expect("d");
    arrive("0123456^89");
    (void)sk_pl011_interrupt(&port);
    assert_true(sk_pl011_discard_to(&port, '^'));
    expect("89");
    arrive("z");
    assert_true(model_interrupts());
}

static void what_came_damaged_is_dropped_and_counted(void **state)
{
    (void)state;
    arrive("a");
    model_arrive(0x100 | 'b');
    model_arrive(0x200 | 'c');
    model_arrive(0x500);
    arrive("d");
    assert_int_equal(sk_pl011_interrupt(&port),
                     SK_PL011_RECEIVED | SK_PL011_FRAMING | SK_PL011_PARITY | SK_PL011_BREAK);
    expect("ad");
    assert_int_equal(port.counts.framing_errors, 1);
    assert_int_equal(port.counts.parity_errors, 1);
    assert_int_equal(port.counts.breaks, 1);
    assert_int_equal(port.counts.overruns, 0);
    assert_int_equal(port.counts.received, 2);
}

static void an_overrun_is_reported_with_the_byte_behind_it(void **state)
{
    (void)state;
    arrive("0123456789ABCDEF");
    arrive("lost");
    assert_true((sk_pl011_interrupt(&port) & SK_PL011_OVERRUN) == 0);
    expect("01234567");
    expect("89ABCDEF");
    arrive("z");
    assert_int_equal(sk_pl011_interrupt(&port), SK_PL011_RECEIVED | SK_PL011_OVERRUN);
    expect("z");
    assert_int_equal(port.counts.overruns, 1);
}

static void what_came_damaged_while_the_ring_was_full_is_told(void **state)
{
    (void)state;
    arrive("01234567");
    model_arrive(0x100 | 'b');
    model_arrive(0x500);
    arrive("89ABCD");
    assert_int_equal(sk_pl011_interrupt(&port), SK_PL011_RECEIVED | SK_PL011_FULL);
    arrive("EFGHIJKLlost");
    expect("01234567");
    arrive("M");
    expect("89ABCDEF");
    expect("GHIJKLM");
    assert_false(model_interrupts());
    assert_int_equal(sk_pl011_interrupt(&port),
                     SK_PL011_FRAMING | SK_PL011_BREAK | SK_PL011_OVERRUN);
    assert_int_equal(sk_pl011_interrupt(&port), 0);
}

static void what_came_damaged_before_a_key_is_told(void **state)
{
    (void)state;
    arrive("0123456^");
    model_arrive(0x200 | 'c');
    assert_int_equal(sk_pl011_interrupt(&port), SK_PL011_RECEIVED | SK_PL011_FULL);
    assert_true(sk_pl011_discard_to(&port, '^'));
    assert_int_equal(sk_pl011_interrupt(&port), SK_PL011_PARITY);
}

static void what_came_damaged_before_init_is_told(void **state)
{
    (void)state;
    for (unsigned line_control = 0; line_control <= 0x70; line_control += 0x70) {
        model_reset();
        model.line_control = line_control;
        model_arrive(0x100);
        assert_int_equal(init(sizeof(ring), 0, 0), SK_OK);
        assert_int_equal(sk_pl011_interrupt(&port), SK_PL011_FRAMING);
        assert_int_equal(sk_pl011_interrupt(&port), 0);
    }
}

static void what_came_before_init_is_kept(void **state)
{
    (void)state;
    model_reset();
    arrive("early");
    assert_int_equal(init(sizeof(ring), 0, 0), SK_OK);
    expect("early");
    assert_int_equal(model.line_writes, 0);

    model_reset();
    model.line_control = 0;
    model.busy = 3;
    arrive("x");
    assert_int_equal(init(sizeof(ring), 0, 0), SK_OK);
    expect("x");
    assert_int_equal(model.line_writes, 1);
    assert_int_equal(model.line_control, 0x70);
    assert_int_equal(model.control, 0x301);
}

static void sending_waits_for_the_port(void **state)
{
    (void)state;
    model.room = 4;
    assert_int_equal(sk_pl011_try_send(&port, "hello, world", 12), 4);
    assert_int_equal(sk_pl011_send(&port, "o, world", 8), SK_OK);
    assert_true(model.waits >= 8);
    assert_memory_equal(model.sent, "hello, world", 12);
    assert_int_equal(port.counts.sent, 12);
    model.busy = 5;
    assert_int_equal(sk_pl011_flush(&port), SK_OK);
    assert_int_equal(model.busy, 0);
}

static void a_stuck_port_is_given_up(void **state)
{
    const struct sk_pl011_options options = {ring, sizeof(ring), 0, 0, .patience = 100};

    (void)state;
    assert_int_equal(sk_pl011_init(&port, &model.page, &options), SK_OK);
    assert_int_equal(sk_pl011_send(&port, "ab", 2), SK_OK);
    model.is_stuck = true;
    model.flags_reads = 0;
    assert_int_equal(sk_pl011_send(&port, "xyz", 3), SK_ERR_TIMED_OUT);
    assert_int_equal(model.flags_reads, 101);
    assert_int_equal(sk_pl011_send(&port, "xyz", 3), SK_ERR_TIMED_OUT);
    assert_int_equal(sk_pl011_flush(&port), SK_ERR_TIMED_OUT);
    assert_int_equal(model.flags_reads, 103);
    assert_int_equal(port.counts.sent, 2);
    arrive("c"); /* it is not deaf */
    assert_int_equal(sk_pl011_interrupt(&port), SK_PL011_RECEIVED);
    expect("c");

    model.is_stuck = false;
    assert_int_equal(sk_pl011_send(&port, "c", 1), SK_OK);
    assert_memory_equal(model.sent, "abc", 3);
    model.is_stuck = true;
    model.flags_reads = 0;
    assert_int_equal(sk_pl011_flush(&port), SK_ERR_TIMED_OUT);
    assert_int_equal(model.flags_reads, 101);
}

static void a_stuck_port_is_given_up_without_being_told_when(void **state)
{
    (void)state;
    model.is_stuck = true;
    model.flags_reads = 0;
    assert_int_equal(sk_pl011_flush(&port), SK_ERR_TIMED_OUT);
    assert_int_equal(model.flags_reads, (1 << 24) + 1);
}

static void a_stuck_port_can_be_set_up_anew(void **state)
{
    (void)state;
    model.is_stuck = true;
    assert_int_equal(init(sizeof(ring), 1600, 100), SK_OK);
    assert_int_equal(model.integer_divisor, 1);
    model.is_stuck = false;
    assert_int_equal(sk_pl011_send(&port, "a", 1), SK_OK);
}

static void noise_does_not_hold_the_driver(void **state)
{
    (void)state;
    model.is_noisy = true;
    model_arrive(0x100);
    assert_int_equal(sk_pl011_interrupt(&port), SK_PL011_FRAMING);
    assert_in_range(port.counts.framing_errors, 1, 1000);
    assert_true(model_interrupts());
    model.is_noisy = false;
    arrive("a");
    assert_int_equal(sk_pl011_interrupt(&port), SK_PL011_FRAMING | SK_PL011_RECEIVED);
    expect("a");
}

static void a_baud_rate_becomes_a_divisor(void **state)
{
    (void)state;
    assert_int_equal(init(sizeof(ring), 24000000, 115200), SK_OK);
    assert_int_equal(model.integer_divisor, 13);
    assert_int_equal(model.fractional_divisor, 1);
    assert_int_equal(init(sizeof(ring), 1600, 100), SK_OK);
    assert_int_equal(model.integer_divisor, 1);
    assert_int_equal(model.fractional_divisor, 0);
}

static void what_cannot_be_is_refused_before_anything_is_done(void **state)
{
    unsigned line_writes = model.line_writes;

    (void)state;
    model.mask = 0x123;
    assert_int_equal(init(0, 0, 0), SK_ERR_INVALID_ARGUMENT);
    assert_int_equal(init(6, 0, 0), SK_ERR_INVALID_ARGUMENT);
    assert_int_equal(init(sizeof(ring), 1600, 115200), SK_ERR_RANGE);
    assert_int_equal(init(sizeof(ring), UINT32_MAX, 1), SK_ERR_RANGE);
    for (unsigned i = 0; i < 3; i++) {
        model.id[i] ^= 1;
        assert_int_equal(init(sizeof(ring), 0, 0), SK_ERR_INVALID_ARGUMENT);
        model.id[i] ^= 1;
    }
    assert_int_equal(model.mask, 0x123);
    assert_int_equal(model.line_writes, line_writes);
}

static void after_fini_there_are_no_interrupts(void **state)
{
    (void)state;
    arrive("a");
    sk_pl011_fini(&port);
    assert_false(model_interrupts());
    arrive("b");
    assert_false(model_interrupts());
}

static void after_fini_what_is_in_the_ring_can_be_taken(void **state)
{
    (void)state;
    arrive("0123456789ABCDEF");
    assert_int_equal(sk_pl011_interrupt(&port), SK_PL011_RECEIVED | SK_PL011_FULL);
    sk_pl011_fini(&port);
    expect("01234567");
    expect("");
    assert_int_equal(model.mask, 0);
    assert_int_equal(model.fifo_count, 8); /* for others */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(what_arrives_is_received, set_up),
        cmocka_unit_test_setup(the_ring_goes_round, set_up),
        cmocka_unit_test_setup(nothing_is_lost_while_the_ring_is_full, set_up),
        cmocka_unit_test_setup(a_key_discards_what_came_before_it, set_up),
        cmocka_unit_test_setup(what_came_damaged_is_dropped_and_counted, set_up),
        cmocka_unit_test_setup(an_overrun_is_reported_with_the_byte_behind_it, set_up),
        cmocka_unit_test_setup(what_came_damaged_while_the_ring_was_full_is_told, set_up),
        cmocka_unit_test_setup(what_came_damaged_before_a_key_is_told, set_up),
        cmocka_unit_test_setup(what_came_damaged_before_init_is_told, set_up),
        cmocka_unit_test_setup(what_came_before_init_is_kept, set_up),
        cmocka_unit_test_setup(sending_waits_for_the_port, set_up),
        cmocka_unit_test_setup(a_stuck_port_is_given_up, set_up),
        cmocka_unit_test_setup(a_stuck_port_is_given_up_without_being_told_when, set_up),
        cmocka_unit_test_setup(a_stuck_port_can_be_set_up_anew, set_up),
        cmocka_unit_test_setup(noise_does_not_hold_the_driver, set_up),
        cmocka_unit_test_setup(a_baud_rate_becomes_a_divisor, set_up),
        cmocka_unit_test_setup(what_cannot_be_is_refused_before_anything_is_done, set_up),
        cmocka_unit_test_setup(after_fini_there_are_no_interrupts, set_up),
        cmocka_unit_test_setup(after_fini_what_is_in_the_ring_can_be_taken, set_up),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
