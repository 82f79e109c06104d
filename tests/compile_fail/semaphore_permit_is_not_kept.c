/* ERROR: ignoring return value */
/* TWIN: s/_permit_take/_take/ */
/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/sync/semaphore.h>

void enter(struct sk_semaphore *semaphore)
{
    sk_semaphore_permit_take(semaphore);
}
