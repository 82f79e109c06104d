/*
 * How lookup failures are printed, in errors and in faults.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <selkie/cap/error.h>

#include "text.h"

void sk_lookup_failure_put(struct text *t, const struct sk_lookup_failure *f);
