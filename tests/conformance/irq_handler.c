/*
 * Methods of interrupt handlers, and how interrupts are delivered.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "irq_help.h"

#define SOME_IRQ 100

static seL4_SlotPos handler_make(void)
{
    seL4_SlotPos handler = slot();

    OK(handler_get(SOME_IRQ, handler));
    return handler;
}

TEST(irq_handler_set_notification, accepts_a_notification, "seL4_IRQHandler_SetNotification")
{
    OK(seL4_IRQHandler_SetNotification(handler_make(), make(seL4_NotificationObject)));
}

TEST(irq_handler_set_notification, accepts_another_in_its_place,
     "seL4_IRQHandler_SetNotification")
{
    seL4_SlotPos handler = handler_make();

    OK(seL4_IRQHandler_SetNotification(handler, make(seL4_NotificationObject)));
    OK(seL4_IRQHandler_SetNotification(handler, make(seL4_NotificationObject)));
}

TEST(irq_handler_set_notification, refuses_an_endpoint, "seL4_IRQHandler_SetNotification")
{
    REFUSED_WITH(seL4_IRQHandler_SetNotification(handler_make(), make(seL4_EndpointObject)),
                 seL4_InvalidCapability, 0);
}

TEST(irq_handler_set_notification, refuses_an_empty_slot, "seL4_IRQHandler_SetNotification")
{
    REFUSED_WITH(seL4_IRQHandler_SetNotification(handler_make(), slot()),
                 seL4_InvalidCapability, 0);
}

TEST(irq_handler_set_notification, refuses_a_notification_that_cannot_be_signalled,
     "seL4_IRQHandler_SetNotification")
{
    seL4_CPtr reader = copy_with_rights(make(seL4_NotificationObject), seL4_CanRead);

    REFUSED_WITH(seL4_IRQHandler_SetNotification(handler_make(), reader),
                 seL4_InvalidCapability, 0);
}

TEST(irq_handler_set_notification, refuses_a_message_without_notification, "Truncated Message")
{
    REFUSED(invoke(handler_make(), IRQSetIRQHandler, 0, 0), seL4_TruncatedMessage);
}

TEST(irq_handler_set_notification, is_illegal_for_irq_control, "Illegal Operation")
{
    REFUSED(seL4_IRQHandler_SetNotification(IRQ_CONTROL, make(seL4_NotificationObject)),
            seL4_IllegalOperation);
}

TEST(irq_handler_set_notification, refuses_an_empty_slot_as_service, "Invalid Capability")
{
    REFUSED_WITH(seL4_IRQHandler_SetNotification(slot(), make(seL4_NotificationObject)),
                 seL4_InvalidCapability, 0);
}

TEST(irq_handler_ack, accepts_an_interrupt_that_never_came, "seL4_IRQHandler_Ack")
{
    OK(seL4_IRQHandler_Ack(handler_make()));
}

TEST(irq_handler_ack, refuses_an_empty_slot, "Invalid Capability")
{
    REFUSED_WITH(seL4_IRQHandler_Ack(slot()), seL4_InvalidCapability, 0);
}

TEST(irq_handler_clear, accepts_a_handler_without_notification, "seL4_IRQHandler_Clear")
{
    OK(seL4_IRQHandler_Clear(handler_make()));
}

TEST(irq_handler_clear, is_illegal_for_irq_control, "Illegal Operation")
{
    REFUSED(seL4_IRQHandler_Clear(IRQ_CONTROL), seL4_IllegalOperation);
}

TEST(irq_handler_clear, refuses_an_empty_slot, "Invalid Capability")
{
    REFUSED_WITH(seL4_IRQHandler_Clear(slot()), seL4_InvalidCapability, 0);
}

TEST(irq_handler, has_no_other_methods, "Illegal Operation")
{
    REFUSED(invoke(handler_make(), IRQIssueIRQHandler, 0, 0), seL4_IllegalOperation);
}

TEST(irq_handler, can_be_copied, "Capability Derivation Tree")
{
    OK(seL4_IRQHandler_Ack(copy_of(handler_make())));
}

TEST(irq_handler, stays_while_a_copy_does, "Capability Derivation Tree")
{
    seL4_SlotPos handler = handler_make();

    copy_of(handler);
    OK(seL4_CNode_Delete(AT(handler)));
    REFUSED(handler_get(SOME_IRQ, slot()), seL4_RevokeFirst);
}

/* --- delivery -------------------------------------------------------------------------- */

TEST(interrupt, signals_the_notification_with_its_badge, "Interrupt Delivery")
{
    struct alarm alarm;

    alarm_init(&alarm);
    CHECK_EQ(alarm_heard(&alarm), 0);
    alarm_ring_once(&alarm);
}

TEST(interrupt, comes_when_the_timer_says, "Interrupt Delivery")
{
    struct alarm alarm;
    uint64_t start = counter_read();

    alarm_init(&alarm);
    cntp_compare_write(start + us_to_ticks(3000));
    cntp_control_write(CNTP_ENABLE);
    seL4_Wait(alarm.notification, NULL);
    uint64_t ticks = counter_read() - start;
    alarm_silence();
    CHECK(ticks >= us_to_ticks(3000) && ticks < us_to_ticks(3100));
}

TEST(interrupt, preempts_a_thread_of_lower_priority, "Interrupt Delivery")
{
    struct alarm alarm;
    struct trace trace = {0};
    struct actor actor = {.trace = &trace, .letter = 'a'};

    alarm_init(&alarm);
    actor.notification = alarm.notification;
    thread_run(act_on_signals, &actor, TEST_PRIORITY + 1);
    CHECK_TRACE(&trace, "");
    alarm_ring();
    CHECK_TRACE(&trace, "a");
}

TEST(interrupt, does_not_come_again_before_an_ack, "Interrupt Delivery")
{
    struct alarm alarm;

    alarm_init(&alarm);
    alarm_ring_once(&alarm);
    alarm_silence();
    alarm_ring();
    CHECK_EQ(alarm_heard(&alarm), 0);
}

TEST(interrupt, comes_again_after_an_ack, "Interrupt Delivery")
{
    struct alarm alarm;

    alarm_init(&alarm);
    alarm_ring_once(&alarm);
    alarm_silence();
    OK(seL4_IRQHandler_Ack(alarm.handler));
    CHECK_EQ(alarm_heard(&alarm), 0);
    alarm_ring_once(&alarm);
}

TEST(interrupt, that_is_pending_comes_with_the_ack, "Interrupt Delivery")
{
    struct alarm alarm;

    alarm_init(&alarm);
    alarm_ring_once(&alarm);
    OK(seL4_IRQHandler_Ack(alarm.handler));
    CHECK_EQ(alarm_heard(&alarm), ALARM_BADGE);
}

TEST(interrupt, that_is_withdrawn_before_the_ack_does_not_come, "Interrupt Delivery")
{
    struct alarm alarm;

    alarm_init(&alarm);
    alarm_ring_once(&alarm);
    alarm_silence();
    OK(seL4_IRQHandler_Ack(alarm.handler));
    spin_us(10);
    CHECK_EQ(alarm_heard(&alarm), 0);
}

TEST(interrupt, is_not_heard_after_a_clear, "seL4_IRQHandler_Clear")
{
    struct alarm alarm;

    alarm_init(&alarm);
    OK(seL4_IRQHandler_Clear(alarm.handler));
    alarm_ring();
    CHECK_EQ(alarm_heard(&alarm), 0);
}

TEST(interrupt, is_heard_by_the_notification_set_last, "seL4_IRQHandler_SetNotification")
{
    struct alarm alarm;

    alarm_init(&alarm);
    seL4_CPtr last = make(seL4_NotificationObject);
    OK(seL4_IRQHandler_SetNotification(alarm.handler, badged(last, 7)));
    alarm_ring();
    CHECK_EQ(alarm_heard(&alarm), 0);
    alarm.notification = last;
    CHECK_EQ(alarm_heard(&alarm), 7);
}

TEST(interrupt, is_heard_after_the_given_capability_is_deleted,
     "seL4_IRQHandler_SetNotification")
{
    struct alarm alarm;

    alarm_init(&alarm);
    seL4_CPtr given = badged(alarm.notification, 7);
    OK(seL4_IRQHandler_SetNotification(alarm.handler, given));
    OK(seL4_CNode_Delete(AT(given)));
    alarm_ring();
    CHECK_EQ(alarm_heard(&alarm), 7);
}

TEST(interrupt, is_not_heard_after_the_notification_is_revoked, "Deletion and Revocation")
{
    struct alarm alarm;

    alarm_init(&alarm);
    OK(seL4_CNode_Revoke(AT(alarm.notification)));
    alarm_ring();
    CHECK_EQ(alarm_heard(&alarm), 0);
}

TEST(interrupt, is_not_heard_after_the_handler_is_deleted, "Deletion and Revocation")
{
    struct alarm alarm;

    alarm_init(&alarm);
    OK(seL4_CNode_Delete(AT(alarm.handler)));
    alarm_ring();
    CHECK_EQ(alarm_heard(&alarm), 0);
}

TEST(interrupt, can_be_acknowledged_through_a_copy, "seL4_IRQHandler_Ack")
{
    struct alarm alarm;

    alarm_init(&alarm);
    alarm_ring_once(&alarm);
    OK(seL4_IRQHandler_Ack(copy_of(alarm.handler)));
    CHECK_EQ(alarm_heard(&alarm), ALARM_BADGE);
}

TEST(interrupt, is_delivered_through_a_bound_notification, "Binding Notifications")
{
    struct alarm alarm;
    seL4_Word badge = 0;

    alarm_init(&alarm);
    OK(seL4_TCB_BindNotification(MY_TCB, alarm.notification));
    alarm_ring();
    seL4_NBRecv(make(seL4_EndpointObject), &badge, make(seL4_ReplyObject));
    CHECK_EQ(badge, ALARM_BADGE);
}

TEST(interrupt, needs_no_notification_to_be_masked, "Interrupt Delivery")
{
    struct alarm alarm;

    alarm_init(&alarm);
    OK(seL4_IRQHandler_Clear(alarm.handler));
    alarm_ring();
    OK(seL4_IRQHandler_SetNotification(alarm.handler, badged(alarm.notification, 7)));
    spin_us(10);
    CHECK_EQ(alarm_heard(&alarm), 0);
    OK(seL4_IRQHandler_Ack(alarm.handler));
    CHECK_EQ(alarm_heard(&alarm), 7);
}
