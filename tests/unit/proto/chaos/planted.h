/*
 * Ways to wait and to ring that are wrong, as they are written again and again: each loses a
 * wake-up, rarely. The test next to this must find out.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <selkie/proto/multi_ring.h>
#include <selkie/proto/ring.h>

/* As sk_ring_consumer_wait(), sk_ring_pop() and so on, of an end of either kind. */
typedef void planted_wait(struct sk_ring_end *e, bool is_producer);
typedef sk_err planted_push(struct sk_ring_producer *p, const void *message);

/* Looks first and then says that it waits: what is pushed in between is not rung for. */
planted_wait look_and_ask;

/* Looks at the flag before it pushes: who asks in between is not seen. */
planted_push look_and_push;

/* A consumer of many that asks the one whose turn it is, and none of the others. */
void ask_the_next(struct sk_multi_ring *m);
