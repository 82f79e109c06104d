/*
 * Plays a recorded trace of allocations. It uses nothing but malloc and its kin, so that other
 * heaps can be measured with it too.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

/* Read the trace; the number of its operations. */
unsigned replay_init(void);

/* Play it once. Each block is written to at its ends. */
void replay(void);

/* Since the beginning: the most bytes asked for at one time, and the highest address used. */
size_t replay_most(void);
uintptr_t replay_highest(void);
