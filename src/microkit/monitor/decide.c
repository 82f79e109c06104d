/* SPDX-License-Identifier: BSD-2-Clause */
#include "monitor.h"

#include <selkie/rt/print.h>

/* A domain that ran for so long is as good as one that never failed. */
#define CALM_US UINT64_C(10000000)

/* How long one that did not stays stopped: twice as long each time. */
#define FIRST_PAUSE_US 100000
enum { LONGEST_PAUSE = 6 }; /* doublings: 6.4 s */

/* A window begins with a failure, and the first failure after its end begins the next. */
static bool is_allowed(const struct sk_monitor_domain *d, struct sk_monitor_state *state,
                       uint64_t now_us)
{
    if (d->restart_window_us != 0 && now_us - state->since_us >= d->restart_window_us) {
        state->count = 0;
    }
    if (state->count >= d->restart_limit) {
        return false;
    }
    if (state->count++ == 0) {
        state->since_us = now_us;
    }
    return true;
}

static void print_limit(const struct sk_monitor_domain *d)
{
    sk_printf("%s stays stopped after %u %s", d->name, d->restart_limit,
              d->restart_limit == 1 ? "restart" : "restarts");
    if (d->restart_window_us != 0) {
        sk_printf(" in %lu us", d->restart_window_us);
    }
    sk_puts("");
}

/* Without a clock there are no pauses. */
static uint64_t pause_us(struct sk_monitor_state *state, uint64_t now_us)
{
    uint64_t doublings;

    if (now_us == 0 || state->count == 0 || now_us - state->since_us >= CALM_US) {
        state->count = 1;
        state->since_us = now_us;
        return 0;
    }
    doublings = state->count - 1;
    if (doublings < LONGEST_PAUSE) {
        state->count++;
    }
    return (uint64_t)FIRST_PAUSE_US << doublings;
}

static enum sk_monitor_decision decide_always(const struct sk_monitor_domain *d,
                                              struct sk_monitor_state *state, uint64_t now_us)
{
    uint64_t pause = pause_us(state, now_us);

    if (pause == 0) {
        sk_printf("%s is restarted\n", d->name);
        return SK_MONITOR_NOW;
    }
    sk_printf("%s is restarted in %lu ms\n", d->name, pause / 1000);
    state->since_us = now_us + pause;
    state->is_pausing = 1;
    return SK_MONITOR_LATER;
}

enum sk_monitor_decision sk_monitor_decide(const struct sk_monitor_domain *d,
                                           struct sk_monitor_state *state, uint64_t now_us)
{
    if (d->restart == SK_MONITOR_ALWAYS) {
        return decide_always(d, state, now_us);
    }
    if (d->restart == SK_MONITOR_NEVER) {
        sk_printf("%s stays stopped\n", d->name);
        return SK_MONITOR_STOPPED;
    }
    if (!is_allowed(d, state, now_us)) {
        print_limit(d);
        return SK_MONITOR_STOPPED;
    }
    sk_printf("%s is restarted\n", d->name);
    return SK_MONITOR_NOW;
}

bool sk_monitor_is_due(struct sk_monitor_state *state, uint64_t now_us)
{
    if (state->is_pausing == 0 || now_us < state->since_us) {
        return false;
    }
    state->is_pausing = 0;
    return true;
}
