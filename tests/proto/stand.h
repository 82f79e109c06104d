/*
 * What cases about event loops stand on: a loop with a notification, an endpoint if wanted, and
 * a clock that goes on when the case says so.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <selkie/proto/event_loop.h>

#include "../cap/scene.h"

/* It signals BELL_CLOCK when its time comes. */
#define BELL_CLOCK 0x100u

struct stand_clock {
    struct sk_clock clock;
    uint64_t time;
    uint64_t timeout;
    unsigned told; /* how often it was told a time */
    sk_notification bell;
};

struct stand {
    struct scene *scene;
    struct sk_event_loop loop;
    struct stand_clock clock;
    sk_notification notification;
    sk_endpoint endpoint;
    sk_caller caller;
};

/* False: there is no memory, or the kernel refused. */
bool stand_init(struct stand *st, struct scene *s, bool has_endpoint);

/* Nothing is left to be done, and the thread is bound to nothing any more. */
void stand_fini(struct stand *st);

/* A capability to the loop's notification, or endpoint, with this badge. */
sk_notification stand_bell(struct stand *st, seL4_Word badge);
sk_endpoint stand_door(struct stand *st, seL4_Word badge);

/* It is this time now; a timeout that is over is signalled. */
void stand_set_time(struct stand *st, uint64_t time);

/* A source that keeps what it was called with. */
struct stand_listener {
    struct sk_event_source source; /* fn is stand_listen() */
    unsigned calls;
    seL4_Word heard;
};

void stand_listen(struct sk_event_source *self, seL4_Word badges);
