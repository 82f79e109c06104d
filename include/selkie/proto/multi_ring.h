/*
 * Many producers and one consumer, of which none need trust another.
 *
 *     struct sk_multi_ring_lane lanes[CLIENTS];
 *     struct sk_multi_ring ring;
 *
 *     sk_multi_ring_init(&ring, lanes, CLIENTS, sizeof(struct job), wakeup);
 *     SK_TRY(sk_multi_ring_open(&ring, client, &layout, &memory, doorbell));
 *     while (sk_multi_ring_pop(&ring, &job, &client) == SK_OK) {
 *         work_for(client, &job);
 *     }
 *     sk_multi_ring_wait(&ring);           // until any of them has pushed
 *
 * Each producer has a lane: a ring of its own, in memory that it shares with the consumer
 * alone, to which it pushes by the calls of selkie/proto/ring.h. Nothing is shared among
 * producers, so that one which is hostile, broken or stopped in the midst of a push spoils its
 * own messages: its lane is broken then, and the others go on. (Producers that share a tail, as
 * in rings where they compete for entries, can always stop each other.) Lanes are served in
 * turn, a message each, so that none starves the others; the messages of one producer stay in
 * order, and there is no order among producers.
 *
 * The doorbells of all producers are badges of one notification, where the consumer waits; each
 * producer waits for room at a notification of its own.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <selkie/proto/ring.h>

/* Not for others to look at. */
struct sk_multi_ring_lane {
    struct sk_ring_consumer ring;
    bool is_open;
    bool is_broken;
};

/* The consumer's. */
struct sk_multi_ring {
    struct sk_multi_ring_lane *lanes;
    uint32_t count;
    uint32_t size; /* bytes of a message */
    uint32_t next; /* the lane that is looked at first */
    sk_notification wakeup;
};

/*
 * Begin, without an open lane, for messages of size bytes. wakeup is where sk_multi_ring_wait()
 * waits; it may be null if that is not called.
 */
void sk_multi_ring_init(struct sk_multi_ring *m, struct sk_multi_ring_lane lanes[],
                        uint32_t count, uint32_t size, sk_notification wakeup);

/*
 * Open a lane, or open one again, for a producer that comes. doorbell is signalled when that
 * producer waits. Lanes may have different layouts, sDDF's included.
 *
 * SK_ERR_RANGE: there is no such lane; or as sk_ring_consumer_init().
 * SK_ERR_INVALID_ARGUMENT: the layout's messages have another size; or as
 *     sk_ring_consumer_init().
 * SK_ERR_ALIGNMENT, SK_ERR_NO_MEMORY, SK_ERR_ILLEGAL_OPERATION: as sk_ring_consumer_init().
 */
sk_err sk_multi_ring_open(struct sk_multi_ring *m, uint32_t lane,
                          const struct sk_ring_layout *layout,
                          const struct sk_ring_memory *memory, sk_notification doorbell);

/* The producer has gone: its memory is not looked at any more. Traps without such a lane. */
void sk_multi_ring_close(struct sk_multi_ring *m, uint32_t lane);

/*
 * Has the producer of this lane written what no producer writes? Then it is not looked at any
 * more, until it is opened again. Traps if there is no such lane.
 */
SK_MUST_USE bool sk_multi_ring_is_broken(const struct sk_multi_ring *m, uint32_t lane);

/*
 * Take the first message of the next lane that has one.
 *
 * SK_ERR_NOT_READY: all that are open are empty.
 * SK_ERR_RANGE: a lane is broken, as sk_multi_ring_is_broken() says now. This is said once a
 *     lane: pop again, for what the others have.
 */
sk_err sk_multi_ring_pop(struct sk_multi_ring *m, void *ret_message, uint32_t *ret_lane);

/*
 * Must somebody be told of what was popped? One doorbell a call, until it is false; for who
 * rings them by other means. The answer must be followed, since it is not given twice.
 */
SK_MUST_USE bool sk_multi_ring_must_ring(struct sk_multi_ring *m,
                                         sk_notification *ret_doorbell);

/* Ring all that must be rung. */
void sk_multi_ring_ring(struct sk_multi_ring *m);

/*
 * Ask all producers to ring when there is a message. True if there is one already, or a lane
 * is broken and that was not said: then do not wait, but pop. Ring before, as with
 * sk_ring_consumer_ask().
 */
SK_MUST_USE bool sk_multi_ring_ask(struct sk_multi_ring *m);

/* Ring, ask, and wait if need be. There may be no message yet when it returns. */
void sk_multi_ring_wait(struct sk_multi_ring *m);
