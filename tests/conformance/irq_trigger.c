/*
 * Edge and level: what seL4_IRQControl_GetTrigger says about the line of an interrupt. The
 * line is that of the timer CNTP, which is up from alarm_ring() to alarm_silence().
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "irq_help.h"

TEST(edge_triggered_interrupt, signals_the_notification, "seL4_IRQControl_GetTrigger")
{
    struct alarm alarm;

    alarm_init_trigger(&alarm, EDGE);
    CHECK_EQ(alarm_heard(&alarm), 0);
    alarm_ring_once(&alarm);
}

TEST(edge_triggered_interrupt, does_not_come_again_while_the_line_stays_up,
     "seL4_IRQControl_GetTrigger")
{
    struct alarm alarm;

    alarm_init_trigger(&alarm, EDGE);
    alarm_ring_once(&alarm);
    OK(seL4_IRQHandler_Ack(alarm.handler));
    spin_us(10);
    CHECK_EQ(alarm_heard(&alarm), 0);
}

TEST(edge_triggered_interrupt, comes_again_with_the_next_edge, "seL4_IRQControl_GetTrigger")
{
    struct alarm alarm;

    alarm_init_trigger(&alarm, EDGE);
    alarm_ring_once(&alarm);
    alarm_silence();
    OK(seL4_IRQHandler_Ack(alarm.handler));
    alarm_ring_once(&alarm);
}

TEST(edge_triggered_interrupt, is_masked_until_the_ack, "Interrupt Delivery")
{
    struct alarm alarm;

    alarm_init_trigger(&alarm, EDGE);
    alarm_ring_once(&alarm);
    alarm_silence();
    alarm_ring();
    CHECK_EQ(alarm_heard(&alarm), 0);
    OK(seL4_IRQHandler_Ack(alarm.handler));
    CHECK_EQ(alarm_heard(&alarm), ALARM_BADGE);
}

TEST(edge_triggered_interrupt, that_came_before_the_ack_is_remembered,
     "seL4_IRQControl_GetTrigger")
{
    struct alarm alarm;

    alarm_init_trigger(&alarm, EDGE);
    alarm_ring_once(&alarm);
    alarm_silence();
    alarm_ring();
    alarm_silence();
    OK(seL4_IRQHandler_Ack(alarm.handler));
    CHECK_EQ(alarm_heard(&alarm), ALARM_BADGE);
}

TEST(level_triggered_interrupt, comes_again_while_the_line_stays_up,
     "seL4_IRQControl_GetTrigger")
{
    struct alarm alarm;

    alarm_init_trigger(&alarm, LEVEL);
    alarm_ring_once(&alarm);
    OK(seL4_IRQHandler_Ack(alarm.handler));
    CHECK_EQ(alarm_heard(&alarm), ALARM_BADGE);
}

TEST(level_triggered_interrupt, is_masked_until_the_ack, "Interrupt Delivery")
{
    struct alarm alarm;

    alarm_init_trigger(&alarm, LEVEL);
    alarm_ring_once(&alarm);
    spin_us(10);
    CHECK_EQ(alarm_heard(&alarm), 0);
}

TEST(level_triggered_interrupt, that_ended_before_the_ack_is_forgotten,
     "seL4_IRQControl_GetTrigger")
{
    struct alarm alarm;

    alarm_init_trigger(&alarm, LEVEL);
    alarm_ring_once(&alarm);
    alarm_silence();
    alarm_ring();
    alarm_silence();
    OK(seL4_IRQHandler_Ack(alarm.handler));
    spin_us(10);
    CHECK_EQ(alarm_heard(&alarm), 0);
}
