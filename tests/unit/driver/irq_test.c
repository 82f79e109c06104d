/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/driver/irq.h>

#include <selkie/cap/irq_control.h>
#include <selkie/cap/notification.h>

#include "check.h"
#include "host_kernel.h"
#include "store.h"

/* An interrupt that software raises. */
enum { NUMBER = 1, BADGE = 0x50 };

static struct host_kernel kernel;
static struct store store;
static sk_notification notification;
static seL4_CPtr raiser;
static const sk_irq_control control = {seL4_CapIRQControl};

static int set_up(void **state)
{
    (void)state;
    kernel = host_kernel_boot();
    store = store_open(&kernel);
    notification = (sk_notification){host_kernel_make(&kernel, seL4_NotificationObject, 0)};
    raiser = kernel.next_slot++;
    return sk_irq_control_issue_sgi_signal(
               control, NUMBER, 0, sk_slot_at((sk_cnode){kernel.cnode}, raiser)) == SK_OK
               ? 0
               : -1;
}

static sk_err open_irq(seL4_Word number, sk_irq *ret_irq)
{
    return sk_irq_open(&store.source, control, number, notification, BADGE, ret_irq);
}

static void an_interrupt_signals_its_badge_until_it_is_dropped(void **state)
{
    sk_irq irq;

    (void)state;
    assert_int_equal(open_irq(NUMBER, &irq), SK_OK);
    assert_int_equal(sk_notification_poll(notification), 0);
    for (int n = 0; n < 3; n++) {
        seL4_Signal(raiser);
        assert_int_equal(sk_notification_poll(notification), BADGE);
        assert_int_equal(sk_irq_ack(&irq), SK_OK);
    }
    sk_irq_drop(&irq);
    sk_irq_drop(&irq);
    assert_int_equal(store.slots_out, 0);
    seL4_Signal(raiser);
    assert_int_equal(sk_notification_poll(notification), 0);
    assert_int_equal(open_irq(NUMBER, &irq), SK_OK);
    sk_irq_drop(&irq);
}

static void an_interrupt_has_one_handler(void **state)
{
    sk_irq irq;
    sk_irq second;

    (void)state;
    assert_int_equal(open_irq(NUMBER, &irq), SK_OK);
    assert_int_equal(open_irq(NUMBER, &second), SK_ERR_REVOKE_FIRST);
    assert_int_equal(store.slots_out, 2);
    sk_irq_drop(&irq);
}

static void what_is_not_there_is_refused_and_nothing_is_kept(void **state)
{
    sk_irq irq;

    (void)state;
    assert_int_equal(open_irq(100000, &irq), SK_ERR_RANGE);
    store.fail_at = store.requests + 1;
    assert_int_equal(open_irq(NUMBER, &irq), SK_ERR_NO_SLOT);
    assert_int_equal(sk_irq_open(&store.source, (sk_irq_control){seL4_CapNull}, NUMBER,
                                 notification, BADGE, &irq),
                     SK_ERR_INVALID_CAPABILITY);
    assert_int_equal(sk_irq_open(&store.source, control, NUMBER,
                                 (sk_notification){kernel.next_slot + 50}, BADGE, &irq),
                     SK_ERR_FAILED_LOOKUP);
    assert_int_equal(
        sk_irq_open(&store.source, control, NUMBER, (sk_notification){kernel.tcb}, BADGE, &irq),
        SK_ERR_INVALID_CAPABILITY);
    assert_int_equal(store.slots_out, 0);
    assert_int_equal(open_irq(NUMBER, &irq), SK_OK);
    sk_irq_drop(&irq);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(an_interrupt_signals_its_badge_until_it_is_dropped, set_up),
        cmocka_unit_test_setup(an_interrupt_has_one_handler, set_up),
        cmocka_unit_test_setup(what_is_not_there_is_refused_and_nothing_is_kept, set_up),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
