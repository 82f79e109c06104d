/*
 * The queues of the seL4 Device Driver Framework (sDDF) as layouts of rings: the calls of
 * selkie/proto/ring.h work on them, and what is at the other end does not notice.
 *
 *     struct sk_ring_layout layout = sk_sddf_net_layout(512);
 *     struct sk_ring_memory memory = {.queue = active, .queue_size = active_size};
 *     sk_sddf_net_buffer buffer = {.io_or_offset = 2048, .length = 64};
 *
 *     SK_TRY(sk_ring_producer_init(&p, &layout, &memory, driver, self));
 *     SK_TRY(sk_ring_push(&p, &buffer));
 *
 * A queue without a flag for one side always says that this side must be told. sDDF's network
 * queues have none for the producer, whom nobody tells: there, do not ring after popping.
 *
 * The offsets are those of sDDF's headers at its commit f077dff5a9e8 (2024); docs/spec/ring.md
 * has them, and what to know. sDDF takes an index modulo the size of the queue, which has to be
 * a power of two for that to work where the index wraps; ours insist on it.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdint.h>

#include <selkie/proto/ring.h>

/* --- entries; without padding, so that nothing of ours that is left in it can be pushed */

/* A network buffer: where it is in its memory, or for the device, and how much is in it. */
typedef struct sk_sddf_net_buffer {
    uint64_t io_or_offset;
    uint16_t length;
    uint16_t unused[3];
} sk_sddf_net_buffer;

enum sk_sddf_block_code {
    SK_SDDF_BLOCK_READ,
    SK_SDDF_BLOCK_WRITE,
    SK_SDDF_BLOCK_FLUSH,
    SK_SDDF_BLOCK_BARRIER,
};

typedef struct sk_sddf_block_request {
    uint32_t code;
    uint32_t unused;
    uint64_t address;
    uint32_t block_number;
    uint16_t count;
    uint16_t unused_too;
    uint32_t id;
    uint32_t unused_last;
} sk_sddf_block_request;

typedef struct sk_sddf_block_response {
    uint32_t status; /* 0: success */
    uint16_t success_count;
    uint16_t unused;
    uint32_t id;
} sk_sddf_block_response;

/* sDDF's arrays of requests and responses have this length. */
#define SK_SDDF_BLOCK_COUNT 1024

/* A free or an active queue of sk_sddf_net_buffer; one entry stays empty. */
static inline struct sk_ring_layout sk_sddf_net_layout(uint32_t count)
{
    return (struct sk_ring_layout){
        .count = count,
        .size = sizeof(sk_sddf_net_buffer),
        .spare = 1,
        .index_size = 2,
        .tail = 0,
        .head = 2,
        .consumer_signalled = 4,
        .producer_signalled = SK_RING_NOWHERE,
        .entries = 8,
        .format = SK_RING_NOWHERE,
    };
}

/* A queue of bytes, which are in memory of their own: sk_ring_memory's entries. */
static inline struct sk_ring_layout sk_sddf_serial_layout(uint32_t count)
{
    return (struct sk_ring_layout){
        .count = count,
        .size = 1,
        .index_size = 4,
        .tail = 0,
        .head = 4,
        .consumer_signalled = 8,
        .producer_signalled = 12,
        .entries = SK_RING_NOWHERE,
        .format = SK_RING_NOWHERE,
    };
}

/*
 * A queue of sk_sddf_block_request; one entry stays empty. It has no flags: who pushes or pops
 * always rings. The byte at 8 says that it is plugged, which its users settle among themselves.
 */
static inline struct sk_ring_layout sk_sddf_block_request_layout(uint32_t count)
{
    return (struct sk_ring_layout){
        .count = count,
        .size = sizeof(sk_sddf_block_request),
        .spare = 1,
        .index_size = 4,
        .head = 0,
        .tail = 4,
        .consumer_signalled = SK_RING_NOWHERE,
        .producer_signalled = SK_RING_NOWHERE,
        .entries = 16,
        .format = SK_RING_NOWHERE,
    };
}

/* A queue of sk_sddf_block_response; as above. */
static inline struct sk_ring_layout sk_sddf_block_response_layout(uint32_t count)
{
    return (struct sk_ring_layout){
        .count = count,
        .size = sizeof(sk_sddf_block_response),
        .spare = 1,
        .index_size = 4,
        .head = 0,
        .tail = 4,
        .consumer_signalled = SK_RING_NOWHERE,
        .producer_signalled = SK_RING_NOWHERE,
        .entries = 8,
        .format = SK_RING_NOWHERE,
    };
}
