/*
 * A child's address space over a manager: anything can be mapped anywhere in it.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <selkie/alloc/address_space.h>

#include "scene.h"

extern struct scene child_scene;
extern struct sk_address_space child_space;

/* Open the scene, and make the child's VSpace; give all of it back. */
void child_open(void);
void child_close(void);

/* Fails unless the books, and the kernel's, are right. */
void child_check(void);
