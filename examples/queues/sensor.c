/* SPDX-License-Identifier: BSD-2-Clause */
#include "queues.h"

void sensor(void *arg)
{
    struct sk_ring_producer *ring = arg;

    for (uint64_t reading = 0; reading < READINGS; reading++) {
        while (sk_ring_push(ring, &reading) == SK_ERR_NOT_READY) {
            sk_ring_producer_wait(ring);
        }
        sk_ring_producer_ring(ring);
    }
}
