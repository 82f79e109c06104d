/*
 * The scene of tests/cap/scene.h on the development kernel's core: where cases that also run on
 * the target run in this process.
 *
 *     units := tests/unit/host_scene.c tests/unit/host_kernel.c src/sys/ipc_buffer.c ...
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include "../cap/scene.h"
#include "host_kernel.h"

struct host_stage {
    struct host_kernel kernel;
    seL4_Word thread_count;
};

/* Boot a machine to play on. A seed other than zero chooses where threads lose their turn. */
struct scene host_scene_boot(struct host_stage *stage, uint64_t seed);
