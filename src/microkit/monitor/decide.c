/* SPDX-License-Identifier: BSD-2-Clause */
#include "monitor.h"

#include <selkie/rt/print.h>

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

bool sk_monitor_decide(const struct sk_monitor_domain *d, struct sk_monitor_state *state,
                       uint64_t now_us)
{
    if (d->restart == SK_MONITOR_NEVER) {
        sk_printf("%s stays stopped\n", d->name);
        return false;
    }
    if (d->restart == SK_MONITOR_LIMITED && !is_allowed(d, state, now_us)) {
        print_limit(d);
        return false;
    }
    sk_printf("%s is restarted\n", d->name);
    return true;
}
