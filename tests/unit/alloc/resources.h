/*
 * What a test asks for, and no more: so many slots, and one untyped of a size.
 *
 *     struct resources r;
 *     resources_take(&r, 4, 5);        // 4 slots, 32 bytes
 *     ...
 *     resources_end(&r);               // fails, and says what, unless all is as it was
 *
 * The pools in r are over these alone: what does not fit is refused. A test that
 * leaves something taken fails itself, and not one that comes later.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <selkie/alloc/slot_pool.h>
#include <selkie/alloc/untyped_pool.h>

#include "ground.h"

struct resources {
    struct ground ground;
    struct sk_slot_pool slots;       /* those that were asked for */
    struct sk_untyped_pool untypeds; /* the one that was asked for */
    sk_slots all;
    sk_slot untyped;
    struct sk_record_pool records;
};

/* The resources stay where they are. Ends the kernel that is there. */
void resources_take(struct resources *r, seL4_Word slot_count, unsigned untyped_bits);

/* What is left of them, as a sentence; NULL if nothing is. */
const char *resources_left(struct resources *r);

/* Fails the test if something is left. */
void resources_end(struct resources *r);
