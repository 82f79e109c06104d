/*
 * Ways to take two forks without waiting in a circle.
 *
 * If everybody takes the left fork first, all may have one and wait for the other, for ever.
 * Each of these makes that impossible in a way of its own: it takes forks, eats, and puts them
 * down again.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include "table.h"

/* The lower number first: then somebody waits for nobody. */
void way_in_order(struct philosopher *me);

/* One sits less than there are forks: then one of those that sit has two. */
void way_with_a_chair(struct philosopher *me);

/* Both forks or none, waiting until that is possible. */
void way_both_or_none(struct philosopher *me);
