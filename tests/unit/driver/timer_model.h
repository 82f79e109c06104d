/*
 * A generic timer that a test plays.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

struct timer_model {
    uint64_t hz;
    uint64_t count;
    uint64_t compare;
    uint64_t control; /* as it was written */
    unsigned compares;
};

extern struct timer_model timer_model;

/* Is the interrupt line up? */
bool timer_model_interrupts(void);

/* Let time go by until the interrupt comes. False: it will not. */
bool timer_model_wait(void);
