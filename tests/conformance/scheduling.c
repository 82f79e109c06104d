/*
 * Which thread runs: priorities, the order among equals, preemption, Yield, budgets.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "sched_help.h"

#define LOWER  (TEST_PRIORITY - 2)
#define LOW    (TEST_PRIORITY - 1)
#define EQUAL  TEST_PRIORITY
#define HIGH   (TEST_PRIORITY + 1)
#define HIGHER (TEST_PRIORITY + 2)

/* Threads that share a trace; the nth has the nth letter of the alphabet. */
struct crowd {
    struct trace trace;
    struct actor actors[MAX_THREADS];
    struct thread *threads[MAX_THREADS];
    unsigned count;
};

static struct thread *join(struct crowd *crowd, void (*body)(void *arg), seL4_Word priority)
{
    unsigned n = crowd->count++;
    struct actor *actor = &crowd->actors[n];

    *actor = (struct actor){.trace = &crowd->trace, .letter = (char)('a' + n)};
    crowd->threads[n] = thread_make(body, actor, priority);
    return crowd->threads[n];
}

static struct thread *join_and_start(struct crowd *crowd, void (*body)(void *arg),
                                     seL4_Word priority)
{
    struct thread *thread = join(crowd, body, priority);

    thread_start(thread);
    return thread;
}

/* The same with time to spend before the letter is added. */
static struct thread *join_for(struct crowd *crowd, seL4_Word time_us, seL4_Word priority,
                               seL4_Word budget_us, seL4_Word period_us)
{
    struct thread *thread = join(crowd, act_and_spin, priority);

    crowd->actors[crowd->count - 1].time_us = time_us;
    OK(context_configure(thread->context, budget_us, period_us));
    return thread;
}

/*
 * A thread that waits for the notification returned, and adds its letter at each signal. The
 * first of its crowd, it has the letter a.
 */
static seL4_CPtr join_listener(struct crowd *crowd, seL4_Word priority, seL4_Word budget_us,
                               seL4_Word period_us)
{
    struct thread *thread = join(crowd, act_on_signals, priority);

    crowd->actors[0].notification = make(seL4_NotificationObject);
    OK(context_configure(thread->context, budget_us, period_us));
    thread_start(thread);
    settle();
    return crowd->actors[0].notification;
}

/* Threads of these priorities, made ready one after the other by the test, run in an order. */
#define EXPECT_ORDER(expected, ...)                                             \
    do {                                                                        \
        const seL4_Word priorities__[] = {__VA_ARGS__};                         \
        struct crowd crowd__ = {0};                                             \
                                                                                \
        for (size_t i = 0; i < sizeof(priorities__) / sizeof(seL4_Word); i++) { \
            join_and_start(&crowd__, act_once, priorities__[i]);                \
        }                                                                       \
        settle();                                                               \
        CHECK_TRACE(&crowd__.trace, expected);                                  \
    } while (0)

TEST(scheduling, runs_the_highest_priority_first, "Scheduling")
{
    EXPECT_ORDER("ba", LOWER, LOW);
}

TEST(scheduling, runs_equals_in_the_order_they_became_ready, "Scheduling Contexts")
{
    EXPECT_ORDER("abc", EQUAL, EQUAL, EQUAL);
}

TEST(scheduling, puts_a_thread_started_from_above_before_its_equals, "Scheduling")
{
    EXPECT_ORDER("cba", LOW, LOW, LOW);
}

TEST(scheduling, preempts_for_a_higher_priority, "Scheduling")
{
    struct crowd crowd = {0};

    join_and_start(&crowd, act_once, HIGH);
    CHECK_TRACE(&crowd.trace, "a");
}

TEST(scheduling, does_not_preempt_for_the_same_priority, "Scheduling")
{
    struct crowd crowd = {0};

    join_and_start(&crowd, act_once, EQUAL);
    CHECK_TRACE(&crowd.trace, "");
}

TEST(scheduling, knows_all_priorities_below_the_threads_own, "Scheduling")
{
    EXPECT_ORDER("dcba", 1, 63, 64, 65);
}

TEST(scheduling, resumes_a_preempted_thread_before_its_equals, "Scheduling")
{
    struct crowd crowd = {0};

    join_and_start(&crowd, act_once, EQUAL);
    join_and_start(&crowd, act_once, HIGH);
    trace_add(&crowd.trace, 'm');
    settle();
    CHECK_TRACE(&crowd.trace, "bma");
}

TEST(scheduling, puts_a_ready_thread_first_when_it_is_set_to_the_callers_priority, "Scheduling")
{
    struct crowd crowd = {0};
    struct thread *first = join_and_start(&crowd, act_once, LOW);

    join_and_start(&crowd, act_once, EQUAL);
    OK(seL4_TCB_SetPriority(first->tcb, MY_TCB, EQUAL));
    settle();
    CHECK_TRACE(&crowd.trace, "ab");
}

TEST(scheduling, puts_a_ready_thread_first_when_it_is_set_below_the_callers_priority,
     "Scheduling")
{
    struct crowd crowd = {0};
    struct thread *first = join_and_start(&crowd, act_once, LOW);

    join_and_start(&crowd, act_once, LOW);
    OK(seL4_TCB_SetPriority(first->tcb, MY_TCB, LOW));
    settle();
    CHECK_TRACE(&crowd.trace, "ab");
}

TEST(scheduling, preempts_when_a_ready_thread_rises, "Scheduling")
{
    struct crowd crowd = {0};
    struct thread *thread = join_and_start(&crowd, act_once, LOW);

    OK(seL4_TCB_SetPriority(thread->tcb, MY_TCB, HIGH));
    CHECK_TRACE(&crowd.trace, "a");
}

TEST(scheduling, goes_on_with_another_when_the_current_thread_falls, "Scheduling")
{
    struct crowd crowd = {0};

    join_and_start(&crowd, act_once, LOW);
    OK(seL4_TCB_SetPriority(MY_TCB, MY_TCB, LOWER));
    CHECK_TRACE(&crowd.trace, "a");
}

TEST(scheduling, preempts_for_a_signalled_thread_of_higher_priority, "Scheduling")
{
    struct crowd crowd = {0};

    seL4_Signal(join_listener(&crowd, HIGH, 10000, 10000));
    CHECK_TRACE(&crowd.trace, "a");
}

TEST(scheduling, does_not_preempt_for_a_signalled_thread_of_the_same_priority, "Scheduling")
{
    struct crowd crowd = {0};

    seL4_Signal(join_listener(&crowd, EQUAL, 10000, 10000));
    CHECK_TRACE(&crowd.trace, "");
}

TEST(yield, lets_equals_run, "seL4_Yield")
{
    struct crowd crowd = {0};

    join_and_start(&crowd, act_twice_yielding, EQUAL);
    join_and_start(&crowd, act_twice_yielding, EQUAL);
    settle();
    CHECK_TRACE(&crowd.trace, "abab");
}

TEST(yield, does_not_let_lower_priorities_run, "seL4_Yield")
{
    struct crowd crowd = {0};

    join_and_start(&crowd, act_twice_yielding, LOW);
    join_and_start(&crowd, act_once, LOWER);
    settle();
    CHECK_TRACE(&crowd.trace, "aab");
}

TEST(yield, ends_a_partial_budget_for_the_period, "seL4_Yield")
{
    struct crowd crowd = {0};
    struct thread *thread = join(&crowd, act_twice_yielding, HIGH);

    OK(context_configure(thread->context, 5000, 100000));
    thread_start(thread);
    spin_us(20000);
    CHECK_TRACE(&crowd.trace, "a");
}

TEST(yield, goes_on_in_the_next_period, "seL4_Yield")
{
    struct crowd crowd = {0};
    struct thread *thread = join(&crowd, act_twice_yielding, HIGH);

    OK(context_configure(thread->context, 5000, 20000));
    thread_start(thread);
    spin_us(30000);
    CHECK_TRACE(&crowd.trace, "aa");
}

TEST(budget, of_a_whole_period_is_a_time_slice_among_equals, "Scheduling Contexts")
{
    struct crowd crowd = {0};

    thread_start(join_for(&crowd, 3000, EQUAL, 2000, 2000));
    thread_start(join_for(&crowd, 1000, EQUAL, 2000, 2000));
    settle();
    CHECK_TRACE(&crowd.trace, "ba");
}

TEST(budget, that_suffices_is_not_interrupted_by_equals, "Scheduling Contexts")
{
    struct crowd crowd = {0};

    thread_start(join_for(&crowd, 3000, EQUAL, 5000, 5000));
    thread_start(join_for(&crowd, 1000, EQUAL, 5000, 5000));
    settle();
    CHECK_TRACE(&crowd.trace, "ab");
}

TEST(budget, of_a_whole_period_never_lets_lower_priorities_run, "Scheduling Contexts")
{
    struct crowd crowd = {0};

    thread_start(join_for(&crowd, 5000, LOW, 1000, 1000));
    join_and_start(&crowd, act_once, LOWER);
    settle();
    CHECK_TRACE(&crowd.trace, "ab");
}

TEST(budget, that_is_used_up_lets_lower_priorities_run, "Scheduling Contexts")
{
    struct crowd crowd = {0};

    thread_start(join_for(&crowd, 3000, HIGH, 1000, 100000));
    CHECK_TRACE(&crowd.trace, "");
}

TEST(budget, comes_back_in_the_next_period, "Scheduling Contexts")
{
    struct crowd crowd = {0};

    thread_start(join_for(&crowd, 1500, HIGH, 1000, 10000));
    spin_us(8000);
    CHECK_TRACE(&crowd.trace, "");
    spin_us(4000);
    CHECK_TRACE(&crowd.trace, "a");
}

TEST(budget, comes_back_first_for_the_shorter_period, "Scheduling Contexts")
{
    struct crowd crowd = {0};

    thread_start(join_for(&crowd, 1500, HIGH, 1000, 20000));
    thread_start(join_for(&crowd, 1500, HIGH, 1000, 10000));
    spin_us(30000);
    CHECK_TRACE(&crowd.trace, "ba");
}

TEST(budget, that_comes_back_preempts_a_lower_priority, "Scheduling Contexts")
{
    struct crowd crowd = {0};

    thread_start(join_for(&crowd, 1500, HIGH, 1000, 10000));
    spin_us(12000);
    trace_add(&crowd.trace, 'm');
    CHECK_TRACE(&crowd.trace, "am");
}

TEST(budget, is_not_used_up_by_waiting, "Scheduling Contexts")
{
    struct crowd crowd = {0};
    seL4_CPtr notification = join_listener(&crowd, HIGH, 2000, 100000);

    spin_us(5000);
    seL4_Signal(notification);
    CHECK_TRACE(&crowd.trace, "a");
}

/* Each wait splits what is left of the budget, as long as there is room for a part more. */
static void expect_signals(seL4_Word extra_refills)
{
    struct crowd crowd = {0};
    seL4_CPtr notification = join_listener(&crowd, HIGH, 2000, 100000);

    OK(seL4_SchedControl_ConfigureFlags(SCHED_CONTROL, crowd.threads[0]->context, 2000, 100000,
                                        extra_refills, 0, 0));
    for (int i = 0; i < 9; i++) {
        spin_us(100);
        seL4_Signal(notification);
    }
    CHECK_TRACE(&crowd.trace, "aaaaaaaaa");
}

TEST(budget, of_two_refills_survives_many_waits, "Scheduling Contexts")
{
    expect_signals(0);
}

TEST(budget, of_many_refills_survives_many_waits, "Scheduling Contexts")
{
    expect_signals(6);
}

TEST(budget, is_not_shared_by_threads_of_one_priority, "Scheduling Contexts")
{
    struct crowd crowd = {0};

    thread_start(join_for(&crowd, 3000, HIGH, 1000, 100000));
    thread_start(join_for(&crowd, 500, HIGH, 1000, 100000));
    CHECK_TRACE(&crowd.trace, "b");
}

TEST(budget, of_none_never_lets_a_thread_run, "Scheduling Context Creation")
{
    struct crowd crowd = {0};
    struct thread *thread = join(&crowd, act_once, HIGH);

    OK(seL4_SchedContext_Unbind(thread->context));
    OK(seL4_SchedContext_Bind(make_sized(seL4_SchedContextObject, 8), thread->tcb));
    thread_start(thread);
    settle();
    CHECK_TRACE(&crowd.trace, "");
}
