/*
 * seL4_IRQControl_Get, seL4_IRQControl_GetTrigger, seL4_IRQControl_IssueSGISignal.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "irq_help.h"

#define SOME_IRQ  100
#define TIMER_IRQ 27 /* the kernel's */

TEST(irq_control_get, makes_a_handler, "seL4_IRQControl_Get")
{
    seL4_SlotPos handler = slot();

    OK(handler_get(SOME_IRQ, handler));
    OK(seL4_IRQHandler_Ack(handler));
}

TEST(irq_control_get, refuses_a_second_handler, "seL4_IRQControl_Get")
{
    OK(handler_get(SOME_IRQ, slot()));
    REFUSED(handler_get(SOME_IRQ, slot()), seL4_RevokeFirst);
}

TEST(irq_control_get, makes_another_after_the_first_is_deleted, "seL4_IRQControl_Get")
{
    seL4_SlotPos handler = slot();

    OK(handler_get(SOME_IRQ, handler));
    OK(seL4_CNode_Delete(AT(handler)));
    OK(handler_get(SOME_IRQ, slot()));
}

TEST(irq_control_get, refuses_the_kernels_own_interrupt, "seL4_IRQControl_Get")
{
    REFUSED(handler_get(TIMER_IRQ, slot()), seL4_RevokeFirst);
}

/* What the board file says of the kernel's interrupts: build.mk has read it. */
static bool is_kernels(seL4_Word irq)
{
    static const seL4_Word of_kernel[] = {BOARD_KERNEL_IRQS};

    for (size_t i = 0; i < sizeof(of_kernel) / sizeof(of_kernel[0]); i++) {
        if (of_kernel[i] == irq) {
            return true;
        }
    }
    return false;
}

TEST(irq_control_get, gives_all_numbers_of_the_board_but_its_own, "seL4_IRQControl_Get")
{
    seL4_SlotPos to = slot();

    for (seL4_Word irq = 0; irq < BOARD_IRQ_COUNT; irq++) {
        seL4_Error error = handler_get(irq, to);

        if (error != (is_kernels(irq) ? seL4_RevokeFirst : seL4_NoError)) {
            fail(__FILE__, __LINE__, "interrupt %lu: error %u", irq, error);
        }
        if (error == seL4_NoError) {
            OK(seL4_CNode_Delete(AT(to)));
        }
    }
}

TEST(irq_control_get, refuses_the_number_after_the_boards_last, "seL4_IRQControl_Get")
{
    REFUSED_WITH(handler_get(BOARD_IRQ_COUNT, slot()), seL4_RangeError, 0, BOARD_IRQ_COUNT - 1);
}

TEST(irq_control_get, refuses_an_interrupt_that_does_not_exist, "seL4_IRQControl_Get")
{
    REFUSED(handler_get(1020, slot()), seL4_RangeError);
}

TEST(irq_control_get, refuses_the_largest_number, "seL4_IRQControl_Get")
{
    REFUSED(handler_get(~0ul, slot()), seL4_RangeError);
}

TEST(irq_control_get, refuses_an_occupied_slot, "seL4_IRQControl_Get")
{
    REFUSED(handler_get(SOME_IRQ, MY_TCB), seL4_DeleteFirst);
}

TEST(irq_control_get, refuses_a_root_that_is_no_cnode, "seL4_IRQControl_Get")
{
    REFUSED_WITH(seL4_IRQControl_Get(IRQ_CONTROL, SOME_IRQ, MY_TCB, slot(), 64),
                 seL4_FailedLookup, 0, seL4_InvalidRoot);
}

TEST(irq_control_get, refuses_a_depth_of_0, "seL4_IRQControl_Get")
{
    REFUSED_WITH(seL4_IRQControl_Get(IRQ_CONTROL, SOME_IRQ, MY_CNODE, slot(), 0),
                 seL4_RangeError, 1, 64);
}

TEST(irq_control_get, refuses_a_message_without_root, "Truncated Message")
{
    REFUSED(invoke(IRQ_CONTROL, IRQIssueIRQHandler, 0, 3), seL4_TruncatedMessage);
}

TEST(irq_control_get, refuses_a_short_message, "Truncated Message")
{
    seL4_SetCap(0, MY_CNODE);
    REFUSED(invoke(IRQ_CONTROL, IRQIssueIRQHandler, 1, 2), seL4_TruncatedMessage);
}

TEST(irq_control_get, refuses_an_empty_slot_as_service, "Invalid Capability")
{
    REFUSED_WITH(seL4_IRQControl_Get(slot(), SOME_IRQ, AT(slot())), seL4_InvalidCapability, 0);
}

TEST(irq_control, has_no_other_methods, "Illegal Operation")
{
    REFUSED(invoke(IRQ_CONTROL, IRQAckIRQ, 0, 0), seL4_IllegalOperation);
}

TEST(irq_control, takes_all_handlers_back_when_revoked, "Capability Derivation Tree")
{
    seL4_SlotPos handler = slot();

    OK(handler_get(SOME_IRQ, handler));
    OK(seL4_CNode_Revoke(AT(IRQ_CONTROL)));
    CHECK(is_empty(handler));
}

TEST(irq_control, cannot_be_copied, "Capability Derivation Tree")
{
    REFUSED(seL4_CNode_Copy(AT(slot()), AT(IRQ_CONTROL), seL4_AllRights),
            seL4_IllegalOperation);
}

TEST(irq_control_get_trigger, makes_an_edge_triggered_handler, "seL4_IRQControl_GetTrigger")
{
    OK(seL4_IRQControl_GetTrigger(IRQ_CONTROL, SOME_IRQ, EDGE, AT(slot())));
}

TEST(irq_control_get_trigger, makes_a_level_triggered_handler, "seL4_IRQControl_GetTrigger")
{
    OK(seL4_IRQControl_GetTrigger(IRQ_CONTROL, SOME_IRQ, LEVEL, AT(slot())));
}

TEST(irq_control_get_trigger, refuses_a_second_handler, "seL4_IRQControl_GetTrigger")
{
    OK(handler_get(SOME_IRQ, slot()));
    REFUSED(seL4_IRQControl_GetTrigger(IRQ_CONTROL, SOME_IRQ, EDGE, AT(slot())),
            seL4_RevokeFirst);
}

TEST(irq_control_get_trigger, refuses_an_interrupt_that_does_not_exist,
     "seL4_IRQControl_GetTrigger")
{
    REFUSED(seL4_IRQControl_GetTrigger(IRQ_CONTROL, 1020, EDGE, AT(slot())), seL4_RangeError);
}

TEST(irq_control_get_trigger, refuses_an_occupied_slot, "seL4_IRQControl_GetTrigger")
{
    REFUSED(seL4_IRQControl_GetTrigger(IRQ_CONTROL, SOME_IRQ, EDGE, AT(MY_TCB)),
            seL4_DeleteFirst);
}

TEST(irq_control_get_trigger, refuses_a_root_that_is_no_cnode, "seL4_IRQControl_GetTrigger")
{
    REFUSED_WITH(seL4_IRQControl_GetTrigger(IRQ_CONTROL, SOME_IRQ, EDGE, MY_TCB, slot(), 64),
                 seL4_FailedLookup, 0, seL4_InvalidRoot);
}

TEST(irq_control_get_trigger, refuses_a_depth_of_0, "seL4_IRQControl_GetTrigger")
{
    REFUSED_WITH(seL4_IRQControl_GetTrigger(IRQ_CONTROL, SOME_IRQ, EDGE, MY_CNODE, slot(), 0),
                 seL4_RangeError, 1, 64);
}

TEST(irq_control_get_trigger, refuses_a_short_message, "Truncated Message")
{
    seL4_SetCap(0, MY_CNODE);
    REFUSED(invoke(IRQ_CONTROL, ARMIRQIssueIRQHandlerTrigger, 1, 3), seL4_TruncatedMessage);
}

TEST(irq_control_get_trigger, refuses_a_message_without_root, "Truncated Message")
{
    REFUSED(invoke(IRQ_CONTROL, ARMIRQIssueIRQHandlerTrigger, 0, 4), seL4_TruncatedMessage);
}

TEST(irq_control_get_trigger, is_illegal_for_a_thread, "Illegal Operation")
{
    REFUSED(seL4_IRQControl_GetTrigger(MY_TCB, SOME_IRQ, EDGE, AT(slot())),
            seL4_IllegalOperation);
}

TEST(irq_control_get_trigger, refuses_an_empty_slot_as_service, "Invalid Capability")
{
    REFUSED_WITH(seL4_IRQControl_GetTrigger(slot(), SOME_IRQ, EDGE, AT(slot())),
                 seL4_InvalidCapability, 0);
}

/* --- software generated interrupts ----------------------------------------------------- */

#define SGI 5

static seL4_Error sgi_get(seL4_Word irq, seL4_Word target, seL4_SlotPos to)
{
    return seL4_IRQControl_IssueSGISignal(IRQ_CONTROL, irq, target, AT(to));
}

/* A capability that raises SGI, a handler of it, and the notification that it signals. */
struct sgi {
    seL4_SlotPos raiser;
    seL4_SlotPos handler;
    seL4_CPtr notification;
};

static void sgi_init(struct sgi *sgi)
{
    *sgi = (struct sgi){slot(), slot(), make(seL4_NotificationObject)};
    OK(handler_get(SGI, sgi->handler));
    OK(seL4_IRQHandler_SetNotification(sgi->handler, badged(sgi->notification, 3)));
    OK(sgi_get(SGI, 0, sgi->raiser));
}

TEST(irq_control_issue_sgi_signal, makes_a_capability_that_interrupts,
     "seL4_IRQControl_IssueSGISignal")
{
    struct sgi sgi;

    sgi_init(&sgi);
    CHECK_EQ(signal_through(sgi.raiser, sgi.notification), 3);
}

TEST(irq_control_issue_sgi_signal, makes_a_capability_that_can_be_sent_to,
     "seL4_IRQControl_IssueSGISignal")
{
    struct sgi sgi;
    seL4_Word badge = 0;

    sgi_init(&sgi);
    seL4_Send(sgi.raiser, seL4_MessageInfo_new(0, 0, 0, 0));
    seL4_Poll(sgi.notification, &badge);
    CHECK_EQ(badge, 3);
}

TEST(irq_control_issue_sgi_signal, makes_as_many_capabilities_as_wanted,
     "seL4_IRQControl_IssueSGISignal")
{
    OK(sgi_get(SGI, 0, slot()));
    OK(sgi_get(SGI, 0, slot()));
}

TEST(irq_control_issue_sgi_signal, makes_a_capability_that_can_be_copied,
     "seL4_IRQControl_IssueSGISignal")
{
    struct sgi sgi;

    sgi_init(&sgi);
    CHECK_EQ(signal_through(copy_of(sgi.raiser), sgi.notification), 3);
}

TEST(irq_control_issue_sgi_signal, interrupts_again_after_an_ack,
     "seL4_IRQControl_IssueSGISignal")
{
    struct sgi sgi;

    sgi_init(&sgi);
    CHECK_EQ(signal_through(sgi.raiser, sgi.notification), 3);
    OK(seL4_IRQHandler_Ack(sgi.handler));
    CHECK_EQ(signal_through(sgi.raiser, sgi.notification), 3);
}

TEST(irq_control_issue_sgi_signal, refuses_an_interrupt_above_15,
     "seL4_IRQControl_IssueSGISignal")
{
    REFUSED_WITH(sgi_get(16, 0, slot()), seL4_RangeError, 0, 15);
}

TEST(irq_control_issue_sgi_signal, refuses_a_target_above_7, "seL4_IRQControl_IssueSGISignal")
{
    REFUSED(sgi_get(SGI, 8, slot()), seL4_InvalidArgument);
}

TEST(irq_control_issue_sgi_signal, accepts_a_target_that_does_not_exist,
     "seL4_IRQControl_IssueSGISignal")
{
    OK(sgi_get(SGI, 7, slot()));
}

TEST(irq_control_issue_sgi_signal, refuses_an_occupied_slot, "seL4_IRQControl_IssueSGISignal")
{
    REFUSED(sgi_get(SGI, 0, MY_TCB), seL4_DeleteFirst);
}

TEST(irq_control_issue_sgi_signal, refuses_a_root_that_is_no_cnode,
     "seL4_IRQControl_IssueSGISignal")
{
    REFUSED_WITH(seL4_IRQControl_IssueSGISignal(IRQ_CONTROL, SGI, 0, MY_TCB, slot(), 64),
                 seL4_FailedLookup, 0, seL4_InvalidRoot);
}

TEST(irq_control_issue_sgi_signal, refuses_a_short_message, "Truncated Message")
{
    seL4_SetCap(0, MY_CNODE);
    REFUSED(invoke(IRQ_CONTROL, ARMIRQIssueSGISignal, 1, 3), seL4_TruncatedMessage);
}

TEST(irq_control_issue_sgi_signal, is_illegal_for_a_thread, "Illegal Operation")
{
    REFUSED(seL4_IRQControl_IssueSGISignal(MY_TCB, SGI, 0, AT(slot())), seL4_IllegalOperation);
}

TEST(irq_control_issue_sgi_signal, refuses_an_empty_slot_as_service, "Invalid Capability")
{
    REFUSED_WITH(seL4_IRQControl_IssueSGISignal(slot(), SGI, 0, AT(slot())),
                 seL4_InvalidCapability, 0);
}
