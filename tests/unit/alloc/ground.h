/*
 * What tests of the allocators stand on: a host kernel, and what it says about itself.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <selkie/alloc/untyped_pool.h>

#include "check.h"
#include "host_kernel.h"
#include "random.h"

struct ground {
    struct host_kernel kernel;
    sk_slot untyped; /* 2 MiB of RAM without children */
    uint64_t paddr;
    struct sk_slot_pool slots; /* those of the root CNode that are empty */
    struct sk_record_pool records;
    struct sk_untyped_pool untypeds; /* over that untyped */
};

#define GROUND_BITS 21

/* The ground stays where it is. */
void ground_open(struct ground *g);

/* How many slots of the root CNode the kernel says are full. */
seL4_Word ground_full_slots(void);

/* Does the kernel say that there is a capability? */
bool ground_is_full(seL4_CPtr slot);

/* Fails unless the kernel's invariants hold. */
void ground_check_kernel(void);

/* Fails unless the pools' and the kernel's books are right. */
void ground_check(const struct ground *g);

/* One empty slot. */
sk_slot ground_slot(struct ground *g);
