/*
 * The cases, by file.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include "../cap/scene.h"

extern const struct scene_case sync_cases[];
extern const unsigned sync_case_count;

#define CASE(name)  const char *name(struct scene *s);
#define ENTRY(name) {#name, name},

/* semaphore_cases.c */
#define SEMAPHORE_CASES(X)                              \
    X(a_permit_that_is_free_needs_no_system_call)       \
    X(no_more_are_inside_than_there_are_permits)        \
    X(sides_with_their_own_capabilities_lose_no_permit) \
    X(the_kernels_order_decides_who_is_next)            \
    X(a_signal_that_was_left_lets_nobody_through)       \
    X(misuse_of_a_semaphore_traps)

/* recursive_mutex_cases.c */
#define RECURSIVE_MUTEX_CASES(X)                                   \
    X(a_recursive_mutex_that_is_free_or_ours_needs_no_system_call) \
    X(a_recursive_mutex_lets_one_thread_in)                        \
    X(misuse_of_a_recursive_mutex_traps)

/* condition_cases.c */
#define CONDITION_CASES(X)                                \
    X(waking_nobody_needs_no_system_call)                 \
    X(no_wake_up_is_lost_between_producers_and_consumers) \
    X(who_waited_longest_is_woken_first)                  \
    X(waking_all_wakes_those_that_wait_and_nobody_else)   \
    X(who_comes_later_takes_nobodys_wake_up)              \
    X(a_signal_from_elsewhere_wakes_nobody)               \
    X(misuse_of_a_condition_traps)

/* rwlock_cases.c */
#define RWLOCK_CASES(X)                                          \
    X(a_reader_writer_lock_without_waiting_needs_no_system_call) \
    X(readers_read_together_and_writers_write_alone)             \
    X(neither_readers_nor_writers_starve)                        \
    X(misuse_of_a_reader_writer_lock_traps)

/* once_cases.c */
#define ONCE_CASES(X)                              \
    X(it_is_done_once)                             \
    X(who_fails_is_told_and_the_next_tries_again)  \
    X(asking_when_it_is_done_needs_no_system_call) \
    X(misuse_of_once_traps)

/* barrier_cases.c */
#define BARRIER_CASES(X)                     \
    X(a_barrier_of_one_needs_no_system_call) \
    X(nobody_goes_on_before_all_have_come)   \
    X(misuse_of_a_barrier_traps)

/* priority_cases.c */
#define PRIORITY_CASES(X)                                   \
    X(a_mutex_is_handed_to_the_head_of_the_kernels_queue)   \
    X(a_waiter_of_high_priority_waits_for_those_in_between) \
    X(a_holder_that_was_raised_does_not_wait_for_them)

SEMAPHORE_CASES(CASE)
RECURSIVE_MUTEX_CASES(CASE)
CONDITION_CASES(CASE)
RWLOCK_CASES(CASE)
ONCE_CASES(CASE)
BARRIER_CASES(CASE)
PRIORITY_CASES(CASE)
