/*
 * System calls of two halves, seL4_ReplyRecv, seL4_NBSendRecv and seL4_NBSendWait, and
 * seL4_Yield.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "ipc_help.h"

/* --- seL4_ReplyRecv -------------------------------------------------------------------- */

TEST(reply_recv, answers_the_caller, "seL4_ReplyRecv")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    struct peer from = peer(badged(endpoint, 5), 0);
    struct peer server = receiver(endpoint);

    start_call(&from);
    take_call(endpoint, server.reply);
    server.words[0] = 88;
    server.info = message(1);
    start_reply_recv(&server);
    CHECK_EQ(from.words[0], 88);
    CHECK(!server.is_done);
}

TEST(reply_recv, then_takes_the_next_message, "seL4_ReplyRecv")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    seL4_CPtr reply = make(seL4_ReplyObject);
    struct peer first = peer(badged(endpoint, 5), 0);
    struct peer second = peer(badged(endpoint, 6), 77);
    seL4_Word badge = 0;

    start_call(&first);
    start_call(&second);
    take_call(endpoint, reply);
    seL4_ReplyRecv(endpoint, message(0), &badge, reply);
    CHECK(first.is_done);
    CHECK_EQ(badge, 6);
    CHECK_EQ(seL4_GetMR(0), 77);
}

TEST(reply_recv, uses_the_reply_object_again, "seL4_ReplyRecv")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    seL4_CPtr reply = make(seL4_ReplyObject);
    struct peer first = peer(badged(endpoint, 5), 0);
    struct peer second = peer(badged(endpoint, 6), 0);

    start_call(&first);
    start_call(&second);
    take_call(endpoint, reply);
    seL4_ReplyRecv(endpoint, message(0), NULL, reply);
    CHECK(!second.is_done);
    answer(reply, 99);
    CHECK_EQ(second.words[0], 99);
}

TEST(reply_recv, receives_when_nobody_is_to_be_answered, "seL4_ReplyRecv")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    struct peer server = receiver(endpoint);

    start_reply_recv(&server);
    CHECK(!server.is_done);
    seL4_Send(badged(endpoint, 5), message(0));
    CHECK_EQ(server.badge, 5);
}

TEST(reply_recv, can_wait_for_a_notification, "seL4_ReplyRecv")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    seL4_CPtr notification = make(seL4_NotificationObject);
    seL4_CPtr reply = make(seL4_ReplyObject);
    struct peer from = peer(badged(endpoint, 5), 0);
    seL4_Word badge = 0;

    start_call(&from);
    take_call(endpoint, reply);
    seL4_Signal(badged(notification, 6));
    seL4_ReplyRecv(notification, message(0), &badge, reply);
    CHECK(from.is_done);
    CHECK_EQ(badge, 6);
}

TEST(reply_recv, sends_to_an_endpoint_given_as_the_reply, "seL4_ReplyRecv")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    seL4_CPtr notification = make(seL4_NotificationObject);
    struct peer to = receiver(endpoint);

    start_recv(&to);
    seL4_Signal(badged(notification, 7));
    seL4_SetMR(0, 88);
    seL4_ReplyRecv(notification, message(1), NULL, badged(endpoint, 5));
    CHECK_EQ(to.badge, 5);
    CHECK_EQ(to.words[0], 88);
}

TEST(reply_recv, signals_a_notification_given_as_the_reply, "seL4_ReplyRecv")
{
    seL4_CPtr notification = make(seL4_NotificationObject);
    seL4_Word badge = 0;

    seL4_ReplyRecv(notification, message(0), &badge, badged(notification, 5));
    CHECK_EQ(badge, 5);
}

TEST(reply_recv, answers_nobody_if_a_capability_to_send_is_not_there, "seL4_ReplyRecv")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    seL4_CPtr notification = make(seL4_NotificationObject);
    seL4_CPtr reply = make(seL4_ReplyObject);
    struct peer from = peer(badged(endpoint, 5), 0);

    start_call(&from);
    take_call(endpoint, reply);
    seL4_Signal(notification);
    seL4_SetCap(0, ~(seL4_CPtr)0);
    seL4_ReplyRecv(notification, message_with_caps(1), NULL, reply);
    CHECK(!from.is_done);
}

TEST(reply_recv, answers_even_if_it_cannot_receive, "seL4_ReplyRecv")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    seL4_CPtr handler = make(seL4_EndpointObject);
    struct peer from = peer(badged(endpoint, 5), 0);
    struct machine machine = machine_make(CODE(SVC));

    start_call(&from);
    take_call(endpoint, machine.reply);
    set_handler(machine.thread, badged(handler, 9));
    machine.registers.x1 = message(0).words[0];
    machine.registers.x6 = machine.reply;
    machine.registers.x7 = (seL4_Word)seL4_SysReplyRecv;
    machine_start(&machine, MY_TCB);
    CHECK(from.is_done);
    take_fault(handler, make(seL4_ReplyObject), seL4_Fault_CapFault, 5);
    CHECK_EQ(seL4_GetMR(seL4_CapFault_InRecvPhase), 1);
}

/* --- seL4_NBSendRecv ------------------------------------------------------------------- */

TEST(nbsend_recv, sends_to_a_waiting_receiver, "seL4_NBSendRecv")
{
    seL4_CPtr to_endpoint = make(seL4_EndpointObject);
    struct peer to = receiver(to_endpoint);
    struct peer self = receiver(make(seL4_EndpointObject));

    start_recv(&to);
    self.other = badged(to_endpoint, 5);
    self.words[0] = 77;
    self.info = message(1);
    start_nbsend_recv(&self);
    CHECK_EQ(to.badge, 5);
    CHECK_EQ(to.words[0], 77);
    CHECK(!self.is_done);
}

TEST(nbsend_recv, then_receives, "seL4_NBSendRecv")
{
    struct peer self = receiver(make(seL4_EndpointObject));

    self.other = make(seL4_EndpointObject);
    start_nbsend_recv(&self);
    seL4_SetMR(0, 88);
    seL4_Send(badged(self.cap, 6), message(1));
    CHECK_EQ(self.badge, 6);
    CHECK_EQ(self.words[0], 88);
}

TEST(nbsend_recv, drops_the_message_when_nobody_waits, "seL4_NBSendRecv")
{
    seL4_CPtr to_endpoint = make(seL4_EndpointObject);
    struct peer self = receiver(make(seL4_EndpointObject));

    self.other = badged(to_endpoint, 5);
    start_nbsend_recv(&self);
    CHECK_EQ(take(to_endpoint), 0);
}

TEST(nbsend_recv, receives_when_there_is_nothing_to_send_to, "seL4_NBSendRecv")
{
    struct peer self = receiver(make(seL4_EndpointObject));

    self.other = slot();
    start_nbsend_recv(&self);
    CHECK(!self.is_done);
    seL4_Send(badged(self.cap, 6), message(0));
    CHECK_EQ(self.badge, 6);
}

TEST(nbsend_recv, answers_through_a_reply_object, "seL4_NBSendRecv")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    seL4_CPtr reply = make(seL4_ReplyObject);
    struct peer from = peer(badged(endpoint, 5), 0);
    struct peer self = receiver(endpoint);

    start_call(&from);
    take_call(endpoint, reply);
    self.other = reply;
    self.words[0] = 88;
    self.info = message(1);
    start_nbsend_recv(&self);
    CHECK_EQ(from.words[0], 88);
}

TEST(nbsend_recv, takes_calls_with_its_reply_object, "seL4_NBSendRecv")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    struct peer from = peer(badged(endpoint, 5), 0);
    struct peer self = receiver(endpoint);

    self.other = make(seL4_NotificationObject);
    start_nbsend_recv(&self);
    start_call(&from);
    CHECK(self.is_done);
    answer(self.reply, 88);
    CHECK_EQ(from.words[0], 88);
}

TEST(nbsend_recv, is_a_cap_fault_when_nothing_is_there_to_receive_from, "Capability Faults")
{
    seL4_CPtr notification = make(seL4_NotificationObject);
    struct machine machine = machine_make(CODE(SVC));

    machine.registers.x1 = message(0).words[0];
    machine.registers.x6 = make(seL4_ReplyObject);
    machine.registers.x7 = (seL4_Word)seL4_SysNBSendRecv;
    machine.registers.x8 = badged(notification, 5);
    machine_start(&machine, MY_TCB);
    machine_fault(&machine, seL4_Fault_CapFault, 5);
    CHECK_EQ(seL4_GetMR(seL4_CapFault_Addr), MY_TCB);
    CHECK_EQ(seL4_GetMR(seL4_CapFault_InRecvPhase), 1);
    CHECK_EQ(take(notification), 5);
}

/* --- seL4_NBSendWait ------------------------------------------------------------------- */

TEST(nbsend_wait, sends_to_a_waiting_receiver, "seL4_NBSendWait")
{
    seL4_CPtr to_endpoint = make(seL4_EndpointObject);
    struct peer to = receiver(to_endpoint);
    struct peer self = peer(make(seL4_EndpointObject), 77);

    start_recv(&to);
    self.other = badged(to_endpoint, 5);
    start_nbsend_wait(&self);
    CHECK_EQ(to.badge, 5);
    CHECK_EQ(to.words[0], 77);
    CHECK(!self.is_done);
}

TEST(nbsend_wait, signals_a_notification, "seL4_NBSendWait")
{
    seL4_CPtr notification = make(seL4_NotificationObject);
    struct peer self = peer(make(seL4_NotificationObject), 0);

    self.other = badged(notification, 5);
    start_nbsend_wait(&self);
    CHECK_EQ(take(notification), 5);
}

TEST(nbsend_wait, then_waits_for_a_notification, "seL4_NBSendWait")
{
    seL4_CPtr notification = make(seL4_NotificationObject);
    struct peer self = peer(notification, 0);

    self.other = make(seL4_NotificationObject);
    start_nbsend_wait(&self);
    CHECK(!self.is_done);
    seL4_Signal(badged(notification, 6));
    CHECK_EQ(self.badge, 6);
}

TEST(nbsend_wait, then_waits_for_a_message, "seL4_NBSendWait")
{
    struct peer self = peer(make(seL4_EndpointObject), 0);

    self.other = make(seL4_NotificationObject);
    start_nbsend_wait(&self);
    seL4_SetMR(0, 88);
    seL4_Send(badged(self.cap, 6), message(1));
    CHECK_EQ(self.badge, 6);
    CHECK_EQ(self.words[0], 88);
}

TEST(nbsend_wait, takes_what_it_sends_itself, "seL4_NBSendWait")
{
    seL4_CPtr notification = make(seL4_NotificationObject);
    seL4_Word badge = 0;

    seL4_NBSendWait(badged(notification, 5), message(0), notification, &badge);
    CHECK_EQ(badge, 5);
}

TEST(nbsend_wait, drops_the_message_when_nobody_waits, "seL4_NBSendWait")
{
    seL4_CPtr to_endpoint = make(seL4_EndpointObject);
    struct peer self = peer(make(seL4_NotificationObject), 0);

    self.other = badged(to_endpoint, 5);
    start_nbsend_wait(&self);
    CHECK_EQ(take(to_endpoint), 0);
}

/* --- the first half ------------------------------------------------------------------- */

/* An invocation; its first words, and its only capability. */
struct by_half {
    seL4_CPtr service;
    seL4_Word label;
    seL4_Word words[6];
    seL4_Word length;
    seL4_CPtr cap;
};

static void set_message(const struct by_half *i)
{
    for (seL4_Word n = 0; n < i->length; n++) {
        seL4_SetMR((int)n, i->words[n]);
    }
    seL4_SetCap(0, i->cap);
}

/* Make it by each system call that also receives. There is a signal to receive. */
static void invoke_by_half(const struct by_half *i)
{
    seL4_CPtr signal = badged(make(seL4_NotificationObject), 1);
    seL4_CPtr reply = make(seL4_ReplyObject);
    seL4_MessageInfo_t info = seL4_MessageInfo_new(i->label, 0, i->cap != 0, i->length);

    seL4_Signal(signal);
    set_message(i);
    seL4_NBSendRecv(i->service, info, signal, NULL, reply);
    seL4_Signal(signal);
    set_message(i);
    seL4_NBSendWait(i->service, info, signal, NULL);
    seL4_Signal(signal);
    set_message(i);
    seL4_ReplyRecv(signal, info, NULL, i->service);
}

static void set_flag(void *arg)
{
    *(volatile bool *)arg = true;
}

TEST(first_half, invokes_an_untyped, "seL4_NBSendRecv")
{
    seL4_SlotPos to = slot();
    struct by_half i = {
        UNTYPED, UntypedRetype, {seL4_EndpointObject, 0, 0, 0, to, 1}, 6, MY_CNODE};

    invoke_by_half(&i);
    CHECK(!is_empty(to));
}

TEST(first_half, invokes_no_cnode, "seL4_NBSendRecv")
{
    seL4_CPtr cap = make(seL4_EndpointObject);
    struct by_half i = {MY_CNODE, CNodeDelete, {cap, seL4_WordBits}, 2, 0};

    invoke_by_half(&i);
    CHECK(!is_empty(cap));
}

TEST(first_half, invokes_no_thread, "seL4_NBSendRecv")
{
    seL4_CPtr tcb = make(seL4_TCBObject), notification = make(seL4_NotificationObject);
    struct by_half i = {tcb, TCBBindNotification, {0}, 0, notification};

    invoke_by_half(&i);
    OK(seL4_TCB_BindNotification(tcb, notification));
}

TEST(first_half, invokes_no_scheduling_context, "seL4_NBSendRecv")
{
    seL4_CPtr context = make_sized(seL4_SchedContextObject, seL4_MinSchedContextBits);
    seL4_CPtr tcb = make(seL4_TCBObject);
    struct by_half i = {context, SchedContextBind, {0}, 0, tcb};

    invoke_by_half(&i);
    OK(seL4_SchedContext_Bind(context, tcb));
}

TEST(first_half, invokes_no_sched_control, "seL4_NBSendRecv")
{
    seL4_CPtr context = make_sized(seL4_SchedContextObject, seL4_MinSchedContextBits);
    struct by_half i = {SCHED_CONTROL, SchedControlConfigureFlags, {5000, 5000}, 5, context};
    volatile bool is_set = false;
    struct thread *thread = thread_make(set_flag, (void *)&is_set, TEST_PRIORITY);

    invoke_by_half(&i);
    OK(seL4_SchedContext_Unbind(thread->context));
    OK(seL4_SchedContext_Bind(context, thread->tcb));
    thread_start(thread);
    settle();
    CHECK(!is_set); /* it has no time */
}

/* --- seL4_Yield ------------------------------------------------------------------------ */

TEST(yield, lets_others_of_the_same_priority_run, "seL4_Yield")
{
    volatile bool is_set = false;

    thread_run(set_flag, (void *)&is_set, TEST_PRIORITY);
    CHECK(!is_set);
    seL4_Yield();
    CHECK(is_set);
}

TEST(yield, does_not_let_those_of_lower_priority_run, "seL4_Yield")
{
    volatile bool is_set = false;

    thread_run(set_flag, (void *)&is_set, TEST_PRIORITY - 1);
    seL4_Yield();
    CHECK(!is_set);
}

TEST(yield, gives_up_the_rest_of_a_limited_budget, "seL4_Yield")
{
    volatile bool is_set = false;

    thread_run(set_flag, (void *)&is_set, TEST_PRIORITY - 1);
    OK(seL4_SchedControl_ConfigureFlags(SCHED_CONTROL, MY_CONTEXT, 1000, 10000, 0, 0,
                                        seL4_SchedContext_NoFlag));
    seL4_Yield();
    CHECK(is_set);
}
