/*
 * When to start something again that has failed: a policy, and the history it looks at.
 *
 *     static const struct sk_restart_policy policy = {
 *         .limit = 5, .window_us = 60000000, .delay_us = 10000, .max_delay_us = 1000000};
 *     struct sk_restart_history history = {0};
 *
 *     if (sk_restart_decide(&policy, &history, now_us, &due_us)) { ... at due_us ... }
 *
 * A failure is answered by a restart, after a delay that doubles with each failure, up to the
 * longest; unless there were more failures within the window than the limit, and then for good
 * not. After a window without a failure the delay begins small again. Time is whatever the
 * caller's clock says, in microseconds; it never goes backwards.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/* The largest limit. */
#define SK_RESTART_LIMIT 16

struct sk_restart_policy {
    unsigned limit;        /* restarts in a window; 0: never; SK_RESTART_LIMIT at most */
    uint64_t window_us;    /* how long a failure counts */
    uint64_t delay_us;     /* before the first restart; 0: at once, always */
    uint64_t max_delay_us; /* the delay doubles up to this; 0: it stays as it is */
};

/* What happened. A zeroed one is empty. */
struct sk_restart_history {
    uint64_t at_us[SK_RESTART_LIMIT]; /* the last failures, a ring */
    uint64_t count;                   /* failures altogether */
    unsigned in_row;                  /* those without a quiet window in between */
};

/*
 * Write down a failure at now_us, and decide: true, and when to restart; false: not again.
 */
bool sk_restart_decide(const struct sk_restart_policy *policy,
                       struct sk_restart_history *history, uint64_t now_us,
                       uint64_t *ret_due_us);
