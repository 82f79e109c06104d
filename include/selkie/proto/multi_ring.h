/*
 * Rings with many producers and one consumer.
 *
 *     SK_TRY(sk_multi_ring_producer_init(&p, 64, sizeof(job), &memory, doorbell, wakeup));
 *     while (sk_multi_ring_push(&p, &job) == SK_ERR_NOT_READY) {
 *         sk_multi_ring_producer_wait(&p);
 *     }
 *     sk_multi_ring_producer_ring(&p);
 *
 * As selkie/proto/ring.h, whose consumer need not trust its producers, nor they it: whatever
 * anybody writes to the shared memory, no call leaves it or loops for ever. But producers share
 * one tail, and so depend on each other: one that is hostile can spoil the messages of the
 * others, and one that ends in the midst of a push leaves an entry behind which the consumer
 * finds nothing more. Producers of one program share a ring; those that do not trust each other
 * get one each, with doorbells that are badges of the same notification (docs/guide).
 *
 * Each producer has a struct of its own. All that wait for room do so at the same notification,
 * which each may wait at and signal: who is woken wakes the next.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <sel4/sel4.h>
#include <selkie/base/err.h>
#include <selkie/cap/kinds.h>

/* The most entries, and the most bytes of one. */
#define SK_MULTI_RING_COUNT_MAX 0x100000
#define SK_MULTI_RING_SIZE_MAX  0x10000

/* How often a push tries again because others were faster, before it is SK_ERR_NOT_READY. */
#define SK_MULTI_RING_TRIES 64

/* The shared memory, as this end has it mapped. */
struct sk_multi_ring_memory {
    void *memory;
    size_t size;
};

/* Not for others to look at. */
struct sk_multi_ring_end {
    char *memory;
    uint32_t count;
    uint32_t size;
    uint32_t stride; /* from one entry to the next */
    bool is_news;    /* something was done that others might wait for */
    sk_notification doorbell;
    sk_notification wakeup;
};

struct sk_multi_ring_producer {
    struct sk_multi_ring_end end;
};

struct sk_multi_ring_consumer {
    struct sk_multi_ring_end end;
    uint32_t head; /* what is popped next */
};

/* The bytes of memory for count entries of size bytes. */
size_t sk_multi_ring_memory_size(uint32_t count, uint32_t size);

/*
 * Make the memory an empty ring: one side does this, before all begin.
 *
 * SK_ERR_INVALID_ARGUMENT: count is no power of two or one, or more than the most; or there is
 *     no such size of an entry.
 * SK_ERR_ALIGNMENT: the memory is not aligned to 8 bytes.
 * SK_ERR_NO_MEMORY: the memory is too small.
 */
sk_err sk_multi_ring_clear(uint32_t count, uint32_t size,
                           const struct sk_multi_ring_memory *memory);

/*
 * Begin. Producers may come and go; the consumer begins once, with the ring as it was cleared.
 * The notifications are as in selkie/proto/ring.h.
 *
 * SK_ERR_INVALID_ARGUMENT, SK_ERR_ALIGNMENT, SK_ERR_NO_MEMORY: as sk_multi_ring_clear().
 * SK_ERR_ILLEGAL_OPERATION: the memory says that it has another format.
 */
sk_err sk_multi_ring_producer_init(struct sk_multi_ring_producer *p, uint32_t count,
                                   uint32_t size, const struct sk_multi_ring_memory *memory,
                                   sk_notification doorbell, sk_notification wakeup);
sk_err sk_multi_ring_consumer_init(struct sk_multi_ring_consumer *c, uint32_t count,
                                   uint32_t size, const struct sk_multi_ring_memory *memory,
                                   sk_notification doorbell, sk_notification wakeup);

/*
 * Append a message.
 *
 * SK_ERR_NOT_READY: the ring is full; or others were faster SK_MULTI_RING_TRIES times.
 */
sk_err sk_multi_ring_push(struct sk_multi_ring_producer *p, const void *message);

/* As sk_ring_producer_must_ring() and those behind it. */
SK_MUST_USE bool sk_multi_ring_producer_must_ring(struct sk_multi_ring_producer *p);
void sk_multi_ring_producer_ring(struct sk_multi_ring_producer *p);

/* Wait until there may be room. In place of asking: a producer that asks must wait. */
void sk_multi_ring_producer_wait(struct sk_multi_ring_producer *p);

/*
 * Take the first message.
 *
 * SK_ERR_NOT_READY: the ring is empty, or the first message is being written.
 * SK_ERR_RANGE: the first entry is in no state that a producer leaves it in.
 */
sk_err sk_multi_ring_pop(struct sk_multi_ring_consumer *c, void *ret_message);

/* As sk_ring_consumer_must_ring() and those behind it. */
SK_MUST_USE bool sk_multi_ring_consumer_must_ring(struct sk_multi_ring_consumer *c);
void sk_multi_ring_consumer_ring(struct sk_multi_ring_consumer *c);
SK_MUST_USE bool sk_multi_ring_consumer_ask(struct sk_multi_ring_consumer *c);
void sk_multi_ring_consumer_wait(struct sk_multi_ring_consumer *c);
