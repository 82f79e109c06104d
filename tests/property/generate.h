/*
 * Choosing the next operation at random: mostly sensible ones, for what the running thread
 * has, and some that are damaged in one place or make no sense at all.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include "core/kernel.h"
#include "operation.h"

#define RANDOM_RECENT 4u

struct random {
    uint64_t state;                 /* not zero */
    uint64_t recent[RANDOM_RECENT]; /* slots that were used, to use them again */
    unsigned next;
};

/* A number below bound, which is not zero. */
uint64_t random_draw(struct random *r, uint64_t bound);

/* A capability address of the running thread, where something of this type is; else any. */
uint64_t generate_cptr(struct random *r, const struct kernel *k, enum cap_type type);

/* A CNode of the running thread, and an index and depth from there, full or empty. */
struct generated_place {
    uint64_t cnode;
    uint64_t index;
    uint64_t depth;
    uint64_t offset; /* in slots, of the CNode itself */
};
struct generated_place generate_place(struct random *r, const struct kernel *k, bool is_full);

/* The type of capability that an invocation's label is for; CAP_NULL if there is none. */
enum cap_type generate_target(uint64_t label);

/* The words and capabilities of the invocation o->label. */
void generate_arguments(struct random *r, const struct kernel *k, struct operation *o);

/* What may follow for k, in which a thread runs. */
struct operation generate_operation(struct random *r, const struct kernel *k);
