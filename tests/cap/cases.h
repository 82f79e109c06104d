/*
 * The cases, by file.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include "scene.h"

#define CASE(name)  const char *name(struct scene *s);
#define ENTRY(name) {#name, name},

/* error_cases.c */
#define ERROR_CASES(X)     \
    X(invalid_argument)    \
    X(invalid_capability)  \
    X(illegal_operation)   \
    X(range_error)         \
    X(alignment_error)     \
    X(failed_lookup)       \
    X(failed_lookup_guard) \
    X(failed_lookup_depth) \
    X(truncated_message)   \
    X(delete_first)        \
    X(revoke_first)        \
    X(not_enough_memory)

/* slot_cases.c */
#define SLOT_CASES(X)                    \
    X(addresses_of_three_levels_resolve) \
    X(wrong_addresses_fail_as_decoded)   \
    X(windows_are_what_retype_wants)     \
    X(short_addresses_can_be_invoked)

/* blueprint_cases.c */
#define BLUEPRINT_CASES(X)                       \
    X(each_type_fills_an_untyped_exactly)        \
    X(sizes_that_one_chooses_fill_it_too)        \
    X(a_mixture_fills_it_to_the_last_byte)       \
    X(more_objects_are_made_than_fit_one_call)   \
    X(all_objects_are_made_or_none)              \
    X(slots_that_do_not_exist_are_a_range_error) \
    X(budgets_are_what_the_kernel_gives)

/* message_cases.c, message_way_cases.c, message_end_cases.c */
#define MESSAGE_CASES(X)                  \
    X(a_server_answers_on_every_kernel)   \
    X(long_messages_come_back_whole)      \
    X(values_keep_their_types)            \
    X(a_caller_can_be_answered_later)     \
    X(nobody_can_be_answered_later)       \
    X(rights_end_with_the_next_receive)   \
    X(capabilities_travel_with_messages)  \
    X(messages_can_go_one_way)            \
    X(a_message_is_taken_if_one_is_there) \
    X(sending_and_receiving_is_one_step)  \
    X(the_buffer_has_one_holder)          \
    X(messages_have_an_end)               \
    X(labels_are_sent_whole_or_not_at_all)

/* fault_cases.c */
#define FAULT_CASES(X)                                \
    X(a_vm_fault_says_what_was_accessed)              \
    X(a_capability_fault_says_where_the_lookup_ended) \
    X(an_unknown_system_call_comes_with_registers)    \
    X(what_is_no_fault_is_not_taken_for_one)

/* mutex_cases.c */
#define MUTEX_CASES(X)                              \
    X(a_mutex_lets_one_thread_in)                   \
    X(a_free_mutex_needs_no_system_call)            \
    X(unlocking_what_is_free_traps)                 \
    X(a_guard_that_tries_owns_the_mutex_or_nothing) \
    X(a_mutex_ends_when_nobody_holds_it)

/* timeout_cases.c */
#define TIMEOUT_CASES(X) X(a_timeout_says_how_much_was_consumed)

ERROR_CASES(CASE)
SLOT_CASES(CASE)
BLUEPRINT_CASES(CASE)
MESSAGE_CASES(CASE)
FAULT_CASES(CASE)
MUTEX_CASES(CASE)
TIMEOUT_CASES(CASE)
