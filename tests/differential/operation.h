/*
 * One random operation.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include "actor.h"
#include "random.h"

/* What actor does in operation number of a seed; ret_name is what it is called. */
struct command operation_next(struct random *random, unsigned number, unsigned actor,
                              const char **ret_name);

/* Who does it. */
unsigned operation_actor(struct random *random);

/* Invocations that are not made: each stays an operation, of nothing. */
void operation_leave_out(const uint64_t *labels, unsigned count);
