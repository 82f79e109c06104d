/* ERROR: incompatible pointer type */
/* TWIN: s/, mutex)/, guard)/ */
/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/sync/condition.h>

/* The mutex itself is no proof that it is locked. */
void tell(struct sk_condition *changed, struct sk_mutex *mutex, sk_mutex_guard *guard)
{
    (void)mutex;
    (void)guard;
    sk_condition_wake(changed, mutex);
}
