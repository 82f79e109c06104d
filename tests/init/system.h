/*
 * A system that uses every table of the specification, for the host core and for the target.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include "builder.h"

/* The numbers of its objects that tests look at. */
struct system {
    struct sk_spec *spec;
    uint64_t size; /* with blob pages */
    uint32_t fixed, vspaces, cnodes, frames, tcbs, contexts, endpoint, notifications;
};

#define SYSTEM_CODE    0x200000ull
#define SYSTEM_HANDED  3   /* handed pages */
#define SYSTEM_PAGES   5   /* with those that are copied from */
#define SYSTEM_UNTYPED 100 /* the slots where memory is handed over, and pages of the image */
#define SYSTEM_IMAGE   200

/*
 * The whole specification. Two frames are at fixed_paddr. It is in memory of this function's,
 * which the next call overwrites.
 */
struct system system_make(const struct sk_spec_platform *platform, uint64_t fixed_paddr);
