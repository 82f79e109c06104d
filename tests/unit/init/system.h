/*
 * A system that uses every table of the specification, and a host kernel to carry it out on.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include "../../init/builder.h"

#include <selkie/init/execute.h>

#include "check.h"
#include "host_kernel.h"

/* The numbers of its objects and records that tests look at. */
struct system {
    struct sk_spec *spec;
    uint64_t size;
    uint32_t fixed, vspaces, cnodes, frames, tcbs, contexts, endpoint, notifications;
};

#define SYSTEM_FIXED_PADDR 0x40a00000ull
#define SYSTEM_CODE        0x200000ull
#define SYSTEM_HANDED      3   /* handed pages */
#define SYSTEM_UNTYPED     100 /* the slots where memory is handed over, and pages of the image */
#define SYSTEM_IMAGE       200

/* The whole specification; system_drop() frees it. */
struct system system_make(void);
void system_drop(struct system *s);

/* A machine, and what boot leaves on it: the last pages of the image are the blob pages. */
struct stage {
    struct host_kernel kernel;
    struct sk_init in;
};

void stage_boot(struct stage *stage, const struct sk_spec *spec);

/* What executing it will take there, without doing anything. */
sk_err stage_predict(const struct stage *stage, struct sk_init *ret_in);

/* The kernel's state makes sense. */
void stage_check_kernel(void);
