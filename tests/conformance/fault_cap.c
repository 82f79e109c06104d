/*
 * Capability faults, in the send phase and in the receive phase.
 *
 * In both, a lookup fails in one of four ways; yet an empty slot is no failure of a lookup.
 * Receiving from it is a fault with a missing capability; sending to it is not a fault.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "ipc_help.h"

/* The test's CSpace does not resolve it: its guard is of zeros. */
#define BEYOND ((seL4_CPtr)1 << 40)

/* Message words of a cap fault, by the lookup failure at their end. */
#define LENGTH_OF_INVALID_ROOT   4
#define LENGTH_OF_MISSING        5
#define LENGTH_OF_DEPTH_MISMATCH 6
#define LENGTH_OF_GUARD_MISMATCH 7

enum phase { IN_SEND, IN_RECEIVE };

struct scene {
    struct peer peer;
    seL4_CPtr handler;
    seL4_CPtr reply;
};

/* A peer to send to cap, or to receive from it, with a handler of the test's. */
static void prepare(struct scene *scene, enum phase phase, seL4_CPtr cap)
{
    scene->peer = receiver(cap);
    scene->handler = make(seL4_EndpointObject);
    scene->reply = make(seL4_ReplyObject);
    if (phase == IN_SEND) {
        prepare_send(&scene->peer);
    } else {
        prepare_recv(&scene->peer);
    }
    set_handler(scene->peer.thread, badged(scene->handler, 9));
}

/* Start it, and take its fault, which must have this start. */
static void fault(struct scene *scene, enum phase phase, seL4_CPtr cap, seL4_Word length,
                  seL4_Word failure)
{
    thread_start(scene->peer.thread);
    take_fault(scene->handler, scene->reply, seL4_Fault_CapFault, length);
    CHECK_EQ(seL4_GetMR(seL4_CapFault_Addr), cap);
    CHECK_EQ(seL4_GetMR(seL4_CapFault_InRecvPhase), phase == IN_RECEIVE);
    CHECK_EQ(seL4_GetMR(seL4_CapFault_LookupFailureType), failure);
}

static void move_to_cspace(struct scene *scene, seL4_CPtr cnode, seL4_Word data)
{
    OK(seL4_TCB_SetSpace(scene->peer.thread->tcb, badged(scene->handler, 9), cnode, data,
                         MY_VSPACE, 0));
}

static void fault_of_invalid_root(enum phase phase)
{
    seL4_CPtr cnode = make_cnode(4);
    struct scene scene;

    prepare(&scene, phase, 5);
    move_to_cspace(&scene, cnode, 0);
    OK(seL4_CNode_Revoke(AT(cnode)));
    fault(&scene, phase, 5, LENGTH_OF_INVALID_ROOT, seL4_InvalidRoot);
}

static void fault_of_guard_mismatch(enum phase phase)
{
    struct scene scene;

    prepare(&scene, phase, 7);
    move_to_cspace(&scene, make_cnode(4), guard_word(5, 40));
    fault(&scene, phase, 7, LENGTH_OF_GUARD_MISMATCH, seL4_GuardMismatch);
    CHECK_EQ(seL4_GetMR(seL4_CapFault_BitsLeft), 64);
    CHECK_EQ(seL4_GetMR(seL4_CapFault_GuardMismatch_GuardFound), 5);
    CHECK_EQ(seL4_GetMR(seL4_CapFault_GuardMismatch_BitsFound), 40);
}

/* Below a CNode of 4 bits there are 60 bits left, of which another CNode takes levels. */
static seL4_CPtr two_levels(seL4_Word guard, seL4_Word guard_bits)
{
    seL4_CPtr top = make_cnode(4);

    OK(seL4_CNode_Copy(top, 0, 4, AT(with_guard(make_cnode(8), guard, guard_bits)),
                       seL4_AllRights));
    return top;
}

static void fault_of_depth_mismatch(enum phase phase)
{
    struct scene scene;

    prepare(&scene, phase, 7);
    move_to_cspace(&scene, two_levels(0, 54), 0);
    fault(&scene, phase, 7, LENGTH_OF_DEPTH_MISMATCH, seL4_DepthMismatch);
    CHECK_EQ(seL4_GetMR(seL4_CapFault_BitsLeft), 60);
    CHECK_EQ(seL4_GetMR(seL4_CapFault_DepthMismatch_BitsFound), 62);
}

static void fault_of_guard_mismatch_below(enum phase phase)
{
    struct scene scene;

    prepare(&scene, phase, 7);
    move_to_cspace(&scene, two_levels(3, 52), 0);
    fault(&scene, phase, 7, LENGTH_OF_GUARD_MISMATCH, seL4_GuardMismatch);
    CHECK_EQ(seL4_GetMR(seL4_CapFault_BitsLeft), 60);
    CHECK_EQ(seL4_GetMR(seL4_CapFault_GuardMismatch_GuardFound), 3);
    CHECK_EQ(seL4_GetMR(seL4_CapFault_GuardMismatch_BitsFound), 52);
}

TEST(cap_fault, in_send_phase_tells_of_an_invalid_root, "Invalid Root")
{
    fault_of_invalid_root(IN_SEND);
}

TEST(cap_fault, in_receive_phase_tells_of_an_invalid_root, "Invalid Root")
{
    fault_of_invalid_root(IN_RECEIVE);
}

TEST(cap_fault, in_send_phase_tells_of_a_guard_mismatch, "Guard Mismatch")
{
    fault_of_guard_mismatch(IN_SEND);
}

TEST(cap_fault, in_receive_phase_tells_of_a_guard_mismatch, "Guard Mismatch")
{
    fault_of_guard_mismatch(IN_RECEIVE);
}

TEST(cap_fault, in_send_phase_tells_of_a_guard_mismatch_at_the_second_level, "Guard Mismatch")
{
    fault_of_guard_mismatch_below(IN_SEND);
}

TEST(cap_fault, in_receive_phase_tells_of_a_guard_mismatch_at_the_second_level,
     "Guard Mismatch")
{
    fault_of_guard_mismatch_below(IN_RECEIVE);
}

TEST(cap_fault, in_send_phase_tells_of_a_depth_mismatch, "Depth Mismatch")
{
    fault_of_depth_mismatch(IN_SEND);
}

TEST(cap_fault, in_receive_phase_tells_of_a_depth_mismatch, "Depth Mismatch")
{
    fault_of_depth_mismatch(IN_RECEIVE);
}

TEST(cap_fault, in_receive_phase_tells_of_a_missing_capability, "Missing Capability")
{
    struct scene scene;
    seL4_SlotPos empty = slot();

    prepare(&scene, IN_RECEIVE, empty);
    fault(&scene, IN_RECEIVE, empty, LENGTH_OF_MISSING, seL4_MissingCapability);
    CHECK_EQ(seL4_GetMR(seL4_CapFault_BitsLeft), 0);
}

TEST(cap_fault, comes_of_receiving_from_another_object, "Capability Faults")
{
    struct scene scene;

    prepare(&scene, IN_RECEIVE, MY_TCB);
    fault(&scene, IN_RECEIVE, MY_TCB, LENGTH_OF_MISSING, seL4_MissingCapability);
}

TEST(cap_fault, comes_of_receiving_from_an_endpoint_without_the_read_right, "Capability Faults")
{
    seL4_CPtr writer = copy_with_rights(make(seL4_EndpointObject), seL4_CanWrite);
    struct scene scene;

    prepare(&scene, IN_RECEIVE, writer);
    fault(&scene, IN_RECEIVE, writer, LENGTH_OF_MISSING, seL4_MissingCapability);
}

TEST(cap_fault, comes_of_waiting_for_a_notification_without_the_read_right, "Capability Faults")
{
    seL4_CPtr writer = copy_with_rights(make(seL4_NotificationObject), seL4_CanWrite);
    struct scene scene;

    prepare(&scene, IN_RECEIVE, writer);
    fault(&scene, IN_RECEIVE, writer, LENGTH_OF_MISSING, seL4_MissingCapability);
}

TEST(cap_fault, comes_of_receiving_without_a_reply_object, "seL4_Recv")
{
    struct scene scene;

    prepare(&scene, IN_RECEIVE, make(seL4_EndpointObject));
    scene.peer.reply = slot();
    fault(&scene, IN_RECEIVE, scene.peer.reply, LENGTH_OF_MISSING, seL4_MissingCapability);
}

TEST(cap_fault, comes_of_receiving_with_another_object_for_reply, "seL4_Recv")
{
    struct scene scene;

    prepare(&scene, IN_RECEIVE, make(seL4_EndpointObject));
    scene.peer.reply = MY_TCB;
    fault(&scene, IN_RECEIVE, MY_TCB, LENGTH_OF_MISSING, seL4_MissingCapability);
}

TEST(cap_fault, comes_of_a_reply_object_that_cannot_be_looked_up, "seL4_Recv")
{
    struct scene scene;

    prepare(&scene, IN_RECEIVE, make(seL4_EndpointObject));
    scene.peer.reply = BEYOND;
    fault(&scene, IN_RECEIVE, BEYOND, LENGTH_OF_GUARD_MISMATCH, seL4_GuardMismatch);
}

TEST(cap_fault, names_the_extra_capability_that_cannot_be_looked_up, "Capability Faults")
{
    struct scene scene;

    prepare(&scene, IN_SEND, make(seL4_EndpointObject));
    scene.peer.caps[0] = MY_TCB;
    scene.peer.caps[1] = BEYOND;
    scene.peer.info = message_with_caps(2);
    fault(&scene, IN_SEND, BEYOND, LENGTH_OF_GUARD_MISMATCH, seL4_GuardMismatch);
}

TEST(cap_fault, of_an_extra_capability_keeps_the_message_back, "Errors")
{
    struct peer to = receiver(make(seL4_EndpointObject));
    struct scene scene;

    start_recv(&to);
    prepare(&scene, IN_SEND, to.cap);
    scene.peer.caps[0] = BEYOND;
    scene.peer.info = message_with_caps(1);
    fault(&scene, IN_SEND, BEYOND, LENGTH_OF_GUARD_MISMATCH, seL4_GuardMismatch);
    CHECK(!to.is_done);
}

TEST(cap_fault, comes_of_extra_capabilities_even_without_the_grant_right, "Errors")
{
    struct scene scene;

    prepare(&scene, IN_SEND, copy_with_rights(make(seL4_EndpointObject), seL4_CanWrite));
    scene.peer.caps[0] = BEYOND;
    scene.peer.info = message_with_caps(1);
    fault(&scene, IN_SEND, BEYOND, LENGTH_OF_GUARD_MISMATCH, seL4_GuardMismatch);
}

TEST(cap_fault, comes_of_calling_what_cannot_be_looked_up, "Capability Faults")
{
    seL4_CPtr handler = make(seL4_EndpointObject);
    struct peer from = peer(BEYOND, 77);

    prepare_call(&from);
    set_handler(from.thread, badged(handler, 9));
    thread_start(from.thread);
    take_fault(handler, make(seL4_ReplyObject), seL4_Fault_CapFault, LENGTH_OF_GUARD_MISMATCH);
    CHECK_EQ(seL4_GetMR(seL4_CapFault_Addr), BEYOND);
    CHECK_EQ(seL4_GetMR(seL4_CapFault_InRecvPhase), 0);
}

TEST(cap_fault, does_not_come_of_nbsend, "Capability Faults")
{
    seL4_CPtr handler = make(seL4_EndpointObject);
    struct peer from = peer(BEYOND, 77);

    prepare_nbsend(&from);
    set_handler(from.thread, badged(handler, 9));
    thread_start(from.thread);
    CHECK(from.is_done);
    CHECK_EQ(take(handler), 0);
}

TEST(cap_fault, comes_of_nbrecv, "Capability Faults")
{
    seL4_CPtr handler = make(seL4_EndpointObject);
    struct machine machine = machine_make(CODE(SVC, UNDEFINED));

    set_handler(machine.thread, badged(handler, 9));
    machine.registers.x7 = (seL4_Word)seL4_SysNBRecv;
    machine_start(&machine, MY_TCB);
    take_fault(handler, machine.reply, seL4_Fault_CapFault, LENGTH_OF_MISSING);
    CHECK_EQ(seL4_GetMR(seL4_CapFault_InRecvPhase), 1);
}

TEST(cap_fault, carries_the_address_of_the_system_call, "Capability Faults")
{
    struct machine machine = machine_make(CODE(NOP, SVC, UNDEFINED));

    machine.registers.x7 = (seL4_Word)seL4_SysWait;
    machine_start(&machine, MY_TCB);
    machine_fault(&machine, seL4_Fault_CapFault, LENGTH_OF_MISSING);
    CHECK_EQ(seL4_GetMR(seL4_CapFault_IP), PAGE_ADDRESS + 4);
}

TEST(cap_fault, makes_the_system_call_again_when_answered, "Capability Faults")
{
    struct scene scene;
    seL4_SlotPos to = slot();

    prepare(&scene, IN_RECEIVE, to);
    fault(&scene, IN_RECEIVE, to, LENGTH_OF_MISSING, seL4_MissingCapability);
    OK(seL4_CNode_Copy(AT(to), AT(make(seL4_EndpointObject)), seL4_AllRights));
    seL4_Send(scene.reply, message(0));
    CHECK(!scene.peer.is_done);
    seL4_SetMR(0, 77);
    seL4_Send(to, message(1));
    CHECK_EQ(scene.peer.words[0], 77);
}

TEST(cap_fault, is_restarted_whatever_the_label_of_the_answer, "Capability Faults")
{
    struct scene scene;
    seL4_SlotPos to = slot();

    prepare(&scene, IN_RECEIVE, to);
    fault(&scene, IN_RECEIVE, to, LENGTH_OF_MISSING, seL4_MissingCapability);
    seL4_Send(scene.reply, seL4_MessageInfo_new(1, 0, 0, 0));
    take_fault(scene.handler, scene.reply, seL4_Fault_CapFault, LENGTH_OF_MISSING);
}
