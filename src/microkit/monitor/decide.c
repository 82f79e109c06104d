/* SPDX-License-Identifier: BSD-2-Clause */
#include "monitor.h"

#include <selkie/rt/print.h>
#include <selkie/task/restart.h>

_Static_assert(sizeof(struct sk_restart_history) <= SK_MONITOR_STATE,
               "the state of a domain is its history");

bool sk_monitor_decide(const struct sk_monitor_domain *d, void *state, uint64_t now_us)
{
    struct sk_restart_history *history = state;
    const struct sk_restart_policy policy = {.limit = d->restart_limit,
                                             .window_us = d->restart_window_us};
    uint64_t at_once;

    if (d->restart == SK_MONITOR_NEVER) {
        sk_printf("%s stays stopped\n", d->name);
        return false;
    }
    if (d->restart == SK_MONITOR_LIMITED &&
        !sk_restart_decide(&policy, history, now_us, &at_once)) {
        sk_printf("%s stays stopped after %u restarts in %lu us\n", d->name, d->restart_limit,
                  d->restart_window_us);
        return false;
    }
    sk_printf("%s is restarted\n", d->name);
    return true;
}
