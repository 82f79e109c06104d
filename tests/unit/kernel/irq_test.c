/*
 * Interrupts that software raises.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "play.h"

#define IRQ_CONTROL  4ull
#define NOTIFICATION 1000ull
#define BADGED       1001ull
#define HANDLER      1002ull
#define SIGNAL       1003ull

static struct played issue(struct kernel *k, uint64_t irq, uint64_t target, uint64_t slot)
{
    return play_call(k, IRQ_CONTROL,
                     (struct message){.label = ARMIRQIssueSGISignal,
                                      .length = 4,
                                      .words = {irq, target, slot, 64},
                                      .cap_count = 1,
                                      .caps = {ROOT_CNODE}});
}

/* Interrupt 1 signals a notification with badge 5. */
static void handle(struct kernel *k)
{
    play_make(k, seL4_NotificationObject, 0, NOTIFICATION);
    assert_int_equal(play_copy(k, NOTIFICATION, BADGED, 15, 5), seL4_NoError);
    assert_int_equal(play_call(k, IRQ_CONTROL,
                               (struct message){.label = IRQIssueIRQHandler,
                                                .length = 3,
                                                .words = {1, HANDLER, 64},
                                                .cap_count = 1,
                                                .caps = {ROOT_CNODE}})
                         .label,
                     seL4_NoError);
    assert_int_equal(
        play_call(k, HANDLER,
                  (struct message){.label = IRQSetIRQHandler, .cap_count = 1, .caps = {BADGED}})
            .label,
        seL4_NoError);
}

static void a_signal_raises_its_interrupt(void **state)
{
    struct kernel *k = *state;
    const struct notification *n;

    handle(k);
    assert_int_equal(issue(k, 1, 0, SIGNAL).label, seL4_NoError);
    play_send(k, SIGNAL, (struct message){0});
    sk_host_advance(k, 0);
    n = cap_object(play_slot(k, NOTIFICATION)->cap);
    assert_int_equal(n->word, 5);
}

static void other_processors_are_not_our_business(void **state)
{
    struct kernel *k = *state;
    const struct notification *n;

    handle(k);
    assert_int_equal(issue(k, 1, 7, SIGNAL).label, seL4_NoError);
    play_send(k, SIGNAL, (struct message){0});
    sk_host_advance(k, 0);
    n = cap_object(play_slot(k, NOTIFICATION)->cap);
    assert_int_equal(n->is_set, 0);
}

static void calling_it_is_answered(void **state)
{
    struct kernel *k = *state;
    struct played p;

    assert_int_equal(issue(k, 1, 0, SIGNAL).label, seL4_NoError);
    p = play_call(k, SIGNAL, (struct message){.label = 99, .length = 1, .words = {123}});
    assert_int_equal(p.label, 0);
    assert_int_equal(p.length, 0);
    assert_int_equal(play_word(k, 0), 123);
}

static void bad_arguments_are_named(void **state)
{
    struct kernel *k = *state;

    assert_int_equal(issue(k, 16, 8, SIGNAL).label, seL4_RangeError);
    assert_int_equal(play_word(k, 1), 15);
    assert_int_equal(issue(k, 15, 8, SIGNAL).label, seL4_InvalidArgument);
    assert_int_equal(play_word(k, 0), 1);
    assert_int_equal(issue(k, 0, 0, ROOT_TCB).label, seL4_DeleteFirst);
    assert_int_equal(
        play_call(k, IRQ_CONTROL, (struct message){.label = ARMIRQIssueSGISignal, .length = 4})
            .label,
        seL4_TruncatedMessage);
}

static void revoking_the_control_takes_the_signals(void **state)
{
    struct kernel *k = *state;

    assert_int_equal(issue(k, 1, 0, SIGNAL).label, seL4_NoError);
    assert_int_equal(issue(k, 1, 0, SIGNAL + 1).label, seL4_NoError);
    assert_int_equal(play_copy(k, SIGNAL, SIGNAL + 2, 0, 0), seL4_NoError);
    assert_int_equal(
        play_call(
            k, ROOT_CNODE,
            (struct message){.label = CNodeRevoke, .length = 2, .words = {IRQ_CONTROL, 64}})
            .label,
        seL4_NoError);
    for (unsigned n = 0; n < 3; n++) {
        assert_true(cap_is_null(play_slot(k, SIGNAL + n)->cap));
    }
}

#define WITH_KERNEL(test) cmocka_unit_test_setup_teardown(test, play_open, play_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_KERNEL(a_signal_raises_its_interrupt),
        WITH_KERNEL(other_processors_are_not_our_business),
        WITH_KERNEL(calling_it_is_answered),
        WITH_KERNEL(bad_arguments_are_named),
        WITH_KERNEL(revoking_the_control_takes_the_signals),
    };

    return cmocka_run_group_tests_name("kernel/irq", tests, NULL, NULL);
}
