/*
 * What the timer can be asked for, by calls. All times are nanoseconds.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

enum timer_request {
    TIMER_NOW = 0,   /* the answer's word 0: the time since the machine was started */
    TIMER_AFTER = 1, /* notify me in word 0 from now, in place of what I asked for before */
};

/* The label of an answer. */
enum timer_answer {
    TIMER_DONE = 0,
    TIMER_UNKNOWN = 1, /* a request that the timer does not have */
};
