/*
 * Notifications bound to a thread.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "ipc_help.h"

static void bind(const struct thread *thread, seL4_CPtr notification)
{
    OK(seL4_TCB_BindNotification(thread->tcb, notification));
}

TEST(bound_notification, ends_a_receive_from_an_endpoint, "Binding Notifications")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    seL4_CPtr notification = make(seL4_NotificationObject);
    struct peer to = receiver(endpoint);

    start_recv(&to);
    bind(to.thread, notification);
    seL4_Signal(badged(notification, 5));
    CHECK(to.is_done);
    CHECK_EQ(to.badge, 5);
}

TEST(bound_notification, ends_a_wait_on_an_endpoint, "Binding Notifications")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    seL4_CPtr notification = make(seL4_NotificationObject);
    struct peer to = peer(endpoint, 0);

    start_wait(&to);
    bind(to.thread, notification);
    seL4_Signal(badged(notification, 5));
    CHECK_EQ(to.badge, 5);
}

TEST(bound_notification, frees_the_reply_object_of_the_receive_it_ends, "Binding Notifications")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    seL4_CPtr notification = make(seL4_NotificationObject);
    struct peer first = receiver(endpoint);
    struct peer second = receiver(endpoint);

    start_recv(&first);
    bind(first.thread, notification);
    seL4_Signal(badged(notification, 5));
    second.reply = first.reply;
    start_recv(&second);
    seL4_Send(endpoint, message(0));
    CHECK_EQ(first.badge, 5);
    CHECK(second.is_done);
}

TEST(bound_notification, takes_its_thread_out_of_the_endpoints_queue, "Binding Notifications")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    seL4_CPtr notification = make(seL4_NotificationObject);
    struct peer first = receiver(endpoint);
    struct peer second = receiver(endpoint);

    start_recv(&first);
    start_recv(&second);
    bind(first.thread, notification);
    seL4_Signal(badged(notification, 5));
    seL4_Send(badged(endpoint, 6), message(0));
    CHECK_EQ(first.badge, 5);
    CHECK_EQ(second.badge, 6);
}

TEST(bound_notification, leaves_the_queue_idle_when_its_thread_was_the_last,
     "Binding Notifications")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    seL4_CPtr notification = make(seL4_NotificationObject);
    struct peer to = receiver(endpoint);
    struct peer from = peer(badged(endpoint, 6), 0);

    start_recv(&to);
    bind(to.thread, notification);
    seL4_Signal(badged(notification, 5));
    start_send(&from);
    CHECK(!from.is_done);
    CHECK_EQ(take(endpoint), 6);
}

TEST(bound_notification, is_delivered_by_a_later_receive, "Binding Notifications")
{
    seL4_CPtr notification = make(seL4_NotificationObject);
    seL4_Word badge = 0;

    OK(seL4_TCB_BindNotification(MY_TCB, notification));
    seL4_Signal(badged(notification, 5));
    seL4_Recv(make(seL4_EndpointObject), &badge, make(seL4_ReplyObject));
    CHECK_EQ(badge, 5);
}

TEST(bound_notification, is_delivered_by_nbrecv, "Binding Notifications")
{
    seL4_CPtr notification = make(seL4_NotificationObject);
    seL4_Word badge = 0;

    OK(seL4_TCB_BindNotification(MY_TCB, notification));
    seL4_Signal(badged(notification, 5));
    seL4_NBRecv(make(seL4_EndpointObject), &badge, make(seL4_ReplyObject));
    CHECK_EQ(badge, 5);
}

TEST(bound_notification, is_delivered_once, "Binding Notifications")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    seL4_CPtr notification = make(seL4_NotificationObject);

    OK(seL4_TCB_BindNotification(MY_TCB, notification));
    seL4_Signal(badged(notification, 5));
    CHECK_EQ(take(endpoint), 5);
    CHECK_EQ(take(endpoint), 0);
}

TEST(bound_notification, comes_before_a_waiting_sender, "Binding Notifications")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    seL4_CPtr notification = make(seL4_NotificationObject);
    struct peer from = peer(badged(endpoint, 6), 0);

    start_send(&from);
    OK(seL4_TCB_BindNotification(MY_TCB, notification));
    seL4_Signal(badged(notification, 5));
    CHECK_EQ(take(endpoint), 5);
    CHECK_EQ(take(endpoint), 6);
}

TEST(bound_notification, can_be_waited_for_by_its_thread, "Binding Notifications")
{
    seL4_CPtr notification = make(seL4_NotificationObject);
    struct peer to = peer(notification, 0);

    prepare_wait(&to);
    bind(to.thread, notification);
    thread_start(to.thread);
    CHECK(!to.is_done);
    seL4_Signal(badged(notification, 5));
    CHECK_EQ(to.badge, 5);
}

TEST(bound_notification, does_not_end_a_send, "Binding Notifications")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    seL4_CPtr notification = make(seL4_NotificationObject);
    struct peer from = peer(badged(endpoint, 6), 0);

    start_send(&from);
    bind(from.thread, notification);
    seL4_Signal(badged(notification, 5));
    CHECK(!from.is_done);
    CHECK_EQ(take(endpoint), 6);
}

TEST(bound_notification, does_not_end_a_call, "Binding Notifications")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    seL4_CPtr notification = make(seL4_NotificationObject);
    seL4_CPtr reply = make(seL4_ReplyObject);
    struct peer from = peer(badged(endpoint, 6), 0);

    start_call(&from);
    take_call(endpoint, reply);
    bind(from.thread, notification);
    seL4_Signal(badged(notification, 5));
    CHECK(!from.is_done);
    answer(reply, 88);
    CHECK_EQ(from.words[0], 88);
}

TEST(bound_notification, does_not_end_a_wait_on_another, "Binding Notifications")
{
    seL4_CPtr notification = make(seL4_NotificationObject);
    seL4_CPtr other = make(seL4_NotificationObject);
    struct peer to = peer(other, 0);

    start_wait(&to);
    bind(to.thread, notification);
    seL4_Signal(badged(notification, 5));
    CHECK(!to.is_done);
    seL4_Signal(badged(other, 6));
    CHECK_EQ(to.badge, 6);
}

TEST(bound_notification, does_not_end_a_receive_after_unbinding, "Binding Notifications")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    seL4_CPtr notification = make(seL4_NotificationObject);
    struct peer to = receiver(endpoint);

    start_recv(&to);
    bind(to.thread, notification);
    OK(seL4_TCB_UnbindNotification(to.thread->tcb));
    seL4_Signal(badged(notification, 5));
    CHECK(!to.is_done);
    CHECK_EQ(take(notification), 5);
}

TEST(bound_notification, is_unbound_when_it_is_deleted, "Binding Notifications")
{
    seL4_CPtr notification = make(seL4_NotificationObject);

    OK(seL4_TCB_BindNotification(MY_TCB, notification));
    seL4_Signal(badged(notification, 5));
    OK(seL4_CNode_Revoke(AT(notification)));
    OK(seL4_CNode_Delete(AT(notification)));
    CHECK_EQ(take(make(seL4_EndpointObject)), 0);
    OK(seL4_TCB_BindNotification(MY_TCB, make(seL4_NotificationObject)));
}

TEST(bound_notification, is_unbound_when_its_thread_is_deleted, "Binding Notifications")
{
    seL4_CPtr notification = make(seL4_NotificationObject);
    seL4_CPtr tcb = make(seL4_TCBObject);

    OK(seL4_TCB_BindNotification(tcb, notification));
    OK(seL4_CNode_Delete(AT(tcb)));
    seL4_Signal(badged(notification, 5));
    CHECK_EQ(take(notification), 5);
    OK(seL4_TCB_BindNotification(MY_TCB, notification));
}

TEST(bound_notification, ends_a_receive_at_an_unbadged_signal, "Binding Notifications")
{
    seL4_CPtr notification = make(seL4_NotificationObject);
    struct peer to = receiver(make(seL4_EndpointObject));

    start_recv(&to);
    bind(to.thread, notification);
    seL4_Signal(notification);
    CHECK(to.is_done);
    CHECK_EQ(to.badge, 0);
}

TEST(bound_notification, is_polled_by_its_thread, "Binding Notifications")
{
    seL4_CPtr notification = make(seL4_NotificationObject);

    OK(seL4_TCB_BindNotification(MY_TCB, notification));
    CHECK_EQ(take(notification), 0);
    seL4_Signal(badged(notification, 5));
    CHECK_EQ(take(notification), 5);
}

TEST(bound_notification, is_delivered_before_a_reply_object_is_used, "Binding Notifications")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    seL4_CPtr notification = make(seL4_NotificationObject);
    seL4_CPtr reply = make(seL4_ReplyObject);
    struct peer from = peer(badged(endpoint, 6), 0);
    seL4_Word badge = 0;

    OK(seL4_TCB_BindNotification(MY_TCB, notification));
    start_call(&from);
    seL4_Signal(badged(notification, 5));
    seL4_Recv(endpoint, &badge, reply);
    CHECK_EQ(badge, 5);
    answer(reply, 88);
    CHECK(!from.is_done);
    seL4_Recv(endpoint, &badge, reply);
    CHECK_EQ(badge, 6);
}

TEST(bound_notification, that_was_set_before_wakes_nobody, "Binding Notifications")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    seL4_CPtr notification = make(seL4_NotificationObject);
    struct peer to = receiver(endpoint);

    start_recv(&to);
    seL4_Signal(badged(notification, 1));
    bind(to.thread, notification);
    seL4_Signal(badged(notification, 4));
    CHECK(!to.is_done);
}

/* --- a thread other than the one that it is bound to ------------------------------------- */

/*
 * Another thread that makes one system call at a notification that is bound to the test: with
 * a message of no words, and a new reply object, which is also where a send goes to.
 */
struct stranger {
    struct machine machine;
    seL4_CPtr notification;
};

static void stranger_init(struct stranger *s, seL4_Word system_call)
{
    seL4_UserContext *registers = &s->machine.registers;

    s->machine = machine_make(CODE(NOP, SVC, UNDEFINED));
    s->notification = make(seL4_NotificationObject);
    OK(seL4_TCB_BindNotification(MY_TCB, s->notification));
    registers->x1 = 0;
    registers->x6 = make(seL4_ReplyObject); /* NBSendWait sends to it */
    registers->x7 = system_call;
    registers->x8 = registers->x6; /* NBSendRecv sends to it */
}

/* Its fault, with all its words: as of a slot that is empty, though it is not. */
static void stranger_faults(const struct stranger *s)
{
    machine_fault(&s->machine, seL4_Fault_CapFault, seL4_CapFault_BitsLeft + 1);
    CHECK_EQ(seL4_GetMR(seL4_CapFault_IP), PAGE_ADDRESS + 4);
    CHECK_EQ(seL4_GetMR(seL4_CapFault_Addr), s->notification);
    CHECK_EQ(seL4_GetMR(seL4_CapFault_InRecvPhase), 1);
    CHECK_EQ(seL4_GetMR(seL4_CapFault_LookupFailureType), seL4_MissingCapability);
    CHECK_EQ(seL4_GetMR(seL4_CapFault_BitsLeft), 0);
}

static void faults_with(seL4_Word system_call)
{
    struct stranger s;

    stranger_init(&s, system_call);
    machine_start(&s.machine, s.notification);
    stranger_faults(&s);
}

TEST(bound_notification, faults_another_thread_in_wait, "Binding Notifications")
{
    faults_with((seL4_Word)seL4_SysWait);
}

TEST(bound_notification, faults_another_thread_in_nbwait, "Binding Notifications")
{
    faults_with((seL4_Word)seL4_SysNBWait);
}

TEST(bound_notification, faults_another_thread_in_recv, "Binding Notifications")
{
    faults_with((seL4_Word)seL4_SysRecv);
}

TEST(bound_notification, faults_another_thread_in_nbrecv, "Binding Notifications")
{
    faults_with((seL4_Word)seL4_SysNBRecv);
}

TEST(bound_notification, faults_another_thread_in_replyrecv, "Binding Notifications")
{
    faults_with((seL4_Word)seL4_SysReplyRecv);
}

TEST(bound_notification, faults_another_thread_in_nbsendrecv, "Binding Notifications")
{
    faults_with((seL4_Word)seL4_SysNBSendRecv);
}

TEST(bound_notification, faults_another_thread_in_nbsendwait, "Binding Notifications")
{
    faults_with((seL4_Word)seL4_SysNBSendWait);
}

TEST(bound_notification, that_is_set_faults_another_thread_too, "Binding Notifications")
{
    struct stranger s;

    stranger_init(&s, (seL4_Word)seL4_SysNBWait);
    seL4_Signal(badged(s.notification, 5));
    machine_start(&s.machine, s.notification);
    CHECK_EQ(take(s.notification), 5);
    stranger_faults(&s);
}

TEST(bound_notification, faults_another_thread_after_its_reply_was_sent,
     "Binding Notifications")
{
    struct peer caller = peer(badged(make(seL4_EndpointObject), 6), 77);
    struct stranger s;

    stranger_init(&s, (seL4_Word)seL4_SysReplyRecv);
    start_call(&caller);
    take_call(caller.cap, s.machine.registers.x6);
    machine_start(&s.machine, s.notification);
    CHECK(caller.is_done);
    stranger_faults(&s);
}

TEST(bound_notification, can_be_waited_for_after_the_fault_when_it_was_unbound,
     "Binding Notifications")
{
    struct stranger s;

    stranger_init(&s, (seL4_Word)seL4_SysWait);
    machine_start(&s.machine, s.notification);
    stranger_faults(&s);
    OK(seL4_TCB_UnbindNotification(MY_TCB));
    seL4_Send(s.machine.reply, message(0));
    CHECK_EQ(take(s.machine.endpoint), 0);
    seL4_Signal(badged(s.notification, 5));
    machine_fault(&s.machine, seL4_Fault_UserException, seL4_UserException_Length);
    CHECK_EQ(registers_of(s.machine.thread).x0, 5);
}

/* --- the thread that it is bound to ------------------------------------------------------ */

/* That thread makes a system call at it, and its signal comes out. */
static void serves_own_thread_in(seL4_Word system_call)
{
    struct stranger s;

    stranger_init(&s, system_call);
    OK(seL4_TCB_UnbindNotification(MY_TCB));
    bind(s.machine.thread, s.notification);
    seL4_Signal(badged(s.notification, 5));
    machine_start(&s.machine, s.notification);
    machine_fault(&s.machine, seL4_Fault_UserException, seL4_UserException_Length);
    CHECK_EQ(registers_of(s.machine.thread).x0, 5);
}

TEST(bound_notification, serves_its_thread_in_wait, "Binding Notifications")
{
    serves_own_thread_in((seL4_Word)seL4_SysWait);
}

TEST(bound_notification, serves_its_thread_in_nbwait, "Binding Notifications")
{
    serves_own_thread_in((seL4_Word)seL4_SysNBWait);
}

TEST(bound_notification, serves_its_thread_in_recv, "Binding Notifications")
{
    serves_own_thread_in((seL4_Word)seL4_SysRecv);
}

TEST(bound_notification, serves_its_thread_in_nbrecv, "Binding Notifications")
{
    serves_own_thread_in((seL4_Word)seL4_SysNBRecv);
}

TEST(bound_notification, serves_its_thread_in_replyrecv, "Binding Notifications")
{
    serves_own_thread_in((seL4_Word)seL4_SysReplyRecv);
}

TEST(bound_notification, serves_its_thread_in_nbsendrecv, "Binding Notifications")
{
    serves_own_thread_in((seL4_Word)seL4_SysNBSendRecv);
}

TEST(bound_notification, serves_its_thread_in_nbsendwait, "Binding Notifications")
{
    serves_own_thread_in((seL4_Word)seL4_SysNBSendWait);
}
