/* ERROR: incompatible pointer type */
/* TWIN: s/sk_ring_consumer/sk_ring_producer/ */
/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/proto/ring.h>

sk_err push(struct sk_ring_consumer *c, const void *message)
{
    return sk_ring_push(c, message);
}
