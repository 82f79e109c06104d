/*
 * What the kernel says of the boot info's untypeds: can all of their memory be used?
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdbool.h>

#include <sel4/sel4.h>

struct untypeds {
    const seL4_BootInfo *bi;
    seL4_CPtr slots; /* 256 that are empty */
    bool is_used[CONFIG_MAX_NUM_BOOTINFO_UNTYPED_CAPS];
    seL4_Word used_count;
};

/* Which of them rt has taken from. It takes no more afterwards. */
void untypeds_look(struct untypeds *u, const seL4_BootInfo *bi, seL4_CPtr slots);

struct untypeds_found {
    seL4_Word whole; /* untypeds that became as many frames as they have room for */
    seL4_Word frames;
    seL4_Word broken; /* others, but for those that were used before */
};

/* Retype each into frames, as large as they are and as many as there is room for. */
struct untypeds_found untypeds_retype(const struct untypeds *u);
