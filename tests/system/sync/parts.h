/*
 * What is tried on the target only.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

/* Each is called once; null, or a sentence about what is wrong. */
typedef const char *part(void);

part a_crowd_of_many_priorities_meets_everywhere;     /* crowd.c */
part a_panic_unlocks;                                 /* panics.c */
part a_panic_in_what_is_done_once_lets_another_do_it; /* panics.c */
