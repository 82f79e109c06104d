/*
 * The cases about remote procedure calls, by file.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include "../cap/scene.h"

#define CASE(name)  const char *name(struct scene *s);
#define ENTRY(name) {#name, name},

/* call_cases.c */
#define CALL_CASES(X)                            \
    X(every_type_comes_back)                     \
    X(bytes_of_every_size_come_back)             \
    X(what_is_too_long_is_not_sent)              \
    X(large_messages_go_by_a_page)               \
    X(pages_end_and_can_be_taken_back)           \
    X(capabilities_arrive_in_slots_that_one_has) \
    X(errors_arrive_as_they_are)                 \
    X(a_call_can_be_answered_later)              \
    X(versions_are_compared)                     \
    X(a_loop_may_be_ones_own)                    \
    X(nothing_is_left_out)                       \
    X(whatever_request_fails_nothing_is_lost)

/* gift_cases.c */
#define GIFT_CASES(X)                          \
    X(nothing_but_a_frame_is_a_page)           \
    X(a_reply_object_hands_on_nothing_of_ours) \
    X(what_is_tame_is_still_what_it_was)       \
    X(without_a_spare_slot_nothing_is_tame)    \
    X(a_guard_does_not_survive)

/* hostile_cases.c */
#define HOSTILE_CASES(X)                       \
    X(malformed_messages_are_refused)          \
    X(capabilities_that_are_wrong_are_refused) \
    X(texts_end_where_they_say)                \
    X(malformed_answers_are_refused)           \
    X(random_messages_are_answered)

CALL_CASES(CASE)
GIFT_CASES(CASE)
HOSTILE_CASES(CASE)

#define RPC_CASES_MOST 32
extern const struct scene_case rpc_cases[];
extern const unsigned rpc_case_count;
