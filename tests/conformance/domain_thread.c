/*
 * Threads of domains in time: which domain a thread is in, and what waits for its turn. All is
 * skipped where the configuration has one domain.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "domain_help.h"

TEST(domain, of_a_new_thread_is_that_of_its_maker, "Domains")
{
    need_domains();
    struct members all = {0};

    turns_begin();
    all.actors[0] = (struct actor){.trace = &all.trace, .letter = 'a'};
    thread_start(thread_make(act_once, &all.actors[0], TEST_PRIORITY + 1));
    turns_end();
    CHECK_TRACE(&all.trace, "a");
}

/* Makes another thread and starts it, which is to be at once. */
static void make_another(void *actor)
{
    act_once(actor);
    thread_start(thread_make(act_once, actor, TEST_MCP));
    act_once(actor);
    trace_add(((struct actor *)actor)->trace, '.');
}

TEST(domain, of_a_thread_made_in_domain_1_is_domain_1, "Domains")
{
    need_domains();
    struct members all = {0};

    turns_begin();
    member_run(&all, make_another, TEST_PRIORITY, 1);
    wait_until(ROUND_US);
    turns_end();
    CHECK_TRACE(&all.trace, "aaa.");
}

TEST(domain_set, moves_the_calling_thread_at_once, "seL4_DomainSet_Set")
{
    need_domains();
    turns_begin();
    OK(seL4_DomainSet_Set(DOMAIN, 1, MY_TCB));
    seL4_Word us = now_us();
    OK(seL4_DomainSet_Set(DOMAIN, 0, MY_TCB));
    seL4_Word back_us = now_us();
    turns_end();
    CHECK(us >= TURN_0_US - 20 && us < TURN_0_US + 100);
    CHECK(back_us >= ROUND_US - 20 && back_us < ROUND_US + 100);
}

TEST(domain_set, to_its_own_domain_keeps_the_calling_thread_before_its_equals,
     "seL4_DomainSet_Set")
{
    need_domains();
    struct members all = {0};

    member_run(&all, act_once, TEST_PRIORITY, 0);
    OK(seL4_DomainSet_Set(DOMAIN, 0, MY_TCB));
    CHECK_TRACE(&all.trace, "");
}

TEST(domain_set, puts_a_ready_thread_before_its_equals, "seL4_DomainSet_Set")
{
    need_domains();
    struct members all = {0};

    for (unsigned n = 0; n < 3; n++) {
        member_run(&all, act_once, TEST_PRIORITY - 1, 0);
    }
    OK(seL4_DomainSet_Set(DOMAIN, 0, all.threads[0]->tcb));
    settle();
    CHECK_TRACE(&all.trace, "acb");
}

TEST(domain_set, puts_a_ready_thread_before_its_equals_of_the_new_domain, "seL4_DomainSet_Set")
{
    need_domains();
    struct members all = {0};

    turns_begin();
    member_run(&all, act_once, TEST_PRIORITY, 0);
    member_run(&all, act_once, TEST_PRIORITY, 1);
    member_run(&all, act_once, TEST_PRIORITY, 1);
    OK(seL4_DomainSet_Set(DOMAIN, 1, all.threads[0]->tcb));
    wait_until(ROUND_US);
    turns_end();
    CHECK_TRACE(&all.trace, "acb");
}

TEST(domain_set, holds_for_a_blocked_thread_when_it_wakes, "seL4_DomainSet_Set")
{
    need_domains();
    struct members all = {0};

    member_run(&all, act_on_signals, TEST_PRIORITY + 1, 0);
    OK(seL4_DomainSet_Set(DOMAIN, 1, all.threads[0]->tcb));
    turns_begin();
    seL4_Signal(all.actors[0].notification);
    wait_until(TURN_0_US - 500);
    CHECK_TRACE(&all.trace, "");
    wait_until(ROUND_US);
    turns_end();
    CHECK_TRACE(&all.trace, "a");
}

/* Runs for ever, and adds its letter whenever it had to wait. */
static void act_on_turns(void *actor)
{
    uint64_t last = counter_read();

    act_once(actor);
    for (;;) {
        uint64_t now = counter_read();

        if (now - last > us_to_ticks(50)) {
            act_once(actor);
        }
        last = now;
    }
}

TEST(domain, goes_on_with_the_thread_that_its_end_interrupted, "Domains")
{
    need_domains();
    struct members all = {0};

    turns_begin();
    member_run(&all, act_on_turns, TEST_PRIORITY, 1);
    member_run(&all, act_on_turns, TEST_PRIORITY, 1);
    /* Time slices are 10 ms, which are five turns. */
    wait_until(4 * ROUND_US);
    CHECK_TRACE(&all.trace, "bbbb");
    wait_until(6 * ROUND_US);
    turns_end();
    CHECK_TRACE(&all.trace, "bbbbba");
}

TEST(domain, goes_on_with_the_rest_of_a_time_slice, "Domains")
{
    need_domains();
    struct members all = {0};

    turns_begin();
    for (unsigned n = 0; n < 2; n++) {
        OK(context_configure(member(&all, act_on_turns, TEST_PRIORITY, 1)->context, 1500,
                             1500));
        thread_start(all.threads[n]);
    }
    /* b has 1.5 ms, a 0.5 and then 1.0, b 1.0 and then 0.5, a 1.5. */
    wait_until(3 * ROUND_US);
    turns_end();
    CHECK_TRACE(&all.trace, "baabba");
}

TEST(domain, runs_the_thread_that_was_signalled_last_first, "Domains")
{
    need_domains();
    struct members all = {0};

    for (unsigned n = 0; n < 3; n++) {
        member_run(&all, act_on_signals, TEST_PRIORITY + (n == 1), 1);
    }
    turns_begin();
    wait_until(ROUND_US + 100);
    for (unsigned n = 0; n < 3; n++) {
        seL4_Signal(all.actors[n].notification);
    }
    CHECK_TRACE(&all.trace, "");
    wait_until(2 * ROUND_US);
    turns_end();
    CHECK_TRACE(&all.trace, "bca");
}

/* A client 'a' in one domain calls a server 'b' in the other. */
static void call_across(struct members *all, seL4_Uint8 from, seL4_Uint8 to, bool is_passive)
{
    struct thread *client = member(all, act_as_client, TEST_PRIORITY + 1, from);
    struct thread *server = member(all, act_as_server, TEST_PRIORITY + 1, 0);
    struct actor *actors = all->actors;

    actors[0].endpoint = actors[1].endpoint = make(seL4_EndpointObject);
    actors[1].reply = make(seL4_ReplyObject);
    thread_start(server);
    if (is_passive) {
        OK(seL4_SchedContext_Unbind(server->context));
    }
    OK(seL4_DomainSet_Set(DOMAIN, to, server->tcb));
    turns_begin();
    thread_start(client);
}

TEST(domain, of_a_server_is_when_it_answers, "Domains")
{
    need_domains();
    struct members all = {0};

    call_across(&all, 0, 1, false);
    wait_until(TURN_0_US - 500);
    CHECK_TRACE(&all.trace, "");
    wait_until(ROUND_US + 100);
    turns_end();
    CHECK_TRACE(&all.trace, "ba");
}

TEST(domain, of_a_passive_server_is_when_it_answers, "Domains")
{
    need_domains();
    struct members all = {0};

    call_across(&all, 0, 1, true);
    wait_until(TURN_0_US - 500);
    CHECK_TRACE(&all.trace, "");
    wait_until(ROUND_US + 100);
    turns_end();
    CHECK_TRACE(&all.trace, "ba");
}

TEST(domain, of_a_client_is_when_it_gets_the_answer, "Domains")
{
    need_domains();
    struct members all = {0};

    call_across(&all, 1, 0, true);
    wait_until(ROUND_US + 100);
    CHECK_TRACE(&all.trace, "b");
    wait_until(2 * ROUND_US);
    turns_end();
    CHECK_TRACE(&all.trace, "ba");
}

TEST(domain, of_a_thread_is_when_an_interrupt_reaches_it, "Domains")
{
    need_domains();
    struct members all = {0};
    struct alarm alarm;

    alarm_init(&alarm);
    struct thread *thread = member(&all, act_on_signals, TEST_PRIORITY + 1, 1);
    all.actors[0].notification = alarm.notification;
    OK(seL4_DomainSet_Set(DOMAIN, 0, thread->tcb));
    thread_start(thread);
    OK(seL4_DomainSet_Set(DOMAIN, 1, thread->tcb));
    turns_begin();
    alarm_ring();
    alarm_silence();
    wait_until(TURN_0_US - 500);
    CHECK_TRACE(&all.trace, "");
    wait_until(ROUND_US);
    turns_end();
    CHECK_TRACE(&all.trace, "a");
}

TEST(domain, waits_for_its_turn_with_a_thread_whose_budget_came_back, "Domains")
{
    need_domains();
    struct members all = {0};

    struct thread *thread = member(&all, act_on_turns, TEST_PRIORITY, 1);
    OK(context_configure(thread->context, 500, 1800));
    turns_begin();
    thread_start(thread);
    /* 0.5 ms at 3.0, 0.2 at 4.8; and 0.5 at 8.0, 0.2 at 9.8. */
    wait_until(ROUND_US);
    CHECK_TRACE(&all.trace, "aa");
    wait_until(2 * ROUND_US);
    turns_end();
    CHECK_TRACE(&all.trace, "aaaa");
}

TEST(domain, of_a_timeout_handler_is_when_it_learns_of_a_timeout, "Domains")
{
    need_domains();
    struct members all = {0};
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    seL4_Word us;

    struct thread *thread = member(&all, act_for_ever, TEST_PRIORITY, 1);
    OK(context_configure(thread->context, 500, 50000));
    set_timeout_endpoint(thread, endpoint);
    turns_begin();
    thread_start(thread);
    CHECK_EQ(seL4_MessageInfo_get_label(seL4_Recv(endpoint, NULL, make(seL4_ReplyObject))),
             seL4_Fault_Timeout);
    us = now_us();
    turns_end();
    CHECK(us >= ROUND_US - 20 && us < ROUND_US + 100);
}

TEST(domain, of_the_caller_goes_on_after_a_yield_to_another, "seL4_SchedContext_YieldTo")
{
    need_domains();
    struct members all = {0};

    turns_begin();
    member_run(&all, act_once, TEST_PRIORITY, 1);
    OK(seL4_SchedContext_YieldTo(all.threads[0]->context).error);
    seL4_Word us = now_us();
    turns_end();
    CHECK(us < TURN_0_US - 500);
    CHECK_TRACE(&all.trace, "");
}

TEST(tcb_set_priority, puts_a_ready_thread_of_another_domain_before_its_new_equals, "Domains")
{
    need_domains();
    struct members all = {0};

    turns_begin();
    member_run(&all, act_once, TEST_PRIORITY, 1);
    member_run(&all, act_once, TEST_PRIORITY - 1, 1);
    OK(seL4_TCB_SetPriority(all.threads[1]->tcb, MY_TCB, TEST_PRIORITY));
    wait_until(ROUND_US);
    turns_end();
    CHECK_TRACE(&all.trace, "ba");
}
