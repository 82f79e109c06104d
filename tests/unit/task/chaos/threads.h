/*
 * rt's threads on the host core, as far as pools and cancelling need them: threads that call a
 * function, signal that it has returned, and are not used again.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <selkie/rt/thread.h>

#include "host_kernel.h"

/* From now on threads run on a kernel that was just booted with this seed. */
void threads_boot(uint64_t seed);

/* The kernel that threads_boot() booted. */
extern struct host_kernel threads_kernel;

/* A source of notifications, on that kernel. */
struct sk_source *threads_source(void);
