/*
 * Rings among threads that lose their turn anywhere: what is played, by seed. Each says what is
 * wrong, or null, as schedules.h wants it.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include <selkie/proto/multi_ring.h>

#include "../../../sync/crew.h"

#define MESSAGES  150u
#define COUNT     2u
#define PRODUCERS 3u

/* What came of a play. */
struct score {
    unsigned received;
    unsigned wrong;
};

/* With the messages that the consumer must have. */
static inline const char *score_outcome(const struct score *score, unsigned messages)
{
    if (score->received != messages) {
        return "there were too few messages";
    }
    return score->wrong == 0 ? NULL : "messages came in a wrong order";
}

/* pair.c: a producer and a consumer; two with mistakes; and one whose consumer is a loop. */
const char *pair(uint64_t seed);
const char *asks_late(uint64_t seed);
const char *looks_early(uint64_t seed);
const char *in_loop(uint64_t seed);

/* lanes.c: many producers; with a mistake; and one of them bad. */
const char *many(uint64_t seed);
const char *asks_one(uint64_t seed);
const char *one_is_bad(uint64_t seed);

/* attack.c: a third thread writes anywhere in the ring. */
const char *attacked(uint64_t seed);

struct lanes {
    struct sk_ring_producer producers[PRODUCERS];
    struct sk_multi_ring_lane lanes[PRODUCERS];
    struct sk_multi_ring ring;
    void (*wait)(struct sk_multi_ring *m);
    struct score score;
    unsigned is_finished;
};

/* A crew in s, without a member, and empty lanes; NULL if it cannot be. */
struct lanes *lanes_begin(struct scene *s, void (*wait)(struct sk_multi_ring *m));
