/*
 * What an image of one piece begins with, before the boot plan.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdint.h>

#include <selkie/loader/plan.h>

/* What Linux says of an arm64 Image: Documentation/arch/arm64/booting.rst there. */
struct arm64_header {
    uint32_t code[2];
    uint64_t text_offset; /* where it goes, from the start of RAM */
    uint64_t image_size;  /* memory that it takes, in bytes */
    uint64_t flags;
    uint64_t reserved[3];
    char magic[4];
    uint32_t reserved_last;
};

_Static_assert(sizeof(struct arm64_header) == SK_BOOT_PLAN_OFFSET);
