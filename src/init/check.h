/*
 * What the files of the check share.
 *
 * What a single field must be, a rule says; what fields must be together, a function of the
 * table. Both return false after saying what is wrong; which record it is has been said.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stddef.h>

#include <selkie/base/attr.h>
#include <selkie/init/check.h>

struct check {
    const struct sk_spec *spec;
    const struct sk_spec_platform *platform;
    struct sk_spec_problem problem;
    const struct sk_spec_group *last; /* the group that was found last, or NULL */
    uint32_t group_count;             /* groups that were checked, and can be looked at */
    uint32_t object_count;            /* objects that they have numbered */
    uint32_t slot_count;              /* of the CNode of the last record of the cap table */
    uint32_t next_page;               /* handed pages that are mapped so far */
    bool rest_is_given;               /* all RAM that is left, and all device memory */
    bool device_is_given;
};

bool sk_check_wrong(struct check *c, enum sk_spec_wrong what);

static inline bool sk_check_fits(uint64_t start, uint64_t size, uint64_t end)
{
    return start <= end && size <= end - start;
}

/* Says what is wrong unless it is true. */
SK_INLINE bool sk_check_that(struct check *c, bool is_true, enum sk_spec_wrong what)
{
    if (!is_true) {
        (void)sk_check_wrong(c, what);
    }
    return is_true;
}

/* The group of an object below object_count. */
const struct sk_spec_group *sk_check_group_of(struct check *c, uint32_t object);
/* Are first, first + 1, ... of one group, of this type? At least one. */
bool sk_check_run(struct check *c, uint32_t first, uint32_t count, enum sk_spec_type type);
/* Has the object, a CNode, these slots? */
bool sk_check_slots(struct check *c, uint32_t cnode, uint32_t slot, uint64_t count);

/* What fields must be together; no rule needs to hold for groups. */
typedef bool check_record(struct check *c, const void *record);
check_record sk_check_group;
check_record sk_check_asids;
check_record sk_check_tables;
check_record sk_check_untyped;
check_record sk_check_fill;
check_record sk_check_map;
check_record sk_check_image;
check_record sk_check_irq;
check_record sk_check_cap;
check_record sk_check_domain;
check_record sk_check_thread;
