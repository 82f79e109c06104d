/*
 * What the parts of the ring share.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <selkie/proto/ring.h>

/* Does the layout make sense, and does the memory have room for it? As sk_ring_clear(). */
sk_err sk_ring_check(const struct sk_ring_layout *layout, const struct sk_ring_memory *memory);

/* Is it what the memory says, if it says anything? */
bool sk_ring_has_format(const struct sk_ring_layout *layout,
                        const struct sk_ring_memory *memory);

/* Acquire: pairs with the release of the peer that moved its index. */
static inline uint32_t ring_load_index(const void *at, uint32_t index_size)
{
    return index_size == 2 ? __atomic_load_n((const uint16_t *)at, __ATOMIC_ACQUIRE)
                           : __atomic_load_n((const uint32_t *)at, __ATOMIC_ACQUIRE);
}

/* Release: pairs with the acquire of the peer that looks how far we are. */
static inline void ring_store_index(void *at, uint32_t index_size, uint32_t index)
{
    if (index_size == 2) {
        __atomic_store_n((uint16_t *)at, (uint16_t)index, __ATOMIC_RELEASE);
    } else {
        __atomic_store_n((uint32_t *)at, index, __ATOMIC_RELEASE);
    }
}
