/*
 * What the files of the check share. A check of a table looks at one record, whose number is in
 * the problem already; it returns false after saying what is wrong.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stddef.h>

#include <selkie/init/check.h>

struct check {
    const struct sk_spec *spec;
    const struct sk_spec_platform *platform;
    struct sk_spec_problem problem;
    uint32_t group_count;  /* groups that were checked, and can be looked at */
    uint32_t object_count; /* objects that they have numbered */
    uint32_t next_page;    /* handed pages that are mapped so far */
    bool rest_is_given;    /* all RAM that is left, and all device memory */
    bool device_is_given;
};

bool sk_check_wrong(struct check *c, const char *what);

/* The group of an object below object_count. */
const struct sk_spec_group *sk_check_group_of(const struct check *c, uint32_t object);

/* Does the object have this type? Otherwise says so. */
bool sk_check_is(struct check *c, uint32_t object, enum sk_spec_type type, const char *what);
/* The same of one that need not be: SK_SPEC_NONE. */
bool sk_check_may_be(struct check *c, uint32_t object, enum sk_spec_type type,
                     const char *what);
/* Are first, first + 1, ... of one group, of this type? At least one. */
bool sk_check_run(struct check *c, uint32_t first, uint32_t count, enum sk_spec_type type);
/* Has the CNode these slots? */
bool sk_check_slots(struct check *c, uint32_t cnode, uint32_t slot, uint64_t count);
/* A frame of RAM of the smallest size, or none. */
bool sk_check_page(struct check *c, uint32_t object, const char *what);
bool sk_check_zero(struct check *c, const uint8_t *bytes, unsigned count);

static inline bool sk_check_fits(uint64_t start, uint64_t size, uint64_t end)
{
    return start <= end && size <= end - start;
}

bool sk_check_group(struct check *c, const void *record);
bool sk_check_asids(struct check *c, const void *record);
bool sk_check_tables(struct check *c, const void *record);
bool sk_check_untyped(struct check *c, const void *record);
bool sk_check_fill(struct check *c, const void *record);
bool sk_check_map(struct check *c, const void *record);
bool sk_check_irq(struct check *c, const void *record);
bool sk_check_cap(struct check *c, const void *record);
bool sk_check_image(struct check *c, const void *record);
bool sk_check_domain(struct check *c, const void *record);
bool sk_check_thread(struct check *c, const void *record);
