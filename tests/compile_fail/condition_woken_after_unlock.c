/* ERROR: a value is used that was moved or never set */
/* TWIN: /    sk_mutex_guard_drop/d */
/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/sync/condition.h>

void tell(struct sk_condition *changed, struct sk_mutex *mutex)
{
    SK_AUTO(sk_mutex_guard) guard = sk_mutex_guard_take(mutex);

    sk_mutex_guard_drop(&guard);
    sk_condition_wake(changed, &guard);
}
