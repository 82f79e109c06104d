/* ERROR: incompatible type */
/* TWIN: s/sk_endpoint endpoint/sk_notification endpoint/ */
/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/cap/mutex.h>

void set_up(struct sk_mutex *mutex, sk_endpoint endpoint)
{
    sk_mutex_init(mutex, endpoint);
}
