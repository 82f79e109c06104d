/*
 * The cases, by file.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include "scene.h"

#define CASE(name) const char *name(struct scene *s);

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
#define BLUEPRINT_CASES(X)                     \
    X(each_type_fills_an_untyped_exactly)      \
    X(sizes_that_one_chooses_fill_it_too)      \
    X(a_mixture_fills_it_to_the_last_byte)     \
    X(more_objects_are_made_than_fit_one_call) \
    X(all_objects_are_made_or_none)

ERROR_CASES(CASE)
SLOT_CASES(CASE)
BLUEPRINT_CASES(CASE)
