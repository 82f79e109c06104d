/*
 * Memory while booting: the free ranges, and the block that the first objects are cut from.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include "core/boot.h"

#define BOOT_RANGES_MAX 16

struct boot_memory {
    struct boot_range free[BOOT_RANGES_MAX]; /* in order of address */
    unsigned count;
    struct boot_range block;
};

/* Add a free range behind those there are. */
void sk_kboot_add(struct boot_memory *m, struct boot_range r);

/* Take r, which may be empty, out of the free ranges. */
void sk_kboot_reserve(struct boot_memory *m, struct boot_range r);

/* Set aside a block at the top of the highest range with room for it. */
bool sk_kboot_take_block(struct boot_memory *m, uint64_t bytes, uint64_t alignment);

/* The next bytes of the block. */
uint64_t sk_kboot_take(struct boot_memory *m, uint64_t bytes);
