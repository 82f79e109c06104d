/*
 * What the parts of the example share.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <selkie/proto/coroutine.h>
#include <selkie/proto/ring.h>

#define READINGS 1000u
#define SILENCE  20000000u /* ns */
#define BEAT     2000000u  /* ns */

/* Takes readings from a ring until there are no more. */
struct collector {
    struct sk_coroutine coroutine;
    struct sk_ring_consumer ring;
    struct sk_event_bell bell; /* there is a reading */
    sk_notification space;     /* there is room for another */
    struct sk_coroutine *heart;
    uint64_t count;
    uint64_t sum;
    bool is_in_order;
    bool is_broken; /* the ring, by whoever writes to it */
};

/* Counts its beats. */
struct heart {
    struct sk_coroutine coroutine;
    unsigned beats;
};

/* collect.c */
void collector_start(struct collector *c, struct sk_event_loop *loop);
void heart_start(struct heart *h, struct sk_event_loop *loop);

/* sensor.c: pushes READINGS numbers; a thread, whose argument is its end of the ring. */
void sensor(void *arg);
