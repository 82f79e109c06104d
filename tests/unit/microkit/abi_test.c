/*
 * Microkit's numbers as they are, and ours beside them without meeting.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include <selkie/microkit/abi.h>

static void microkits_numbers_are_microkits(void **state)
{
    (void)state;
    assert_int_equal(SK_MICROKIT_SLOT_INPUT, 1);
    assert_int_equal(SK_MICROKIT_SLOT_REPLY, 4);
    assert_int_equal(SK_MICROKIT_SLOT_MONITOR, 5);
    assert_int_equal(SK_MICROKIT_SLOT_TCB, 6);
    for (uint32_t id = 0; id < SK_MICROKIT_PLAIN_CHANNELS; id++) {
        assert_int_equal(sk_microkit_slot_notify(id), 10 + id);
        assert_int_equal(sk_microkit_slot_call(id), 74 + id);
        assert_int_equal(sk_microkit_badge_signal(id), UINT64_C(1) << id);
    }
    assert_int_equal(SK_MICROKIT_SLOT_IRQ, 138);
    assert_int_equal(SK_MICROKIT_SLOT_CHILD, 202);
    assert_int_equal(SK_MICROKIT_SLOT_VM_TCB, 266);
    assert_int_equal(SK_MICROKIT_SLOT_VCPU, 330);
    assert_int_equal(SK_MICROKIT_SLOT_IOPORT, 394);
    assert_int_equal(SK_MICROKIT_BADGE_CALL, UINT64_C(0x8000000000000000));
    assert_int_equal(SK_MICROKIT_BADGE_FAULT, UINT64_C(0x4000000000000000));
}

static unsigned char used[4096];

static void use(uint32_t slot)
{
    assert_in_range(slot, 1, sizeof(used) - 1);
    assert_int_equal(used[slot], 0);
    used[slot] = 1;
}

static void no_two_things_share_a_slot(void **state)
{
    (void)state;
    memset(used, 0, sizeof(used));
    for (uint32_t slot = SK_MICROKIT_SLOT_INPUT; slot <= SK_MICROKIT_SLOT_SMC; slot++) {
        use(slot);
    }
    use(SK_MICROKIT_SLOT_STOP_VSPACE);
    use(SK_MICROKIT_SLOT_STOP_FAULT);
    for (uint32_t n = 0; n < SK_MICROKIT_PLAIN_CHANNELS; n++) {
        use(SK_MICROKIT_SLOT_IRQ + n);
        use(SK_MICROKIT_SLOT_CHILD + n);
        use(SK_MICROKIT_SLOT_VM_TCB + n);
        use(SK_MICROKIT_SLOT_VCPU + n);
        use(SK_MICROKIT_SLOT_IOPORT + n);
    }
    for (uint32_t group = 0; group < SK_MICROKIT_CHANNEL_WORDS; group++) {
        use(SK_MICROKIT_SLOT_GROUP + group);
    }
    for (uint32_t id = 0; id < SK_MICROKIT_CHANNELS; id++) {
        use(sk_microkit_slot_notify(id));
        use(sk_microkit_slot_wake(id));
        use(sk_microkit_slot_call(id));
    }
}

/* A child has what virtual processors and ports have, which have not its id; and a fault
 * endpoint, where neither a channel of that id nor an interrupt has anything. */
static void children_share_slots_with_nobody(void **state)
{
    (void)state;
    assert_int_equal(SK_MICROKIT_SLOT_CHILD_VSPACE, SK_MICROKIT_SLOT_VM_TCB);
    assert_int_equal(SK_MICROKIT_SLOT_CHILD_TIME, SK_MICROKIT_SLOT_VCPU);
    assert_int_equal(SK_MICROKIT_SLOT_CHILD_CSPACE, SK_MICROKIT_SLOT_IOPORT);
    for (uint32_t id = 0; id < SK_MICROKIT_PLAIN_CHANNELS; id++) {
        assert_int_equal(sk_microkit_slot_child_fault(id, 0), SK_MICROKIT_SLOT_IRQ + id);
        assert_int_equal(sk_microkit_slot_child_fault(id, 1), sk_microkit_slot_call(id));
    }
}

/* Whatever signals come together, the two highest bits say the same. */
static void signals_are_told_from_calls_and_faults(void **state)
{
    uint64_t all = 0;

    (void)state;
    for (uint32_t id = 0; id < SK_MICROKIT_PLAIN_CHANNELS; id++) {
        all |= sk_microkit_badge_signal(id);
    }
    assert_int_equal(all & SK_MICROKIT_BADGE_KIND, 0);
    assert_int_equal((all | SK_MICROKIT_BADGE_WAKE) & SK_MICROKIT_BADGE_KIND,
                     SK_MICROKIT_BADGE_WAKE);
    assert_int_equal((SK_MICROKIT_BADGE_CALL | (SK_MICROKIT_CHANNELS - 1)) &
                         SK_MICROKIT_BADGE_KIND,
                     SK_MICROKIT_BADGE_CALL);
    assert_int_equal((SK_MICROKIT_BADGE_FAULT | 63) & SK_MICROKIT_BADGE_KIND,
                     SK_MICROKIT_BADGE_FAULT);
}

/* Composers write these by offset. */
static void structures_have_the_sizes_of_the_text(void **state)
{
    (void)state;
    assert_int_equal(sizeof(struct sk_microkit_extension), 408);
    assert_int_equal(offsetof(struct sk_microkit_extension, notifications), 8);
    assert_int_equal(offsetof(struct sk_microkit_extension, wakes), 136);
    assert_int_equal(offsetof(struct sk_microkit_extension, calls), 264);
    assert_int_equal(sizeof(struct sk_microkit_restore), 128);
    assert_int_equal(sizeof(struct sk_monitor_header), 32);
    assert_int_equal(sizeof(struct sk_monitor_domain), 144);
    assert_int_equal(sizeof(struct sk_monitor_symbol), 16);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(microkits_numbers_are_microkits),
        cmocka_unit_test(no_two_things_share_a_slot),
        cmocka_unit_test(children_share_slots_with_nobody),
        cmocka_unit_test(signals_are_told_from_calls_and_faults),
        cmocka_unit_test(structures_have_the_sizes_of_the_text),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
