/*
 * Calls to passive servers and their answers, which kernels take on a short way of their own:
 * what arrives, and who runs, is as on the long one.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "ipc_help.h"
#include "sched_help.h"

/* A server above the test that answers once, and notes the message before and the one after. */
struct service {
    seL4_CPtr endpoint;
    seL4_CPtr next; /* where it receives again: the same */
    seL4_CPtr reply;
    seL4_MessageInfo_t answer;
    seL4_Word answer_words[PEER_WORDS];
    seL4_MessageInfo_t info[2];
    seL4_Word words[2][PEER_WORDS];
    seL4_Word badge[2];
    struct thread *thread;
    volatile int count;
};

static void note(struct service *self, seL4_MessageInfo_t info, seL4_Word badge)
{
    int n = self->count;

    self->info[n] = info;
    self->badge[n] = badge;
    for (int i = 0; i < PEER_WORDS; i++) {
        self->words[n][i] = seL4_GetMR(i);
    }
    self->count = n + 1;
}

static void serve(void *arg)
{
    struct service *self = arg;
    seL4_Word badge = 99;

    seL4_MessageInfo_t info = seL4_Recv(self->endpoint, &badge, self->reply);
    note(self, info, badge);
    for (int i = 0; i < PEER_WORDS; i++) {
        seL4_SetMR(i, self->answer_words[i]);
    }
    badge = 99;
    info = seL4_ReplyRecv(self->next, self->answer, &badge, self->reply);
    note(self, info, badge);
}

static void service_init(struct service *service)
{
    *service = (struct service){
        .endpoint = make(seL4_EndpointObject),
        .reply = make(seL4_ReplyObject),
        .answer = seL4_MessageInfo_new(4321, 0, 0, 3),
        .answer_words = {21, 22, 23, 24, 25, 26},
    };
    service->next = service->endpoint;
    service->thread = passive_run(serve, service, PEER_PRIORITY);
}

/* A client that has called a new service through a capability with badge 5. */
static struct peer client_of(const struct service *service, seL4_MessageInfo_t info)
{
    struct peer client = peer(badged(service->endpoint, 5), 11);

    client.info = info;
    for (int i = 0; i < PEER_WORDS; i++) {
        client.words[i] = 11 + (seL4_Word)i;
    }
    return client;
}

TEST(passive_server, gets_the_badge, "Calling and Replying")
{
    struct service service;

    service_init(&service);
    struct peer client = client_of(&service, message(2));
    start_call(&client);
    CHECK_EQ(service.badge[0], 5);
}

TEST(passive_server, gets_the_tag, "Calling and Replying")
{
    struct service service;

    service_init(&service);
    struct peer client = client_of(&service, seL4_MessageInfo_new(1234, 0, 0, 2));
    start_call(&client);
    CHECK_EQ(service.info[0].words[0], seL4_MessageInfo_new(1234, 0, 0, 2).words[0]);
}

TEST(passive_server, gets_the_words_of_registers, "Calling and Replying")
{
    struct service service;

    service_init(&service);
    struct peer client = client_of(&service, message(4));
    start_call(&client);
    for (seL4_Word i = 0; i < 4; i++) {
        CHECK_EQ(service.words[0][i], 11 + i);
    }
}

TEST(passive_server, gets_the_words_of_the_buffer, "Calling and Replying")
{
    struct service service;

    service_init(&service);
    struct peer client = client_of(&service, message(PEER_WORDS));
    start_call(&client);
    for (seL4_Word i = 0; i < PEER_WORDS; i++) {
        CHECK_EQ(service.words[0][i], 11 + i);
    }
}

TEST(passive_server, gets_the_capability, "Capability Transfer")
{
    struct service service;
    seL4_CPtr notification = make(seL4_NotificationObject);

    service_init(&service);
    struct peer client = client_of(&service, message_with_caps(1));
    client.caps[0] = badged(notification, 8);
    service.thread->ipc_buffer->receiveCNode = MY_CNODE;
    service.thread->ipc_buffer->receiveIndex = slot();
    service.thread->ipc_buffer->receiveDepth = seL4_WordBits;
    start_call(&client);
    CHECK_EQ(seL4_MessageInfo_get_extraCaps(service.info[0]), 1);
    CHECK_EQ(signal_through(service.thread->ipc_buffer->receiveIndex, notification), 8);
}

TEST(passive_server, answers_with_a_tag, "Calling and Replying")
{
    struct service service;

    service_init(&service);
    struct peer client = client_of(&service, message(2));
    start_call(&client);
    CHECK_EQ(client.info.words[0], service.answer.words[0]);
}

TEST(passive_server, answers_with_words_of_registers, "Calling and Replying")
{
    struct service service;

    service_init(&service);
    struct peer client = client_of(&service, message(2));
    start_call(&client);
    for (seL4_Word i = 0; i < 3; i++) {
        CHECK_EQ(client.words[i], 21 + i);
    }
}

TEST(passive_server, answers_with_words_of_the_buffer, "Calling and Replying")
{
    struct service service;

    service_init(&service);
    service.answer = message(PEER_WORDS);
    struct peer client = client_of(&service, message(2));
    start_call(&client);
    for (seL4_Word i = 0; i < PEER_WORDS; i++) {
        CHECK_EQ(client.words[i], 21 + i);
    }
}

TEST(passive_server, answers_with_badge_0, "Calling and Replying")
{
    struct service service;

    /* The caller's register is seen only by one that makes the call by hand. */
    service_init(&service);
    struct machine client = machine_make(CODE(SVC, BREAK));
    client.registers.x1 = message(2).words[0];
    client.registers.x7 = (seL4_Word)seL4_SysCall;
    machine_start(&client, badged(service.endpoint, 5));
    machine_fault(&client, seL4_Fault_UserException, seL4_UserException_Length);
    CHECK_EQ(registers_of(client.thread).x0, 0);
}

TEST(passive_server, takes_the_next_call_that_waits, "System Calls")
{
    struct service service;

    service_init(&service);
    OK(seL4_TCB_SetPriority(service.thread->tcb, MY_TCB, TEST_PRIORITY - 1));
    struct peer first = client_of(&service, message(2));
    struct peer second = client_of(&service, message(3));
    second.cap = badged(service.endpoint, 6);
    start_call(&first);
    start_call(&second);
    settle();
    CHECK(first.is_done);
    CHECK_EQ(service.count, 2);
    CHECK_EQ(service.badge[1], 6);
    CHECK_EQ(seL4_MessageInfo_get_length(service.info[1]), 3);
}

TEST(passive_server, takes_the_signal_that_waits, "Binding Notifications")
{
    struct service service;
    seL4_CPtr notification = make(seL4_NotificationObject);
    seL4_CPtr context = context_make(10000, 10000, 0, 0);

    service_init(&service);
    OK(seL4_TCB_BindNotification(service.thread->tcb, notification));
    OK(seL4_SchedContext_Bind(context, notification));
    OK(seL4_TCB_SetPriority(service.thread->tcb, MY_TCB, TEST_PRIORITY - 1));
    struct peer client = client_of(&service, message(2));
    start_call(&client);
    seL4_Signal(badged(notification, 8));
    settle();
    CHECK(client.is_done);
    CHECK_EQ(service.count, 2);
    CHECK_EQ(service.badge[1], 8);
}

TEST(passive_server, faults_when_it_receives_without_the_read_right, "Capability Faults")
{
    struct service service;
    seL4_CPtr handler = make(seL4_EndpointObject);

    service_init(&service);
    service.next = copy_with_rights(service.endpoint, seL4_CanWrite);
    set_handler(service.thread, badged(handler, 1));
    struct peer client = client_of(&service, message(2));
    start_call(&client);
    settle();
    take_fault(handler, make(seL4_ReplyObject), seL4_Fault_CapFault,
               seL4_CapFault_BitsLeft + 1);
    CHECK_EQ(seL4_GetMR(seL4_CapFault_InRecvPhase), 1);
}

TEST(passive_server, is_not_reached_without_the_write_right, "Endpoints")
{
    struct service service;

    service_init(&service);
    struct peer client = client_of(&service, message(2));
    client.cap = copy_with_rights(client.cap, seL4_CapRights_new(1, 1, 1, 0));
    start_call(&client);
    CHECK_EQ(service.count, 0);
    CHECK_EQ(seL4_MessageInfo_get_label(client.info), seL4_InvalidCapability);
}

TEST(passive_server, gets_no_time_without_grant_rights, "Scheduling Context Donation")
{
    struct service service;

    service_init(&service);
    struct peer client = client_of(&service, message(2));
    client.cap = copy_with_rights(client.cap, seL4_CapRights_new(0, 0, 0, 1));
    start_call(&client);
    settle();
    CHECK_EQ(service.count, 0);
}

TEST(passive_server, runs_after_threads_of_higher_priority, "Scheduling")
{
    struct service service;
    struct trace trace = {0};
    struct actor actor = {.trace = &trace, .letter = 'a'};

    service_init(&service);
    OK(seL4_TCB_SetPriority(service.thread->tcb, MY_TCB, TEST_PRIORITY - 2));
    thread_run(act_for_ever, &actor, TEST_PRIORITY - 1);
    struct peer client = client_of(&service, message(2));
    start_call(&client);
    spin_us(100);
    OK(seL4_TCB_SetPriority(MY_TCB, MY_TCB, TEST_PRIORITY - 1));
    seL4_Yield();
    CHECK_TRACE(&trace, "a");
    CHECK_EQ(service.count, 0);
}

static void serve_and_signal(void *arg)
{
    const struct actor *self = arg;

    seL4_Recv(self->endpoint, NULL, self->reply);
    seL4_Signal(self->notification);
    seL4_ReplyRecv(self->endpoint, message(0), NULL, self->reply);
}

TEST(passive_server, answers_and_lets_a_higher_priority_run_before_its_client, "Scheduling")
{
    struct trace trace = {0};
    struct actor client = {
        .trace = &trace,
        .letter = 'c',
        .endpoint = make(seL4_EndpointObject),
        .reply = make(seL4_ReplyObject),
        .notification = make(seL4_NotificationObject),
    };
    struct actor listener = client;

    listener.letter = 'l';
    passive_run(serve_and_signal, &client, PEER_PRIORITY);
    thread_run(act_on_signals, &listener, TEST_PRIORITY - 1);
    thread_run(act_as_client, &client, TEST_PRIORITY - 2);
    settle();
    CHECK_TRACE(&trace, "lc");
}

TEST(passive_server, answers_a_fault, "Fault handling")
{
    struct service service;

    service_init(&service);
    struct machine machine = machine_make(CODE(BREAK, SVC, BREAK));
    service.answer = seL4_MessageInfo_new(0, 0, 0, 1);
    service.answer_words[0] = PAGE_ADDRESS + 4; /* go on after the first instruction */
    machine.registers.x7 = 12345;
    set_handler(machine.thread, badged(service.endpoint, 5));
    machine_start(&machine, 0);
    CHECK_EQ(service.count, 2);
    CHECK_EQ(seL4_MessageInfo_get_label(service.info[0]), seL4_Fault_UserException);
    CHECK_EQ(seL4_MessageInfo_get_label(service.info[1]), seL4_Fault_UnknownSyscall);
}
