/*
 * What is measured: each function does something count times, and is not inlined, so that the
 * loop is all that is added.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <selkie/base/err.h>
#include <selkie/cap/source.h>

typedef void measured(unsigned count);

/* free.c: nobody else is there. Nothing is a capability. */
void free_begin(void);
measured free_mutex, free_recursive, free_nested, free_semaphore, free_read, free_write,
    free_once, free_condition;

/* pairs.c: with another thread of the same priority, which is told how often. */
sk_err pairs_begin(struct sk_source *source);
measured pair_mutex, pair_semaphore, pair_condition, pair_barrier;
