/*
 * A root task on the host: a manager of its boot info, what sk_env_get() says, and a program
 * whose code is a function of this process.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <selkie/rt/env.h>

#include "program.h"
#include "scene.h"

extern struct scene scene;
extern struct sk_env environment; /* what sk_env_get() says */

/* Boot a kernel, and manage what it gives. scene_close() is the end. */
void environment_open(void);

/* Fails unless there is as much as before, and all books are right. */
void environment_check_same(const struct sk_manager_stats *before);

/* A program that starts at main, which is aligned to 16 bytes. */
void environment_program(struct program *p, void (*main)(seL4_Word));
