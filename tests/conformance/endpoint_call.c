/*
 * Calling through endpoints. What reply objects do is in reply.c.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "ipc_help.h"

static seL4_CPtr with_grant_reply(seL4_CPtr endpoint, seL4_Word badge)
{
    seL4_CPtr to = slot();

    OK(seL4_CNode_Mint(AT(to), AT(endpoint), seL4_CapRights_new(1, 0, 0, 1), badge));
    return to;
}

TEST(endpoint_call, sends_as_send_does, "Calling and Replying")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    struct peer from = peer(badged(endpoint, 5), 77);

    start_call(&from);
    CHECK_EQ(take_call(endpoint, make(seL4_ReplyObject)), 5);
    CHECK_EQ(seL4_GetMR(0), 77);
}

TEST(endpoint_call, reaches_a_waiting_receiver, "Calling and Replying")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    struct peer to = receiver(endpoint);
    struct peer from = peer(badged(endpoint, 5), 77);

    start_recv(&to);
    start_call(&from);
    CHECK_EQ(to.badge, 5);
    CHECK_EQ(to.words[0], 77);
    CHECK(!from.is_done);
}

TEST(endpoint_call, blocks_until_it_is_answered, "Calling and Replying")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    seL4_CPtr reply = make(seL4_ReplyObject);
    struct peer from = peer(badged(endpoint, 5), 77);

    start_call(&from);
    take_call(endpoint, reply);
    settle();
    CHECK(!from.is_done);
    answer(reply, 88);
    CHECK(from.is_done);
}

TEST(endpoint_call, returns_the_words_of_the_answer, "Calling and Replying")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    seL4_CPtr reply = make(seL4_ReplyObject);
    struct peer from = peer(badged(endpoint, 5), 77);

    start_call(&from);
    take_call(endpoint, reply);
    answer(reply, 88);
    CHECK_EQ(from.words[0], 88);
}

TEST(endpoint_call, returns_the_tag_of_the_answer, "Calling and Replying")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    seL4_CPtr reply = make(seL4_ReplyObject);
    struct peer from = peer(badged(endpoint, 5), 77);

    start_call(&from);
    take_call(endpoint, reply);
    seL4_Send(reply, seL4_MessageInfo_new(1234, 0, 0, 3));
    CHECK_EQ(seL4_MessageInfo_get_label(from.info), 1234);
    CHECK_EQ(seL4_MessageInfo_get_length(from.info), 3);
}

TEST(endpoint_call, is_not_answered_by_other_messages, "Calling and Replying")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    struct peer from = peer(badged(endpoint, 5), 77);

    start_call(&from);
    take_call(endpoint, make(seL4_ReplyObject));
    seL4_NBSend(endpoint, message(0));
    CHECK(!from.is_done);
}

TEST(endpoint_call, can_be_answered_with_grant_reply_alone, "Calling and Replying")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    seL4_CPtr reply = make(seL4_ReplyObject);
    struct peer from = peer(with_grant_reply(endpoint, 5), 77);

    start_call(&from);
    take_call(endpoint, reply);
    answer(reply, 88);
    CHECK_EQ(from.words[0], 88);
}

TEST(endpoint_call, can_be_answered_with_grant_alone, "Calling and Replying")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    seL4_CPtr reply = make(seL4_ReplyObject);
    struct peer from = peer(slot(), 77);

    OK(seL4_CNode_Mint(AT(from.cap), AT(endpoint), seL4_CapRights_new(0, 1, 0, 1), 5));
    start_call(&from);
    take_call(endpoint, reply);
    answer(reply, 88);
    CHECK_EQ(from.words[0], 88);
}

TEST(endpoint_call, delivers_its_message_without_grant_rights, "Calling and Replying")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    struct peer from = peer(copy_with_rights(badged(endpoint, 5), seL4_CanWrite), 77);

    start_call(&from);
    CHECK_EQ(take_call(endpoint, make(seL4_ReplyObject)), 5);
    CHECK_EQ(seL4_GetMR(0), 77);
}

TEST(endpoint_call, cannot_be_answered_without_grant_rights, "Calling and Replying")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    seL4_CPtr reply = make(seL4_ReplyObject);
    struct peer from = peer(copy_with_rights(badged(endpoint, 5), seL4_CanWrite), 77);

    start_call(&from);
    take_call(endpoint, reply);
    answer(reply, 88);
    settle();
    CHECK(!from.is_done);
}

TEST(endpoint_call, to_a_waiting_receiver_cannot_be_answered_without_grant_rights,
     "Calling and Replying")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    struct peer to = receiver(endpoint);
    struct peer from = peer(copy_with_rights(badged(endpoint, 5), seL4_CanWrite), 77);

    start_recv(&to);
    start_call(&from);
    CHECK_EQ(to.badge, 5);
    answer(to.reply, 88);
    settle();
    CHECK(!from.is_done);
}

TEST(endpoint_call, suspends_the_caller_without_grant_rights, "Calling and Replying")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    struct peer from = peer(copy_with_rights(badged(endpoint, 5), seL4_CanWrite), 77);

    start_call(&from);
    take_call(endpoint, make(seL4_ReplyObject));
    /* Resumed, it calls again. */
    OK(seL4_TCB_Resume(from.thread->tcb));
    CHECK_EQ(take(endpoint), 5);
}

TEST(endpoint_call, does_not_need_grant_rights_of_the_receiver, "Calling and Replying")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    seL4_CPtr reply = make(seL4_ReplyObject);
    struct peer from = peer(badged(endpoint, 5), 77);

    start_call(&from);
    take_call(copy_with_rights(endpoint, seL4_CanRead), reply);
    answer(reply, 88);
    CHECK_EQ(from.words[0], 88);
}

TEST(endpoint_call, can_be_answered_after_the_endpoint_is_gone, "Calling and Replying")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    seL4_CPtr reply = make(seL4_ReplyObject);
    struct peer from = peer(badged(endpoint, 5), 77);

    start_call(&from);
    take_call(endpoint, reply);
    OK(seL4_CNode_Revoke(AT(endpoint)));
    OK(seL4_CNode_Delete(AT(endpoint)));
    answer(reply, 88);
    CHECK_EQ(from.words[0], 88);
}

TEST(endpoint_call, is_refused_without_the_write_right, "Endpoints")
{
    seL4_CPtr reader = copy_with_rights(make(seL4_EndpointObject), seL4_CanRead);

    REFUSED_WITH(invoke(reader, 0, 0, 0), seL4_InvalidCapability, 0);
}

TEST(endpoint_call, is_refused_on_an_empty_slot, "Invalid Capability")
{
    REFUSED_WITH(invoke(slot(), 0, 0, 0), seL4_InvalidCapability, 0);
}

TEST(endpoint_call, is_started_again_when_the_caller_is_resumed, "Thread Deactivation")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    struct peer from = peer(badged(endpoint, 5), 77);

    start_call(&from);
    take_call(endpoint, make(seL4_ReplyObject));
    OK(seL4_TCB_Resume(from.thread->tcb));
    CHECK_EQ(take_call(endpoint, make(seL4_ReplyObject)), 5);
}

TEST(endpoint_call, lends_the_callers_context_to_a_passive_server,
     "Scheduling Context Donation")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    struct peer server = receiver(endpoint);
    struct peer from = peer(badged(endpoint, 5), 77);

    start_recv(&server);
    OK(seL4_SchedContext_Unbind(server.thread->context));
    start_call(&from);
    CHECK(server.is_done);
    CHECK_EQ(server.words[0], 77);
}

TEST(endpoint_send, does_not_lend_its_context_to_a_passive_server,
     "Scheduling Context Donation")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    struct peer server = receiver(endpoint);

    start_recv(&server);
    OK(seL4_SchedContext_Unbind(server.thread->context));
    seL4_Send(endpoint, message(0));
    settle();
    CHECK(!server.is_done);
}

static void serve(void *arg)
{
    struct peer *self = arg;
    seL4_Word badge;
    seL4_MessageInfo_t info = seL4_Recv(self->cap, &badge, self->reply);

    for (;;) {
        self->returns++;
        seL4_SetMR(0, seL4_GetMR(0) + 1);
        info = seL4_ReplyRecv(self->cap, info, &badge, self->reply);
    }
}

TEST(endpoint_call, gets_its_lent_context_back_with_the_answer, "Scheduling Context Donation")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    struct peer server = receiver(endpoint);

    server.thread = thread_run(serve, &server, PEER_PRIORITY);
    OK(seL4_SchedContext_Unbind(server.thread->context));
    for (seL4_Word i = 1; i <= 3; i++) {
        seL4_SetMR(0, i);
        seL4_Call(endpoint, message(1));
        CHECK_EQ(seL4_GetMR(0), i + 1);
    }
    CHECK_EQ(server.returns, 3);
}

TEST(endpoint_call, is_served_by_a_server_of_lower_priority, "Scheduling")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    struct peer server = receiver(endpoint);

    server.thread = thread_run(serve, &server, TEST_PRIORITY - 1);
    seL4_SetMR(0, 77);
    seL4_Call(endpoint, message(1));
    CHECK_EQ(seL4_GetMR(0), 78);
}
