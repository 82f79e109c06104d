/*
 * A source over the one untyped that the task was given. What is given back is deleted, and not
 * used again.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <selkie/cap/source.h>

struct sk_source *child_source(void);
