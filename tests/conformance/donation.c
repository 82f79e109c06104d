/*
 * Scheduling contexts that move between threads: with calls, with signals, and back again
 * by whatever way a call ends.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "sched_help.h"

#define ABOVE (TEST_PRIORITY + 1)

static seL4_MessageInfo_t empty(void)
{
    return seL4_MessageInfo_new(0, 0, 0, 0);
}

/* A client 'c' and a passive server 's', both above the test; neither has been started. */
struct pair {
    struct trace trace;
    struct actor service;
    struct actor caller;
    struct thread *server;
    struct thread *client;
};

static void pair_init(struct pair *pair, void (*server)(void *arg))
{
    *pair = (struct pair){0};
    pair->service = (struct actor){
        .trace = &pair->trace,
        .letter = 's',
        .endpoint = make(seL4_EndpointObject),
        .reply = make(seL4_ReplyObject),
        .notification = make(seL4_NotificationObject),
    };
    pair->caller = pair->service;
    pair->caller.letter = 'c';
    pair->server = passive_run(server, &pair->service, ABOVE);
    pair->client = thread_make(act_as_client, &pair->caller, ABOVE);
}

/* A pair in the middle of a call: the server has the client's context, and waits. */
static void pair_in_call(struct pair *pair)
{
    pair_init(pair, act_and_keep);
    thread_start(pair->client);
    CHECK_TRACE(&pair->trace, "s");
}

/* Does the client's context belong to this thread? It does not afterwards. */
static bool take_context(const struct pair *pair, const struct thread *thread)
{
    return seL4_SchedContext_UnbindObject(pair->client->context, thread->tcb) == seL4_NoError;
}

TEST(donation, lets_a_passive_server_run, "Scheduling Context Donation")
{
    struct pair pair;

    pair_in_call(&pair);
    CHECK(take_context(&pair, pair.server));
}

TEST(donation, leaves_the_client_without_context, "Scheduling Context Donation")
{
    struct pair pair;

    pair_in_call(&pair);
    CHECK(!take_context(&pair, pair.client));
}

TEST(donation, ends_with_the_reply, "Scheduling Context Donation")
{
    struct pair pair;

    pair_init(&pair, act_as_server);
    thread_start(pair.client);
    CHECK_TRACE(&pair.trace, "sc");
}

TEST(donation, leaves_the_server_passive_after_the_reply, "Scheduling Context Donation")
{
    struct pair pair;

    pair_in_call(&pair);
    seL4_Signal(pair.service.notification);
    settle();
    /* The server's last letter, 'r', would come after its reply. */
    CHECK_TRACE(&pair.trace, "sc");
}

TEST(donation, happens_again_with_each_call, "Scheduling Context Donation")
{
    struct pair pair;

    pair_init(&pair, act_as_server);
    thread_start(pair.client);
    thread_start(pair.client);
    CHECK_TRACE(&pair.trace, "scsc");
}

TEST(donation, runs_the_server_with_its_own_priority, "Scheduling Context Donation")
{
    struct pair pair;

    pair_init(&pair, act_as_server);
    OK(seL4_TCB_SetPriority(pair.server->tcb, MY_TCB, TEST_PRIORITY - 1));
    thread_start(pair.client);
    CHECK_TRACE(&pair.trace, "");
}

TEST(donation, does_not_come_with_a_send, "Scheduling Context Donation")
{
    struct pair pair;

    pair_init(&pair, act_as_server);
    seL4_Send(pair.service.endpoint, empty());
    settle();
    CHECK_TRACE(&pair.trace, "");
}

TEST(donation, does_not_come_with_a_non_blocking_send, "Scheduling Context Donation")
{
    struct pair pair;

    pair_init(&pair, act_as_server);
    seL4_NBSend(pair.service.endpoint, empty());
    settle();
    CHECK_TRACE(&pair.trace, "");
}

TEST(donation, leaves_a_passive_receiver_ready_after_a_send, "Scheduling Context Donation")
{
    struct pair pair;

    pair_init(&pair, act_as_server);
    seL4_Send(pair.service.endpoint, empty());
    OK(seL4_SchedContext_Bind(pair.server->context, pair.server->tcb));
    CHECK_TRACE(&pair.trace, "s");
}

TEST(donation, does_not_happen_for_a_server_with_a_context, "Scheduling Context Donation")
{
    struct pair pair;

    pair_init(&pair, act_and_keep);
    OK(seL4_SchedContext_Bind(pair.server->context, pair.server->tcb));
    thread_start(pair.client);
    CHECK_TRACE(&pair.trace, "s");
    CHECK(take_context(&pair, pair.client));
}

/* Waits for one message without a reply object. */
static void wait_once(void *actor)
{
    const struct actor *self = actor;

    seL4_Wait(self->endpoint, NULL);
    act_once(actor);
}

TEST(donation, needs_a_reply_object, "Scheduling Context Donation")
{
    struct pair pair;

    pair_init(&pair, wait_once);
    thread_start(pair.client);
    settle();
    CHECK_TRACE(&pair.trace, "");
}

TEST(donation, leaves_a_caller_without_reply_object_suspended, "Scheduling Context Donation")
{
    struct pair pair;

    pair_init(&pair, wait_once);
    thread_start(pair.client);
    OK(seL4_SchedContext_Bind(pair.server->context, pair.server->tcb));
    settle();
    CHECK_TRACE(&pair.trace, "s");
    CHECK(take_context(&pair, pair.client));
}

TEST(donation, does_not_return_a_context_that_was_unbound, "seL4_SchedContext_Unbind")
{
    struct pair pair;

    pair_in_call(&pair);
    OK(seL4_SchedContext_Unbind(pair.client->context));
    seL4_Send(pair.service.reply, empty());
    CHECK(!take_context(&pair, pair.client));
}

TEST(donation, returns_a_context_that_was_unbound_from_the_server,
     "seL4_SchedContext_UnbindObject")
{
    struct pair pair;

    pair_in_call(&pair);
    OK(seL4_SchedContext_UnbindObject(pair.client->context, pair.server->tcb));
    seL4_Send(pair.service.reply, empty());
    CHECK(take_context(&pair, pair.client));
}

/* --- ends of a call that is not answered ----------------------------------------------- */

TEST(donation, ends_when_the_reply_object_is_deleted, "Scheduling Context Donation")
{
    struct pair pair;

    pair_in_call(&pair);
    OK(seL4_CNode_Delete(AT(pair.service.reply)));
    CHECK(take_context(&pair, pair.client));
}

TEST(donation, leaves_the_client_suspended_when_the_reply_object_is_deleted,
     "Scheduling Context Donation")
{
    struct pair pair;

    pair_in_call(&pair);
    OK(seL4_CNode_Delete(AT(pair.service.reply)));
    settle();
    CHECK_TRACE(&pair.trace, "s");
}

TEST(donation, leaves_the_context_to_nobody_when_the_server_is_deleted,
     "Scheduling Context Donation")
{
    struct pair pair;

    pair_in_call(&pair);
    OK(seL4_CNode_Delete(AT(pair.server->tcb)));
    CHECK(!take_context(&pair, pair.client));
    OK(seL4_SchedContext_Bind(pair.client->context, make(seL4_TCBObject)));
}

TEST(donation, returns_by_the_reply_object_when_the_server_is_deleted,
     "Scheduling Context Donation")
{
    struct pair pair;

    pair_in_call(&pair);
    OK(seL4_CNode_Delete(AT(pair.server->tcb)));
    seL4_Send(pair.service.reply, empty());
    CHECK_TRACE(&pair.trace, "sc");
}

TEST(donation, goes_on_when_the_server_is_suspended, "Scheduling Context Donation")
{
    struct pair pair;

    pair_in_call(&pair);
    OK(seL4_TCB_Suspend(pair.server->tcb));
    CHECK(take_context(&pair, pair.server));
}

TEST(donation, stays_with_the_server_when_the_client_is_deleted, "Scheduling Context Donation")
{
    struct pair pair;

    pair_in_call(&pair);
    OK(seL4_CNode_Delete(AT(pair.client->tcb)));
    CHECK(take_context(&pair, pair.server));
}

TEST(donation, stays_with_the_server_when_the_client_is_suspended,
     "Scheduling Context Donation")
{
    struct pair pair;

    pair_in_call(&pair);
    OK(seL4_TCB_Suspend(pair.client->tcb));
    CHECK(take_context(&pair, pair.server));
}

TEST(donation, is_for_good_when_the_client_is_suspended, "Scheduling Context Donation")
{
    struct pair pair;

    pair_in_call(&pair);
    OK(seL4_TCB_Suspend(pair.client->tcb));
    seL4_Signal(pair.service.notification);
    /* The server's reply goes to nobody, and it runs on. */
    CHECK_TRACE(&pair.trace, "sr");
}

TEST(donation, goes_on_when_the_endpoint_is_deleted, "Scheduling Context Donation")
{
    struct pair pair;

    pair_in_call(&pair);
    OK(seL4_CNode_Delete(AT(pair.service.endpoint)));
    CHECK(take_context(&pair, pair.server));
}

TEST(donation, ends_with_the_deletion_of_the_context, "Scheduling Context Donation")
{
    struct pair pair;

    pair_in_call(&pair);
    OK(seL4_CNode_Delete(AT(pair.client->context)));
    seL4_Signal(pair.service.notification);
    settle();
    CHECK_TRACE(&pair.trace, "s");
}

TEST(donation, returns_when_another_thread_replies, "Scheduling Context Donation")
{
    struct pair pair;

    pair_in_call(&pair);
    seL4_Send(pair.service.reply, empty());
    CHECK_TRACE(&pair.trace, "sc");
}

TEST(donation, stays_with_the_server_when_the_reply_object_is_used_again,
     "Scheduling Context Donation")
{
    struct pair pair;

    pair_in_call(&pair);
    seL4_NBRecv(make(seL4_EndpointObject), NULL, pair.service.reply);
    CHECK(take_context(&pair, pair.server));
}

/* --- chains ---------------------------------------------------------------------------- */

/* Receives, adds its letter, calls on, adds it again and replies. */
static void pass_on(void *actor)
{
    const struct actor *self = actor;
    const struct actor *next = self + 1;

    seL4_Recv(self->endpoint, NULL, self->reply);
    for (;;) {
        act_once(actor);
        seL4_Call(next->endpoint, empty());
        act_once(actor);
        seL4_ReplyRecv(self->endpoint, empty(), NULL, self->reply);
    }
}

/* 'a' calls 'b', which calls 'c'; b and c are passive. */
struct chain {
    struct trace trace;
    struct actor actors[3];
    struct thread *threads[3];
};

static void chain_init(struct chain *chain, void (*last)(void *arg))
{
    *chain = (struct chain){0};
    for (int i = 0; i < 3; i++) {
        chain->actors[i] = (struct actor){
            .trace = &chain->trace,
            .letter = (char)('a' + i),
            .endpoint = make(seL4_EndpointObject),
            .reply = make(seL4_ReplyObject),
            .notification = make(seL4_NotificationObject),
        };
    }
    chain->threads[2] = passive_run(last, &chain->actors[2], ABOVE);
    chain->threads[1] = passive_run(pass_on, &chain->actors[1], ABOVE);
    chain->actors[0].endpoint = chain->actors[1].endpoint;
    chain->threads[0] = thread_run(act_as_client, &chain->actors[0], ABOVE);
}

static bool take_context_of_chain(const struct chain *chain, int from)
{
    return seL4_SchedContext_UnbindObject(chain->threads[0]->context,
                                          chain->threads[from]->tcb) == seL4_NoError;
}

TEST(donation, goes_along_a_chain_of_calls, "Scheduling Context Donation")
{
    struct chain chain;

    chain_init(&chain, act_and_keep);
    CHECK_TRACE(&chain.trace, "bc");
    CHECK(take_context_of_chain(&chain, 2));
}

TEST(donation, returns_along_a_chain_of_calls, "Scheduling Context Donation")
{
    struct chain chain;

    chain_init(&chain, act_as_server);
    CHECK_TRACE(&chain.trace, "bcba");
}

TEST(donation, stays_at_the_end_when_a_reply_in_the_middle_is_deleted,
     "Scheduling Context Donation")
{
    struct chain chain;

    chain_init(&chain, act_and_keep);
    OK(seL4_CNode_Delete(AT(chain.actors[1].reply)));
    CHECK(take_context_of_chain(&chain, 2));
}

TEST(donation, returns_to_the_middle_after_the_reply_to_the_head_is_deleted,
     "Scheduling Context Donation")
{
    struct chain chain;

    chain_init(&chain, act_and_keep);
    OK(seL4_TCB_SetPriority(chain.threads[1]->tcb, MY_TCB, TEST_PRIORITY - 1));
    OK(seL4_CNode_Delete(AT(chain.actors[1].reply)));
    seL4_Send(chain.actors[2].reply, empty());
    CHECK(take_context_of_chain(&chain, 1));
}

TEST(donation, returns_to_the_middle_when_the_last_reply_is_deleted,
     "Scheduling Context Donation")
{
    struct chain chain;

    chain_init(&chain, act_and_keep);
    OK(seL4_CNode_Delete(AT(chain.actors[2].reply)));
    CHECK(take_context_of_chain(&chain, 1));
}

TEST(donation, stays_at_the_end_when_the_middle_is_deleted, "Scheduling Context Donation")
{
    struct chain chain;

    chain_init(&chain, act_and_keep);
    OK(seL4_CNode_Delete(AT(chain.threads[1]->tcb)));
    CHECK(take_context_of_chain(&chain, 2));
}

TEST(donation, returns_by_the_reply_object_when_the_end_is_deleted,
     "Scheduling Context Donation")
{
    struct chain chain;

    chain_init(&chain, act_and_keep);
    OK(seL4_CNode_Delete(AT(chain.threads[2]->tcb)));
    seL4_Send(chain.actors[2].reply, empty());
    CHECK_TRACE(&chain.trace, "bcba");
}

TEST(donation, stays_at_the_end_when_the_head_is_deleted, "Scheduling Context Donation")
{
    struct chain chain;

    chain_init(&chain, act_and_keep);
    OK(seL4_CNode_Delete(AT(chain.threads[0]->tcb)));
    CHECK(take_context_of_chain(&chain, 2));
}

TEST(donation, stays_at_the_end_when_the_middle_is_suspended_and_the_head_answered,
     "Scheduling Context Donation")
{
    struct chain chain;

    chain_init(&chain, act_and_keep);
    OK(seL4_TCB_Suspend(chain.threads[1]->tcb));
    seL4_Send(chain.actors[1].reply, empty());
    CHECK(take_context_of_chain(&chain, 2));
}

TEST(donation, does_not_return_past_a_call_that_ended_in_the_middle,
     "Scheduling Context Donation")
{
    struct trace trace = {0};
    struct actor actors[4];
    struct thread *threads[4];

    for (int i = 0; i < 4; i++) {
        actors[i] = (struct actor){.trace = &trace,
                                   .letter = (char)('a' + i),
                                   .endpoint = make(seL4_EndpointObject),
                                   .reply = make(seL4_ReplyObject),
                                   .notification = make(seL4_NotificationObject)};
    }
    threads[3] = passive_run(act_and_keep, &actors[3], ABOVE);
    threads[2] = passive_run(pass_on, &actors[2], ABOVE);
    threads[1] = passive_run(pass_on, &actors[1], ABOVE);
    actors[0].endpoint = actors[1].endpoint;
    threads[0] = thread_run(act_as_client, &actors[0], ABOVE);
    CHECK_TRACE(&trace, "bcd");
    OK(seL4_TCB_SetPriority(threads[2]->tcb, MY_TCB, TEST_PRIORITY - 1));
    OK(seL4_CNode_Delete(AT(actors[2].reply)));
    seL4_Send(actors[3].reply, empty());
    seL4_Send(actors[1].reply, empty());
    OK(seL4_SchedContext_UnbindObject(threads[0]->context, threads[2]->tcb));
}
