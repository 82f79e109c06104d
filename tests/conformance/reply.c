/*
 * Reply objects, which exist with MCS scheduling: they hold the caller between a call and
 * its answer.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "ipc_help.h"

/* Start a caller and receive its call with reply. */
static void take_call_of(struct peer *caller, seL4_CPtr endpoint, seL4_CPtr reply)
{
    start_call(caller);
    take_call(endpoint, reply);
}

TEST(reply, answers_by_nbsend, "System Calls")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    seL4_CPtr reply = make(seL4_ReplyObject);
    struct peer from = peer(badged(endpoint, 5), 0);

    take_call_of(&from, endpoint, reply);
    seL4_SetMR(0, 88);
    seL4_NBSend(reply, message(1));
    CHECK_EQ(from.words[0], 88);
}

TEST(reply, answers_by_call, "System Calls")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    seL4_CPtr reply = make(seL4_ReplyObject);
    struct peer from = peer(badged(endpoint, 5), 0);

    take_call_of(&from, endpoint, reply);
    seL4_SetMR(0, 88);
    OK(invoke(reply, 0, 0, 1));
    CHECK_EQ(from.words[0], 88);
}

TEST(reply, comes_with_badge_0, "Calling and Replying")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    seL4_CPtr reply = make(seL4_ReplyObject);
    struct machine client = machine_make(CODE(SVC, BREAK));

    /* The caller's register is seen only by one that makes the call by hand. */
    client.registers.x1 = message(1).words[0];
    client.registers.x7 = (seL4_Word)seL4_SysCall;
    machine_start(&client, badged(endpoint, 5));
    take_call(endpoint, reply);
    answer(reply, 88);
    machine_fault(&client, seL4_Fault_UserException, seL4_UserException_Length);
    CHECK_EQ(registers_of(client.thread).x0, 0);
}

TEST(reply, is_used_once, "Calling and Replying")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    seL4_CPtr reply = make(seL4_ReplyObject);
    struct peer from = peer(badged(endpoint, 5), 0);

    take_call_of(&from, endpoint, reply);
    answer(reply, 88);
    answer(reply, 99);
    CHECK_EQ(from.words[0], 88);
    CHECK_EQ(from.returns, 1);
}

TEST(reply, can_take_another_call_once_it_has_answered, "seL4_Recv")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    seL4_CPtr reply = make(seL4_ReplyObject);
    struct peer first = peer(badged(endpoint, 5), 0);
    struct peer second = peer(badged(endpoint, 6), 0);

    take_call_of(&first, endpoint, reply);
    answer(reply, 88);
    take_call_of(&second, endpoint, reply);
    answer(reply, 99);
    CHECK_EQ(first.words[0], 88);
    CHECK_EQ(second.words[0], 99);
}

TEST(reply, ignores_an_answer_when_nobody_waits, "Calling and Replying")
{
    OK(invoke(make(seL4_ReplyObject), 0, 0, 0));
}

TEST(reply, answers_through_a_copy_of_its_capability, "Capability Derivation Tree")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    seL4_CPtr reply = make(seL4_ReplyObject);
    struct peer from = peer(badged(endpoint, 5), 0);
    seL4_CPtr copy = copy_of(reply);

    take_call_of(&from, endpoint, reply);
    answer(copy, 88);
    CHECK_EQ(from.words[0], 88);
}

TEST(reply, answers_without_any_right, "Calling and Replying")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    seL4_CPtr reply = make(seL4_ReplyObject);
    struct peer from = peer(badged(endpoint, 5), 0);

    take_call_of(&from, endpoint, reply);
    answer(copy_with_rights(reply, seL4_NoRights), 88);
    CHECK_EQ(from.words[0], 88);
}

TEST(reply, takes_calls_without_any_right, "Capability Rights")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    seL4_CPtr reply = make(seL4_ReplyObject);
    struct peer from = peer(badged(endpoint, 5), 0);

    take_call_of(&from, endpoint, copy_with_rights(reply, seL4_NoRights));
    answer(reply, 88);
    CHECK_EQ(from.words[0], 88);
}

TEST(reply, answers_from_a_thread_that_did_not_receive_the_call, "Calling and Replying")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    struct peer server = receiver(endpoint);
    struct peer from = peer(badged(endpoint, 5), 0);

    start_recv(&server);
    start_call(&from);
    CHECK(server.is_done);
    answer(server.reply, 88);
    CHECK_EQ(from.words[0], 88);
}

TEST(reply, answers_calls_in_any_order, "Calling and Replying")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    seL4_CPtr replies[3];
    struct peer from[3];

    for (seL4_Word i = 0; i < 3; i++) {
        replies[i] = make(seL4_ReplyObject);
        from[i] = peer(badged(endpoint, 5 + i), 0);
        take_call_of(&from[i], endpoint, replies[i]);
    }
    answer(replies[1], 81);
    answer(replies[2], 82);
    answer(replies[0], 80);
    for (seL4_Word i = 0; i < 3; i++) {
        CHECK_EQ(from[i].words[0], 80 + i);
    }
}

TEST(reply, runs_a_caller_of_higher_priority_at_once, "Scheduling")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    seL4_CPtr reply = make(seL4_ReplyObject);
    struct peer from = peer(badged(endpoint, 5), 0);

    take_call_of(&from, endpoint, reply);
    seL4_Send(reply, message(0));
    CHECK(from.is_done);
}

TEST(reply, does_not_run_a_caller_of_equal_priority_at_once, "Scheduling")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    seL4_CPtr reply = make(seL4_ReplyObject);
    struct peer from = peer(badged(endpoint, 5), 0);

    from.priority = TEST_PRIORITY;
    start_call(&from);
    settle();
    take_call(endpoint, reply);
    seL4_Send(reply, message(0));
    CHECK(!from.is_done);
    settle();
    CHECK(from.is_done);
}

TEST(reply, stops_its_caller_when_it_takes_another_call, "seL4_Recv")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    seL4_CPtr reply = make(seL4_ReplyObject);
    struct peer first = peer(badged(endpoint, 5), 0);
    struct peer second = peer(badged(endpoint, 6), 0);

    take_call_of(&first, endpoint, reply);
    take_call_of(&second, endpoint, reply);
    answer(reply, 88);
    CHECK(second.is_done);
    CHECK(!first.is_done);
    /* The first one calls again when it is resumed. */
    OK(seL4_TCB_Resume(first.thread->tcb));
    CHECK_EQ(take(endpoint), 5);
}

TEST(reply, stops_its_caller_even_when_nobody_calls, "seL4_Recv")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    seL4_CPtr reply = make(seL4_ReplyObject);
    struct peer from = peer(badged(endpoint, 5), 0);

    take_call_of(&from, endpoint, reply);
    seL4_NBRecv(endpoint, NULL, reply);
    answer(reply, 88);
    CHECK(!from.is_done);
}

TEST(reply, stops_a_receiver_when_another_receives_with_it, "seL4_Recv")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    struct peer first = receiver(endpoint);
    struct peer second = receiver(endpoint);

    second.reply = first.reply;
    start_recv(&first);
    start_recv(&second);
    seL4_NBSend(endpoint, message(0));
    CHECK(second.is_done);
    seL4_NBSend(endpoint, message(0));
    CHECK(!first.is_done);
}

TEST(reply, is_not_answered_while_a_receiver_waits_with_it, "Calling and Replying")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    struct peer to = receiver(endpoint);

    start_recv(&to);
    answer(to.reply, 88);
    CHECK(!to.is_done);
    seL4_Send(endpoint, message(0));
    CHECK(to.is_done);
}

TEST(reply, stops_its_caller_when_it_is_deleted, "Deletion and Revocation")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    seL4_CPtr reply = make(seL4_ReplyObject);
    struct peer from = peer(badged(endpoint, 5), 0);

    take_call_of(&from, endpoint, reply);
    OK(seL4_CNode_Delete(AT(reply)));
    settle();
    CHECK(!from.is_done);
    CHECK_EQ(take(endpoint), 0);
    /* It calls again when it is resumed. */
    OK(seL4_TCB_Resume(from.thread->tcb));
    CHECK_EQ(take(endpoint), 5);
}

TEST(reply, keeps_its_caller_while_a_copy_of_its_capability_is_left, "Deletion and Revocation")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    seL4_CPtr reply = make(seL4_ReplyObject);
    seL4_CPtr copy = copy_of(reply);
    struct peer from = peer(badged(endpoint, 5), 0);

    take_call_of(&from, endpoint, reply);
    OK(seL4_CNode_Delete(AT(reply)));
    answer(copy, 88);
    CHECK_EQ(from.words[0], 88);
}

TEST(reply, stops_its_receiver_when_it_is_deleted, "Deletion and Revocation")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    struct peer to = receiver(endpoint);

    start_recv(&to);
    OK(seL4_CNode_Delete(AT(to.reply)));
    seL4_NBSend(endpoint, message(0));
    CHECK(!to.is_done);
}

TEST(reply, forgets_a_caller_that_is_suspended, "Calling and Replying")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    seL4_CPtr reply = make(seL4_ReplyObject);
    struct peer from = peer(badged(endpoint, 5), 0);

    take_call_of(&from, endpoint, reply);
    OK(seL4_TCB_Suspend(from.thread->tcb));
    answer(reply, 88);
    CHECK(!from.is_done);
    /* Resumed, it calls again and waits. */
    OK(seL4_TCB_Resume(from.thread->tcb));
    CHECK(!from.is_done);
    CHECK_EQ(take(endpoint), 5);
}

TEST(reply, forgets_a_caller_that_is_resumed, "Calling and Replying")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    seL4_CPtr reply = make(seL4_ReplyObject);
    struct peer from = peer(badged(endpoint, 5), 0);

    take_call_of(&from, endpoint, reply);
    OK(seL4_TCB_Resume(from.thread->tcb));
    answer(reply, 88);
    CHECK(!from.is_done);
    CHECK_EQ(take(endpoint), 5);
}

TEST(reply, forgets_a_caller_that_is_deleted, "Calling and Replying")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    seL4_CPtr reply = make(seL4_ReplyObject);
    struct peer first = peer(badged(endpoint, 5), 0);
    struct peer second = peer(badged(endpoint, 6), 0);

    take_call_of(&first, endpoint, reply);
    OK(seL4_CNode_Delete(AT(first.thread->tcb)));
    answer(reply, 88);
    take_call_of(&second, endpoint, reply);
    answer(reply, 99);
    CHECK_EQ(second.words[0], 99);
}

TEST(reply, still_answers_when_its_receiver_is_deleted, "Calling and Replying")
{
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    struct peer server = receiver(endpoint);
    struct peer from = peer(badged(endpoint, 5), 0);

    start_recv(&server);
    start_call(&from);
    OK(seL4_CNode_Delete(AT(server.thread->tcb)));
    answer(server.reply, 88);
    CHECK_EQ(from.words[0], 88);
}

/* A server in the middle: it calls on when it is called, and answers after that. */
static void forward(void *arg)
{
    struct peer *self = arg;
    seL4_Word badge;

    seL4_Recv(self->cap, &badge, self->reply);
    seL4_Call(self->other, message(1));
    seL4_SetMR(0, seL4_GetMR(0) + 1);
    seL4_Send(self->reply, message(1));
    self->is_done = true;
}

TEST(reply, answers_along_a_chain_of_calls, "Scheduling Context Donation")
{
    seL4_CPtr front = make(seL4_EndpointObject);
    seL4_CPtr back = make(seL4_EndpointObject);
    seL4_CPtr reply = make(seL4_ReplyObject);
    struct peer middle = receiver(front);
    struct peer from = peer(front, 77);

    middle.other = badged(back, 5);
    thread_run(forward, &middle, PEER_PRIORITY);
    start_call(&from);
    take_call(back, reply);
    answer(reply, 88);
    CHECK_EQ(from.words[0], 89);
}

TEST(reply, answers_the_first_caller_of_a_chain_before_the_last, "Scheduling Context Donation")
{
    seL4_CPtr front = make(seL4_EndpointObject);
    seL4_CPtr back = make(seL4_EndpointObject);
    seL4_CPtr reply = make(seL4_ReplyObject);
    struct peer middle = receiver(front);
    struct peer from = peer(front, 77);

    middle.other = badged(back, 5);
    thread_run(forward, &middle, PEER_PRIORITY);
    start_call(&from);
    take_call(back, reply);
    answer(middle.reply, 99);
    CHECK_EQ(from.words[0], 99);
    CHECK(!middle.is_done);
    answer(reply, 88);
    CHECK(middle.is_done);
}
