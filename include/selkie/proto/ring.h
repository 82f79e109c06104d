/*
 * Rings: messages of one size through shared memory, from one producer to one consumer that
 * need not trust each other.
 *
 *     struct sk_ring_layout layout = sk_ring_layout(64, sizeof(struct job));
 *
 *     SK_TRY(sk_ring_producer_init(&p, &layout, &memory, doorbell, wakeup));
 *     while (sk_ring_push(&p, &job) == SK_ERR_NOT_READY) {
 *         sk_ring_producer_wait(&p);       // full: until the consumer has made room
 *     }
 *     sk_ring_producer_ring(&p);           // a system call only if the consumer sleeps
 *
 * Each end keeps its own index, and all that decides where it reads and writes, in memory of
 * its own. Of the peer it reads one index, once a call, and checks it; what it reads of a
 * message it reads once, into the caller's memory. So a peer that writes anything anywhere in
 * the shared memory at any time can spoil the messages, and the wake-ups that it owes us, and
 * nothing else: no call reads or writes outside the memory, and none loops for ever.
 *
 * Pushing and popping make no system calls. Who waits says so in the shared memory, and the
 * other end rings its doorbell only then; docs/spec/ring.md has the layout bit by bit, and the
 * argument that no wake-up is lost. A thread that waits for more than one thing uses
 * sk_ring_consumer_ask() and an event loop (selkie/proto/event_loop.h).
 *
 * The layouts of sDDF's queues are in selkie/proto/sddf.h: the same calls work on them.
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

/* A flag that a layout does not have. */
#define SK_RING_NOWHERE UINT32_MAX

/* Where things are. Offsets are from the start of the queue's memory. */
struct sk_ring_layout {
    uint32_t count;              /* entries: a power of two */
    uint32_t size;               /* bytes of each */
    uint32_t spare;              /* entries that stay empty when the ring is full */
    uint32_t index_size;         /* bytes of an index: 2 or 4 */
    uint32_t tail;               /* where the producer's index is */
    uint32_t head;               /* where the consumer's index is */
    uint32_t consumer_signalled; /* 32 bits, 0 if the consumer waits; or SK_RING_NOWHERE */
    uint32_t producer_signalled; /* 32 bits, 0 if the producer waits; or SK_RING_NOWHERE */
    uint32_t entries; /* where the first one is; or SK_RING_NOWHERE: in other memory */
    uint32_t format;  /* three words that say what it is; or SK_RING_NOWHERE */
};

/* The shared memory, as this end has it mapped. */
struct sk_ring_memory {
    void *queue;
    size_t queue_size;
    void *entries; /* null: they are in the queue's memory, where the layout says */
    size_t entries_size;
};

/* Selkie's own layout: indices, flags and entries in cache lines of their own. */
static inline struct sk_ring_layout sk_ring_layout(uint32_t count, uint32_t size)
{
    return (struct sk_ring_layout){
        .count = count,
        .size = size,
        .index_size = 4,
        .format = 0,
        .tail = 64,
        .producer_signalled = 68,
        .head = 128,
        .consumer_signalled = 132,
        .entries = 192,
    };
}

/* The bytes of memory for a queue, and its entries where they are in it. */
size_t sk_ring_queue_size(const struct sk_ring_layout *layout, bool has_entries);

/*
 * Make the memory an empty ring: one side does this, before both begin. Zeroed memory is an
 * empty ring too, where the layout has no format.
 *
 * SK_ERR_INVALID_ARGUMENT: count is no power of two, or too large for the index; or there is
 *     no such size of an entry or an index; or there is no place for the entries.
 * SK_ERR_ALIGNMENT: the memory is not aligned to 8 bytes, or an offset not to what is there.
 * SK_ERR_NO_MEMORY: the memory is too small.
 */
sk_err sk_ring_clear(const struct sk_ring_layout *layout, const struct sk_ring_memory *memory);

/* What both ends have. Not for others to look at. */
struct sk_ring_end {
    void *own_index;        /* shared; we write it, and never read it */
    const void *peer_index; /* shared; the peer writes it */
    uint32_t *own_flag;     /* 0: we wait. Null if there is none */
    uint32_t *peer_flag;    /* 0: the peer waits. Null if there is none */
    char *entries;
    uint32_t count;
    uint32_t capacity;
    uint32_t size;
    uint32_t unit;       /* bytes that are read and written at once */
    uint32_t index_mask; /* what an index can say */
    uint32_t own;        /* our index */
    uint32_t peer;       /* the peer's index as it was when we looked last */
    bool is_news;        /* something was done that the peer might wait for */
    sk_notification doorbell;
    sk_notification wakeup;
};

struct sk_ring_producer {
    struct sk_ring_end end;
};

struct sk_ring_consumer {
    struct sk_ring_end end;
};

/*
 * Begin, or begin again where an earlier producer or consumer ended: indices are taken from
 * the memory, once. doorbell is signalled when the peer waits; wakeup is where
 * sk_ring_producer_wait() and sk_ring_consumer_wait() wait. Either may be null if those calls
 * are not made.
 *
 * SK_ERR_INVALID_ARGUMENT, SK_ERR_ALIGNMENT, SK_ERR_NO_MEMORY: as sk_ring_clear().
 * SK_ERR_ILLEGAL_OPERATION: the memory says that it has another format.
 * SK_ERR_RANGE: the indices in the memory are further apart than the ring is long.
 */
sk_err sk_ring_producer_init(struct sk_ring_producer *p, const struct sk_ring_layout *layout,
                             const struct sk_ring_memory *memory, sk_notification doorbell,
                             sk_notification wakeup);
sk_err sk_ring_consumer_init(struct sk_ring_consumer *c, const struct sk_ring_layout *layout,
                             const struct sk_ring_memory *memory, sk_notification doorbell,
                             sk_notification wakeup);

/* --- the producer ----------------------------------------------------------------------- */

/*
 * Append a message of the layout's size.
 *
 * SK_ERR_NOT_READY: the ring is full.
 * SK_ERR_RANGE: the consumer's index is none that a consumer has; nothing was done.
 */
sk_err sk_ring_push(struct sk_ring_producer *p, const void *message);

/*
 * Append the first of count messages that lie one behind the other, as many as there is room
 * for; the consumer sees them all at once. Errors as above: SK_OK means at least one, or that
 * count is 0.
 */
sk_err sk_ring_push_some(struct sk_ring_producer *p, const void *messages, uint32_t count,
                         uint32_t *ret_count);

/*
 * Must the doorbell be rung for what was pushed since this was last asked? For who rings it
 * by other means: the answer must be followed, since it is not given twice.
 */
SK_MUST_USE bool sk_ring_producer_must_ring(struct sk_ring_producer *p);

/* Ring it if it must be rung: once after a push, or after many. */
void sk_ring_producer_ring(struct sk_ring_producer *p);

/*
 * Ask to be rung when there is room. True if there is some already, or the consumer's index is
 * broken: then do not wait, but push, which says so. Ring before: who waits for us while we
 * wait would wait for ever.
 */
SK_MUST_USE bool sk_ring_producer_ask(struct sk_ring_producer *p);

/* Ring, ask, and wait if need be. There may be no room yet when it returns: push, and see. */
void sk_ring_producer_wait(struct sk_ring_producer *p);

/* --- the consumer ----------------------------------------------------------------------- */

/*
 * Take the first message.
 *
 * SK_ERR_NOT_READY: the ring is empty.
 * SK_ERR_RANGE: the producer's index is none that a producer has; nothing was done.
 */
sk_err sk_ring_pop(struct sk_ring_consumer *c, void *ret_message);

/* Take the first messages, count at most. Errors as above; SK_OK means as with pushing. */
sk_err sk_ring_pop_some(struct sk_ring_consumer *c, void *ret_messages, uint32_t count,
                        uint32_t *ret_count);

/* As those of the producer: for what was popped, and until there is a message. */
SK_MUST_USE bool sk_ring_consumer_must_ring(struct sk_ring_consumer *c);
void sk_ring_consumer_ring(struct sk_ring_consumer *c);
SK_MUST_USE bool sk_ring_consumer_ask(struct sk_ring_consumer *c);
void sk_ring_consumer_wait(struct sk_ring_consumer *c);
