/* ERROR: incompatible type */
/* TWIN: s/grant(endpoint, tick, 0)/grant(notification, tick, 0)/ */
/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/cap/notification.h>
#include <selkie/rt/grant.h>

#define CLOCK_GRANTS(grant) grant(endpoint, tick, 0)
SK_GRANTS(clock, CLOCK_GRANTS)

seL4_Word wait_for_tick(void)
{
    return sk_notification_wait(clock_grants_get().tick);
}
