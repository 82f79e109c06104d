/*
 * What becomes of a kernel by operations, found out in a process of its own: it may crash.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include "operation.h"

#define VERDICT_LENGTH_MAX 1000u
#define VERDICT_LABELS     80u

/* Shared with the process that plays: it holds what was done when that process died. */
struct record {
    uint64_t seed;
    uint64_t sequence_count;
    uint64_t operation_count;
    unsigned length; /* operations of this sequence so far, the last one included */
    struct operation operations[VERDICT_LENGTH_MAX];
    char finding[200];
    uint64_t tried[VERDICT_LABELS]; /* invocations by label, and those that succeeded */
    uint64_t succeeded[VERDICT_LABELS];
};

/* A sentence that stays the same for the same fault; empty: everything is sound. */
struct verdict {
    char what[300];
};

/* Memory that a forked process shares. Stops the process if there is none. */
struct record *record_open(void);

struct kernel;

/* Perform o, the last one of r. False if a finding was written, or nothing can go on. */
bool record_perform(struct record *r, struct kernel *k, const struct operation *o);

/*
 * Run play(r, argument) in a new process, and wait for its end. It returns when everything is
 * sound, with r->finding set if not, or not at all. One operation may take ten seconds.
 */
struct verdict verdict_of(struct record *r, void (*play)(struct record *r, void *argument),
                          void *argument);

/* The operations of a sequence, for verdict_of_sequence(). */
struct sequence {
    unsigned length;
    struct operation operations[VERDICT_LENGTH_MAX];
};

/* Play s on a new kernel; *ret_length: the operations until it was decided. */
struct verdict verdict_of_sequence(struct record *r, const struct sequence *s,
                                   unsigned *ret_length);
