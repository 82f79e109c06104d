/*
 * Domains in time: whose turn it is, for how long, and what waits for it. The test itself is in
 * domain 0. All is skipped where the configuration has one domain.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/config.h>

#include "irq_help.h"

#define TICKS_PER_MS (TICKS_PER_2_US * 500ull)
#define FOR_EVER     ((1ul << 56) - 1)

/* The schedule of these tests: domain 0 has 3 ms, domain 1 has 2 ms, and again. */
#define TURN_0_US 3000
#define TURN_1_US 2000
#define ROUND_US  (TURN_0_US + TURN_1_US)

static uint64_t start; /* of the first turn */

static void entry(seL4_Word index, seL4_Uint8 domain, seL4_Word duration)
{
    OK(seL4_DomainSet_ScheduleConfigure(DOMAIN, index, domain, duration));
}

/* The first turn of domain 0 begins. */
static void turns_begin(void)
{
    make(seL4_EndpointObject); /* the first object of a test takes long on real seL4 */
    entry(0, 0, us_to_ticks(TURN_0_US));
    entry(1, 1, us_to_ticks(TURN_1_US));
    entry(2, 0, 0);
    start = counter_read();
    OK(seL4_DomainSet_ScheduleSetStart(DOMAIN, 0));
}

/* All time is domain 0's again. */
static void turns_end(void)
{
    entry(0, 0, FOR_EVER);
    OK(seL4_DomainSet_ScheduleSetStart(DOMAIN, 0));
    for (seL4_Word index = 1; index < 6; index++) {
        entry(index, 0, 0);
    }
}

static seL4_Word now_us(void)
{
    return (counter_read() - start) * 2 / TICKS_PER_2_US;
}

/* The test goes on when so much time has passed since the first turn began. */
static void wait_until(seL4_Word us)
{
    while (now_us() < us) {
    }
}

static void need_domains(void)
{
    if (SK_CFG_NUM_DOMAINS == 1) {
        skip("the kernel has one domain");
    }
    if (!SK_CFG_EXPORT_PCNT_USER) {
        skip("the kernel does not export CNTPCT");
    }
}

#define MAX_MEMBERS 5

/* Threads 'a', 'b', ... with a domain each, and what they did. */
struct members {
    struct trace trace;
    struct actor actors[MAX_MEMBERS];
    struct thread *threads[MAX_MEMBERS];
    unsigned count;
};

/* Makes the next one; its body is one of sched_help.h. */
static struct thread *member(struct members *all, void (*body)(void *arg), seL4_Word priority,
                             seL4_Uint8 domain)
{
    struct actor *actor = &all->actors[all->count];
    struct thread *thread = thread_make(body, actor, priority);

    *actor = (struct actor){.trace = &all->trace,
                            .letter = (char)('a' + all->count),
                            .notification = make(seL4_NotificationObject)};
    OK(seL4_DomainSet_Set(DOMAIN, domain, thread->tcb));
    all->threads[all->count] = thread;
    all->count++;
    return thread;
}

/* The same, started. */
static void member_run(struct members *all, void (*body)(void *arg), seL4_Word priority,
                       seL4_Uint8 domain)
{
    thread_start(member(all, body, priority, domain));
}

TEST(domain_schedule, gives_each_domain_its_turn, "Domains")
{
    need_domains();
    struct members all = {0};

    turns_begin();
    member_run(&all, act_once, TEST_PRIORITY, 1);
    wait_until(TURN_0_US - 500);
    CHECK_TRACE(&all.trace, "");
    wait_until(ROUND_US);
    CHECK_TRACE(&all.trace, "a");
    turns_end();
}

TEST(domain_schedule, counts_durations_in_ticks_of_the_timer,
     "seL4_DomainSet_ScheduleConfigure")
{
    need_domains();
    uint64_t last;
    uint64_t now;

    turns_begin();
    now = counter_read();
    do {
        last = now;
        now = counter_read();
    } while (now - last < TICKS_PER_MS);
    turns_end();
    CHECK(last - start >= us_to_ticks(TURN_0_US - 20));
    CHECK(last - start < us_to_ticks(TURN_0_US + 20));
    CHECK(now - last >= us_to_ticks(TURN_1_US - 20));
    CHECK(now - last < us_to_ticks(TURN_1_US + 20));
}

TEST(domain_schedule, leaves_a_turn_that_nobody_can_use_idle, "Domains")
{
    need_domains();
    turns_begin();
    wait_until(TURN_0_US + 100);
    CHECK(now_us() >= ROUND_US - 20);
    turns_end();
}

TEST(domain_schedule, begins_again_behind_the_last_entry, "Domains")
{
    need_domains();
    turns_begin();
    wait_until(ROUND_US + TURN_0_US + 100);
    CHECK(now_us() >= 2 * ROUND_US - 20);
    CHECK(now_us() < 2 * ROUND_US + 50);
    turns_end();
}

TEST(domain_schedule, begins_again_at_the_start, "seL4_DomainSet_ScheduleSetStart")
{
    need_domains();
    turns_begin();
    entry(3, 0, us_to_ticks(1000));
    entry(4, 1, us_to_ticks(1000));
    start = counter_read();
    OK(seL4_DomainSet_ScheduleSetStart(DOMAIN, 3));
    wait_until(1100);
    CHECK(now_us() >= 1980);
    wait_until(3100);
    seL4_Word us = now_us();
    turns_end();
    CHECK(us >= 3980 && us < 4050);
}

TEST(domain_schedule, starts_at_once, "seL4_DomainSet_ScheduleSetStart")
{
    need_domains();
    struct members all = {0};

    turns_begin();
    member_run(&all, act_once, 1, 1);
    entry(2, 0, us_to_ticks(TURN_0_US)); /* or else the test's turn would never come */
    OK(seL4_DomainSet_ScheduleSetStart(DOMAIN, 1));
    seL4_Word us = now_us();
    turns_end();
    CHECK_TRACE(&all.trace, "a");
    CHECK(us >= TURN_1_US - 20 && us < TURN_1_US + 200);
}

TEST(domain_schedule, keeps_the_duration_of_the_turn_that_it_is,
     "seL4_DomainSet_ScheduleConfigure")
{
    need_domains();
    turns_begin();
    entry(0, 0, us_to_ticks(1000));
    wait_until(1500);
    CHECK(now_us() < 1600);
    wait_until(ROUND_US + 1100);
    seL4_Word us = now_us();
    turns_end();
    CHECK(us >= ROUND_US + 1000 + TURN_1_US - 20);
}

TEST(domain_schedule, ends_early_at_a_new_end_marker, "seL4_DomainSet_ScheduleConfigure")
{
    need_domains();
    turns_begin();
    entry(1, 0, 0);
    wait_until(TURN_0_US + 500);
    seL4_Word us = now_us();
    turns_end();
    CHECK(us < TURN_0_US + 600);
}

TEST(domain_schedule, refuses_a_domain_without_duration, "seL4_DomainSet_ScheduleConfigure")
{
    need_domains();
    REFUSED_WITH(seL4_DomainSet_ScheduleConfigure(DOMAIN, 1, 1, 0), seL4_InvalidArgument, 1);
    REFUSED_WITH(seL4_DomainSet_ScheduleConfigure(DOMAIN, 0, 1, 0), seL4_InvalidArgument, 1);
}

TEST(domain_schedule, refuses_to_make_its_start_an_end_marker,
     "seL4_DomainSet_ScheduleConfigure")
{
    need_domains();
    turns_begin();
    entry(3, 0, us_to_ticks(1000));
    OK(seL4_DomainSet_ScheduleSetStart(DOMAIN, 3));
    seL4_Error of_start = seL4_DomainSet_ScheduleConfigure(DOMAIN, 3, 0, 0);
    seL4_Error of_first = seL4_DomainSet_ScheduleConfigure(DOMAIN, 0, 0, 0);
    turns_end();
    REFUSED(of_start, seL4_InvalidArgument);
    OK(of_first);
}

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
