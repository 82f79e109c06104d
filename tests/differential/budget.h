/*
 * The profile of exhausted budgets: threads that spin until their time is up, and a trace of
 * whose was, in which order. No time is in it.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/* Some seeds end with it. */
bool budget_is_due(uint64_t seed);

void budget_run(uint64_t seed);
