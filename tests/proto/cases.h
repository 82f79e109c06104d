/*
 * The cases, by file.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include "../cap/scene.h"

extern const struct scene_case proto_cases[];
extern const unsigned proto_case_count;

#define CASE(name)  const char *name(struct scene *s);
#define ENTRY(name) {#name, name},

/* event_cases.c */
#define EVENT_CASES(X)                           \
    X(signals_call_back_by_bit)                  \
    X(bits_have_one_source)                      \
    X(a_loop_runs_until_it_is_stopped)           \
    X(what_is_deferred_is_signalled_by_the_wait) \
    X(misuse_of_a_loop_traps)

/* message_cases.c */
#define MESSAGE_CASES(X)                           \
    X(messages_and_signals_come_to_one_place)      \
    X(the_first_server_that_fits_gets_the_message) \
    X(answers_can_be_given_later)                  \
    X(answers_wait_for_nobody_else)                \
    X(whatever_receives_first_an_answer_follows)   \
    X(faults_and_calls_come_to_one_endpoint)

/* coroutine_cases.c */
#define COROUTINE_CASES(X)                    \
    X(timers_are_called_in_order)             \
    X(a_timer_that_is_over_waits_for_a_turn)  \
    X(coroutines_go_on_when_events_are_fired) \
    X(waits_end_in_time)                      \
    X(who_sleeps_too_long_sleeps_for_ever)    \
    X(cancelled_coroutines_clean_up)          \
    X(coroutines_wait_for_coroutines)         \
    X(waits_stand_in_loops_and_switches)      \
    X(pausing_lets_signals_through)           \
    X(an_end_without_the_end_traps)

EVENT_CASES(CASE)
MESSAGE_CASES(CASE)
COROUTINE_CASES(CASE)
