/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/task/restart.h>

#include <selkie/base/assert.h>

/* The failure n before the one that comes next; there are so many. */
static uint64_t before(const struct sk_restart_history *h, uint64_t n)
{
    return h->at_us[(h->count - n) % SK_RESTART_LIMIT];
}

/* now + delay, or the end of time. */
static uint64_t later(uint64_t now_us, uint64_t delay_us)
{
    return delay_us > UINT64_MAX - now_us ? UINT64_MAX : now_us + delay_us;
}

/* The delay after so many failures in a row. */
static uint64_t delay_of(const struct sk_restart_policy *policy, unsigned in_row)
{
    uint64_t delay = policy->delay_us;

    while (in_row-- > 1 && delay < policy->max_delay_us) {
        delay = delay > UINT64_MAX / 2 ? UINT64_MAX : delay * 2;
        if (delay == 0 || delay > policy->max_delay_us) {
            return delay == 0 ? 0 : policy->max_delay_us;
        }
    }
    return delay;
}

bool sk_restart_decide(const struct sk_restart_policy *policy,
                       struct sk_restart_history *history, uint64_t now_us,
                       uint64_t *ret_due_us)
{
    unsigned limit = policy->limit;

    sk_require(limit <= SK_RESTART_LIMIT);
    if (history->count == 0 || now_us - before(history, 1) >= policy->window_us) {
        history->in_row = 0;
    }
    /* Were there as many restarts as there may be, within the window that ends now? */
    bool is_over = limit == 0 || (history->count >= limit &&
                                  now_us - before(history, limit) < policy->window_us);
    history->at_us[history->count++ % SK_RESTART_LIMIT] = now_us;
    if (history->in_row < UINT32_MAX) {
        history->in_row++;
    }
    if (is_over) {
        return false;
    }
    *ret_due_us = later(now_us, delay_of(policy, history->in_row));
    return true;
}
