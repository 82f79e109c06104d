/* ERROR: ignoring return value */
/* TWIN: s/_guard_take/_lock/ */
/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/cap/mutex.h>

void count_unlocked(struct sk_mutex *mutex, int *count)
{
    sk_mutex_guard_take(mutex);
    (*count)++;
}
