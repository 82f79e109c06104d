/*
 * Budgets to the microsecond: what happens when little is left, who comes first when budget
 * comes back, and what seL4_SchedContext_Sporadic does.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/config.h>

#include "irq_help.h"

#define BUDGET_US  500
#define PERIOD_US  5000
#define LITTLE_US  10 /* less than the kernel may take, with what it takes to get there */
#define ENOUGH_US  60
#define UNKNOWN    (-77) /* no system call */
#define AT_ONCE_US 100

/* A thread that runs until left_us of its budget are left, and then does something. */
struct spender {
    seL4_Word left_us;
    void (*act)(const struct spender *self);
    seL4_CPtr object;
    struct thread *thread;
    struct trace trace;
    volatile uint64_t before; /* when it acted */
    volatile uint64_t after;  /* when it had acted; 0 if it has not yet */
};

static void spend(void *arg)
{
    struct spender *self = arg;
    uint64_t start = counter_read();

    while (counter_read() - start < us_to_ticks(BUDGET_US - self->left_us)) {
    }
    self->before = counter_read();
    self->act(self);
    self->after = counter_read();
    trace_add(&self->trace, 's');
}

static void spender_init(struct spender *self, void (*act)(const struct spender *self),
                         seL4_Word left_us)
{
    if (!SK_CFG_EXPORT_PCNT_USER) {
        skip("the kernel does not export CNTPCT");
    }
    *self = (struct spender){.left_us = left_us, .act = act};
    self->object = make(seL4_NotificationObject);
    self->thread = thread_make(spend, self, TEST_PRIORITY + 1);
    OK(context_configure(self->thread->context, BUDGET_US, PERIOD_US));
}

/* For how long the thread acted, seen over four periods. */
static seL4_Word spender_delay_us(struct spender *self)
{
    thread_start(self->thread);
    spin_us(4 * PERIOD_US);
    CHECK(self->after != 0);
    return (self->after - self->before) * 2 / TICKS_PER_2_US;
}

static void act_signal(const struct spender *self)
{
    seL4_Signal(self->object);
}

static void act_poll(const struct spender *self)
{
    seL4_Poll(self->object, NULL);
}

static void act_yield(const struct spender *self)
{
    (void)self;
    seL4_Yield();
}

static void act_invoke(const struct spender *self)
{
    OK(seL4_TCB_SetTLSBase(self->object, 0));
}

static void act_call(const struct spender *self)
{
    seL4_Call(self->object, seL4_MessageInfo_new(0, 0, 0, 0));
}

static void act_fault(const struct spender *self)
{
    (void)self;
    raw_system_call(UNKNOWN, 0);
}

TEST(budget, is_enough_for_a_system_call_with_more_than_the_least_left, "MCS Scheduling")
{
    struct spender spender;

    spender_init(&spender, act_signal, ENOUGH_US);
    CHECK(spender_delay_us(&spender) < AT_ONCE_US);
}

TEST(budget, puts_a_signal_off_to_the_next_period_with_little_left, "MCS Scheduling")
{
    struct spender spender;

    spender_init(&spender, act_signal, LITTLE_US);
    seL4_Word us = spender_delay_us(&spender);
    CHECK(us >= PERIOD_US - BUDGET_US - 50 && us < PERIOD_US);
}

TEST(budget, puts_a_poll_off_to_the_next_period_with_little_left, "MCS Scheduling")
{
    struct spender spender;

    spender_init(&spender, act_poll, LITTLE_US);
    seL4_Word us = spender_delay_us(&spender);
    CHECK(us >= PERIOD_US - BUDGET_US - 50 && us < PERIOD_US);
}

TEST(budget, puts_an_invocation_off_to_the_next_period_with_little_left, "MCS Scheduling")
{
    struct spender spender;

    spender_init(&spender, act_invoke, LITTLE_US);
    spender.object = make(seL4_TCBObject);
    seL4_Word us = spender_delay_us(&spender);
    CHECK(us >= PERIOD_US - BUDGET_US - 50 && us < PERIOD_US);
}

TEST(budget, given_up_with_little_left_costs_the_next_period_too, "MCS Scheduling")
{
    struct spender spender;

    spender_init(&spender, act_yield, LITTLE_US);
    seL4_Word us = spender_delay_us(&spender);
    CHECK(us >= 2 * PERIOD_US - BUDGET_US - 50 && us < 2 * PERIOD_US);
}

TEST(budget, with_little_left_is_enough_for_a_call_by_the_fast_path, "MCS Scheduling")
{
    struct spender spender;
    struct trace trace = {0};
    struct actor server = {
        .trace = &trace,
        .endpoint = make(seL4_EndpointObject),
        .reply = make(seL4_ReplyObject),
    };

    if (!SK_CFG_FASTPATH) {
        skip("the kernel has no fast path");
    }
    passive_run(act_as_server, &server, TEST_PRIORITY + 2);
    spender_init(&spender, act_call, LITTLE_US);
    spender.object = server.endpoint;
    CHECK(spender_delay_us(&spender) < AT_ONCE_US);
}

/* When a fault of the spender arrives, counted from where it was made. */
static seL4_Word fault_delay_us(seL4_Word left_us)
{
    struct spender spender;
    seL4_CPtr endpoint = make(seL4_EndpointObject);
    seL4_CPtr reply = make(seL4_ReplyObject);

    spender_init(&spender, act_fault, left_us);
    OK(seL4_TCB_SetSchedParams(spender.thread->tcb, MY_TCB, TEST_MCP, TEST_PRIORITY + 1,
                               spender.thread->context, endpoint));
    thread_start(spender.thread);
    CHECK_EQ(seL4_MessageInfo_get_label(seL4_Recv(endpoint, NULL, reply)),
             seL4_Fault_UnknownSyscall);
    return (counter_read() - spender.before) * 2 / TICKS_PER_2_US;
}

TEST(budget, is_enough_for_a_fault_with_more_than_the_least_left, "MCS Scheduling")
{
    seL4_Word us = fault_delay_us(ENOUGH_US);
    CHECK(us < AT_ONCE_US);
}

TEST(budget, puts_a_fault_off_to_the_next_period_with_little_left, "MCS Scheduling")
{
    seL4_Word us = fault_delay_us(LITTLE_US);
    CHECK(us >= PERIOD_US - BUDGET_US - 50 && us < PERIOD_US);
}

TEST(budget, with_little_left_is_reported_in_the_place_of_a_system_call,
     "Timeout Exceptions (MCS Only)")
{
    struct spender spender;
    seL4_CPtr endpoint = make(seL4_EndpointObject);

    spender_init(&spender, act_signal, LITTLE_US);
    set_timeout_endpoint(spender.thread, endpoint);
    thread_start(spender.thread);
    CHECK_EQ(seL4_MessageInfo_get_label(seL4_Recv(endpoint, NULL, make(seL4_ReplyObject))),
             seL4_Fault_Timeout);
    CHECK_EQ(spender.after, 0);
}

/* Rings the alarm, and says when it could last go on without a pause. */
static void act_alarm(const struct spender *self)
{
    uint64_t last = counter_read();
    uint64_t now = last;

    (void)self;
    cntp_compare_write(last);
    cntp_control_write(CNTP_ENABLE);
    while (now - last < us_to_ticks(AT_ONCE_US)) {
        last = now;
        now = counter_read();
    }
}

TEST(budget, with_little_left_ends_at_an_interrupt, "MCS Scheduling")
{
    struct spender spender;
    struct alarm alarm;

    alarm_init(&alarm);
    spender_init(&spender, act_alarm, LITTLE_US);
    thread_start(spender.thread);
    seL4_Word us = seL4_SchedContext_Consumed(spender.thread->context).consumed;
    alarm_silence();
    CHECK(us >= BUDGET_US - LITTLE_US && us < BUDGET_US - 3);
}

static void spin_and_yield(void *actor)
{
    const struct actor *self = actor;

    spin_us(self->time_us);
    seL4_Yield();
    act_once(actor);
}

/* What a thread with this budget in 1 ms gets done in 20 ms: 'a' if it is to yield once. */
static void yield_with_budget(struct trace *trace, seL4_Word budget_us)
{
    static struct actor actor;

    *trace = (struct trace){0};
    actor = (struct actor){.trace = trace, .letter = 'a', .time_us = 5};
    struct thread *thread = thread_make(spin_and_yield, &actor, TEST_PRIORITY + 1);

    OK(context_configure(thread->context, budget_us, 1000));
    thread_start(thread);
    uint64_t start = counter_read();
    while (counter_read() - start < us_to_ticks(20000)) {
    }
}

TEST(budget, that_is_the_least_lets_no_system_call_pass, "MCS Scheduling")
{
    struct trace trace;

    yield_with_budget(&trace, 20);
    CHECK_TRACE(&trace, "");
}

TEST(budget, that_is_twice_the_least_lets_a_system_call_pass, "MCS Scheduling")
{
    struct trace trace;

    yield_with_budget(&trace, 40);
    CHECK_TRACE(&trace, "a");
}

/* A spender that is a time slice, and a thread of its priority behind it: who is first? */
static void slice_against(struct spender *spender, seL4_Word left_us)
{
    static struct actor other;

    spender_init(spender, act_signal, left_us);
    OK(context_configure(spender->thread->context, BUDGET_US, BUDGET_US));
    OK(seL4_TCB_SetPriority(spender->thread->tcb, MY_TCB, TEST_PRIORITY - 1));
    other = (struct actor){.trace = &spender->trace, .letter = 'o'};
    thread_start(thread_make(act_once, &other, TEST_PRIORITY - 1));
    thread_start(spender->thread);
    settle();
}

TEST(time_slice, lasts_through_a_system_call_with_more_than_the_least_left, "MCS Scheduling")
{
    struct spender spender;

    slice_against(&spender, ENOUGH_US);
    CHECK_TRACE(&spender.trace, "so");
}

TEST(time_slice, ends_before_a_system_call_with_little_left, "MCS Scheduling")
{
    struct spender spender;

    slice_against(&spender, LITTLE_US);
    CHECK_TRACE(&spender.trace, "os");
}

TEST(budget, that_comes_back_last_is_served_first_among_equals, "MCS Scheduling")
{
    struct trace trace = {0};
    struct actor actors[2];
    struct thread *threads[2];

    for (unsigned n = 0; n < 2; n++) {
        actors[n] = (struct actor){.trace = &trace, .letter = (char)('a' + n)};
        threads[n] = thread_make(act_twice_yielding, &actors[n], TEST_PRIORITY + 1);
        OK(context_configure(threads[n]->context, 1000, 3000 + 1000 * n));
        thread_start(threads[n]);
    }
    OK(seL4_TCB_SetPriority(MY_TCB, MY_TCB, TEST_MCP));
    spin_us(6000);
    OK(seL4_TCB_SetPriority(MY_TCB, MY_TCB, TEST_PRIORITY));
    CHECK_TRACE(&trace, "abba");
}

TEST(budget, that_ends_sends_the_thread_behind_its_equals_with_the_next_refill_there,
     "MCS Scheduling")
{
    struct trace trace = {0};
    struct actor spinner = {.trace = &trace, .letter = 's', .time_us = 300};
    struct actor other = {.trace = &trace, .letter = 'o'};
    struct thread *thread = thread_make(act_and_spin, &spinner, TEST_PRIORITY - 1);

    OK(seL4_SchedControl_ConfigureFlags(SCHED_CONTROL, thread->context, 200, 2000, 0, 0,
                                        seL4_SchedContext_Sporadic));
    thread_start(thread_make(act_once, &other, TEST_PRIORITY - 1));
    thread_start(thread);
    spin_us(6000);
    settle();
    CHECK_TRACE(&trace, "os");
}

/* How long a thread of 500 us in 2 ms runs in 1.9 ms, after it waited 6 ms for others. */
static seL4_Word ran_after_others(seL4_Word flags)
{
    struct trace trace = {0};
    struct actor actor = {.trace = &trace, .letter = 'a'};
    struct thread *thread = thread_make(act_for_ever, &actor, TEST_PRIORITY + 1);

    OK(seL4_SchedControl_ConfigureFlags(SCHED_CONTROL, thread->context, 500, 2000, 2, 0,
                                        flags));
    OK(seL4_TCB_SetPriority(MY_TCB, MY_TCB, TEST_MCP));
    thread_start(thread);
    spin_us(6000);
    uint64_t start = counter_read();
    OK(seL4_TCB_SetPriority(MY_TCB, MY_TCB, TEST_PRIORITY));
    while (counter_read() - start < us_to_ticks(1900)) {
    }
    return seL4_SchedContext_Consumed(thread->context).consumed;
}

TEST(sporadic, keeps_the_refills_that_came_while_others_ran, "seL4_SchedControl_ConfigureFlags")
{
    seL4_Word us = ran_after_others(seL4_SchedContext_Sporadic);
    CHECK(us >= 1490);
}

TEST(sporadic, is_off_by_default_and_time_that_others_ran_is_lost,
     "seL4_SchedControl_ConfigureFlags")
{
    seL4_Word us = ran_after_others(seL4_SchedContext_NoFlag);
    CHECK(us >= 490 && us < 550);
}

static void wait_and_spin(void *arg)
{
    const struct actor *self = arg;

    seL4_Wait(self->notification, NULL);
    act_for_ever(arg);
}

TEST(sporadic, loses_the_time_that_the_thread_was_blocked, "seL4_SchedControl_ConfigureFlags")
{
    struct trace trace = {0};
    struct actor actor = {
        .trace = &trace, .letter = 'a', .notification = make(seL4_NotificationObject)};
    struct thread *thread = thread_make(wait_and_spin, &actor, TEST_PRIORITY + 1);

    OK(seL4_SchedControl_ConfigureFlags(SCHED_CONTROL, thread->context, 500, 2000, 2, 0,
                                        seL4_SchedContext_Sporadic));
    thread_start(thread);
    spin_us(6000);
    uint64_t start = counter_read();
    seL4_Signal(actor.notification);
    while (counter_read() - start < us_to_ticks(1900)) {
    }
    seL4_Word us = seL4_SchedContext_Consumed(thread->context).consumed;
    CHECK(us >= 490 && us < 550);
}

TEST(sporadic, thread_that_used_its_budget_waits_for_it, "seL4_SchedControl_ConfigureFlags")
{
    struct trace trace = {0};
    struct actor actor = {.trace = &trace, .letter = 'a'};
    struct thread *thread = thread_make(act_for_ever, &actor, TEST_PRIORITY + 1);

    OK(seL4_SchedControl_ConfigureFlags(SCHED_CONTROL, thread->context, 500, 2000, 2, 0,
                                        seL4_SchedContext_Sporadic));
    thread_start(thread);
    uint64_t start = counter_read();
    while (counter_read() - start < us_to_ticks(6500)) {
    }
    seL4_Word us = seL4_SchedContext_Consumed(thread->context).consumed;
    CHECK(us >= 1900 && us < 2100);
}

TEST(sched_control, lets_a_thread_without_budget_run_at_once_as_a_time_slice,
     "seL4_SchedControl_ConfigureFlags")
{
    struct runner runner;

    runner_init(&runner, act_and_spin);
    runner.actor.time_us = 800;
    OK(context_configure(runner.context, 500, 400000));
    OK(seL4_SchedContext_Bind(runner.context, runner.thread->tcb));
    thread_start(runner.thread);
    CHECK_TRACE(&runner.trace, "");
    OK(context_configure(runner.context, 1000, 1000));
    CHECK_TRACE(&runner.trace, "a");
}
