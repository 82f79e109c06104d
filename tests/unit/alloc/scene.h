/*
 * A manager of a host kernel's boot info, for tests of everything over it.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <selkie/alloc/manager.h>

#include "ground.h"

struct scene {
    struct host_kernel kernel;
    seL4_BootInfo info; /* as the manager found it, but for the slots, which are its own */
    struct sk_manager manager;
    seL4_Word full; /* slots that the kernel said were full before there was a manager */
};

/*
 * A kernel that takes turns away as the seed says, as host_kernel_boot_seeded(), and then the
 * manager: what is made in between is not the manager's. The scene stays where it is.
 */
void scene_boot(struct scene *s, uint64_t seed);
void scene_manage(struct scene *s, bool is_two_level);

/* Both, with no seed. */
void scene_open(struct scene *s, bool is_two_level);

/* What the manager says it has, when all books have been found to be right. */
struct sk_manager_stats scene_stats(struct scene *s);

/* Fails unless both are the same to the byte. */
void scene_check_same(const struct sk_manager_stats *a, const struct sk_manager_stats *b);

/*
 * End the manager, and fail unless the kernel makes of each untyped as many pages as it has
 * room for.
 */
void scene_close(struct scene *s);
