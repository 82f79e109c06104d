/*
 * Conditions that are wrong, as they are written again and again: each loses wake-ups, rarely.
 * The test next to this must find out.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <selkie/cap/mutex.h>
#include <selkie/sync/gate.h>

struct planted {
    struct sk_mutex *mutex;
    struct sk_gate gate; /* or only its notification */
    unsigned waiters;
};

/* With the mutex locked, unlock it, wait until woken, and lock it again. */
typedef void planted_wait(struct planted *p);

/* With the mutex locked, wake all that wait. */
typedef void planted_wake(struct planted *p);

/* Signals as often as threads wait; but a notification holds one signal only. */
planted_wait merged_wait;
planted_wake merged_wake;

/* Counts the one that waits after it has unlocked: who wakes in between does not see it. */
planted_wait late_wait;
planted_wake late_wake;

/* Counts passes, which nobody can tell whom they are for: who waits later takes one. */
planted_wait stolen_wait;
planted_wake stolen_wake;
