/*
 * The parts of sk_kernel_check(): each returns at its first finding.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include "core/check.h"
#include "core/derive.h"

struct check {
    const struct kernel *k;
    struct check_finding finding;
};

/* Keep what is not true, about an object; false so that callers stop. */
static inline bool check_that(struct check *c, bool is_true, const char *otherwise,
                              const void *where)
{
    if (!is_true && c->finding.what == 0) {
        c->finding = (struct check_finding){otherwise, where};
    }
    return is_true;
}

static inline bool check_goes_on(const struct check *c)
{
    return c->finding.what == 0;
}

/* The capabilities in order: s = check_first(c); s != 0; s = derive_next(s). */
static inline const struct slot *check_first(const struct check *c)
{
    return derive_next(&c->k->derivations);
}

/* Whether s is the first of the capabilities to its object. */
static inline bool check_is_first_of_object(const struct slot *s)
{
    return !cap_same_object(derive_prev(s)->cap, s->cap);
}

/* Whether an object of this type and address has a capability, and so exists. */
bool check_exists(const struct check *c, enum cap_type type, const void *object);

/* The derivation list, the slots it is in, and the memory its objects are in. */
void check_slots(struct check *c);
void check_memory(struct check *c);

/* What is in objects, and what points from one to another. */
void check_objects(struct check *c);

/* Ready and release queues, and the running thread. */
void check_scheduler(struct check *c);

/* Address spaces: identifiers, tables, mappings. */
void check_mappings(struct check *c);
