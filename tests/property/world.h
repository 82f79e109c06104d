/*
 * A kernel to try operations on: booted, with objects of every kind and several threads.
 *
 * The first thread's CSpace has the boot capabilities, and from WORLD_OBJECTS on what was made.
 * Two more CSpaces hold copies, some with fewer rights or a badge; threads use each of them.
 * Whoever the kernel chose performs the next operation.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <selkie/arch/kernel/host.h>

#include "operation.h"

#define WORLD_RAM     0x400000ull
#define WORLD_OBJECTS 1000u
#define WORLD_SLOTS   128u /* from there on: full ones, then empty ones */

/* Always the same; null if the kernel cannot even do that. */
struct kernel *world_open(void);
void world_close(struct kernel *k);

/*
 * Perform o. If no thread can run, time goes on and stopped threads are resumed until one can;
 * false if that does not help, so that nothing further can happen.
 */
bool world_perform(struct kernel *k, const struct operation *o);

/* Make sure that a thread runs, by the same means. */
bool world_wake(struct kernel *k);
