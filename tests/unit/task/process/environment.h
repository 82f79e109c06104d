/*
 * A root task on the host: a manager of its boot info, what sk_env_get() says, and a program
 * whose code is a function of this process.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <selkie/alloc/manager.h>
#include <selkie/rt/env.h>

#include "ground.h"
#include "program.h"

extern struct ground ground;
extern struct sk_manager manager;
extern struct sk_env environment; /* what sk_env_get() says */

/* Boot a kernel, and manage what it gives. */
void environment_open(void);

/* What the manager says, when it and the kernel have looked at their books. */
struct sk_manager_stats environment_stats(void);

/* Fails unless there is as much as before. */
void environment_check_same(const struct sk_manager_stats *before);

/* A program that starts at main, which is aligned to 16 bytes. */
void environment_program(struct program *p, void (*main)(seL4_Word));
