/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/arch/driver/timer.h>
#include <selkie/microkit/abi.h>

#include "keeper.h"

/* As the description has it. */
enum { CHANNEL_TIMER = 7, USER_SLOT_IRQ = 6 };

#define BADGE 9

/* It comes before anybody waits, and stays until the timer is told to be quiet. */
static void fire(void)
{
    sk_arch_timer_compare(sk_arch_timer_count());
    sk_arch_timer_set_control(SK_ARCH_TIMER_ENABLE);
    while ((sk_arch_timer_control() & SK_ARCH_TIMER_DUE) == 0) {
    }
}

/* What comes of it at that notification. */
static seL4_Word badge_at(seL4_CPtr notification)
{
    seL4_Word badge = 0;

    seL4_Poll(notification, &badge);
    return badge;
}

static void be_quiet(seL4_CPtr irq)
{
    sk_arch_timer_set_control(0);
    check(seL4_IRQHandler_Ack(irq) == seL4_NoError, "acknowledging an interrupt");
}

/* A notification, and a capability to signal it with a badge. */
static seL4_CPtr make_notification(struct spare *spare)
{
    seL4_CPtr made = spare->slot;

    check(seL4_Untyped_Retype(spare->untyped, seL4_NotificationObject, 0,
                              SK_MICROKIT_SLOT_CNODE, 0, 0, made, 1) == seL4_NoError,
          "making a notification");
    check(seL4_CNode_Mint(SK_MICROKIT_SLOT_CNODE, made + 1, seL4_WordBits,
                          SK_MICROKIT_SLOT_CNODE, made, seL4_WordBits, seL4_CanWrite,
                          BADGE) == seL4_NoError,
          "giving it a badge");
    spare->slot += 2;
    return made;
}

void use_interrupt(struct spare *spare)
{
    seL4_CPtr irq = microkit_cspace_root_slot_to_cptr(USER_SLOT_IRQ);
    seL4_CPtr notification = make_notification(spare);

    fire();
    check(badge_at(INPUT_CAP) == 1ul << CHANNEL_TIMER, "where the interrupt goes at first");
    be_quiet(irq);

    check(seL4_IRQHandler_SetNotification(irq, notification + 1) == seL4_NoError,
          "giving the interrupt another notification");
    fire();
    check(badge_at(notification) == BADGE && badge_at(INPUT_CAP) == 0,
          "where the interrupt goes then");
    be_quiet(irq);

    check(seL4_IRQHandler_Clear(irq) == seL4_NoError, "taking it away");
    fire();
    check(badge_at(notification) == 0 && badge_at(INPUT_CAP) == 0, "that it goes nowhere");
    be_quiet(irq);
}
