/* SPDX-License-Identifier: BSD-2-Clause */
#include "irq_help.h"

#include <selkie/config.h>

seL4_Error handler_get(seL4_Word irq, seL4_SlotPos to)
{
    return seL4_IRQControl_Get(IRQ_CONTROL, irq, AT(to));
}

void alarm_init_trigger(struct alarm *alarm, seL4_Word trigger)
{
    if (!SK_CFG_EXPORT_PCNT_USER || !SK_CFG_EXPORT_PTMR_USER) {
        skip("the kernel does not export CNTP");
    }
    alarm_silence();
    alarm->handler = slot();
    alarm->notification = make(seL4_NotificationObject);
    OK(seL4_IRQControl_GetTrigger(IRQ_CONTROL, CNTP_IRQ, trigger, AT(alarm->handler)));
    OK(seL4_IRQHandler_SetNotification(alarm->handler,
                                       badged(alarm->notification, ALARM_BADGE)));
}

void alarm_init(struct alarm *alarm)
{
    alarm_init_trigger(alarm, LEVEL);
    OK(seL4_CNode_Delete(AT(alarm->handler)));
    OK(handler_get(CNTP_IRQ, alarm->handler));
    OK(seL4_IRQHandler_SetNotification(alarm->handler,
                                       badged(alarm->notification, ALARM_BADGE)));
}

void alarm_ring(void)
{
    cntp_compare_write(counter_read());
    cntp_control_write(CNTP_ENABLE);
    spin_us(10);
}

void alarm_silence(void)
{
    cntp_control_write(0);
}

seL4_Word alarm_heard(const struct alarm *alarm)
{
    seL4_Word badge = 0;

    seL4_Poll(alarm->notification, &badge);
    return badge;
}

void alarm_ring_once(const struct alarm *alarm)
{
    alarm_ring();
    CHECK_EQ(alarm_heard(alarm), ALARM_BADGE);
}
