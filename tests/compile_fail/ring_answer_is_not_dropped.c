/* ERROR: ignoring return value */
/* TWIN: s/void forget/bool forget/;s/sk_ring_producer_must/return &/ */
/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/proto/ring.h>

void forget(struct sk_ring_producer *p);

void forget(struct sk_ring_producer *p)
{
    sk_ring_producer_must_ring(p);
}
