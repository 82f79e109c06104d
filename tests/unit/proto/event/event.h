/*
 * Tests of the event loop that are linked with either of its parts: the one for MCS kernels,
 * and the one for others, which uses only what MCS kernels have too.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdbool.h>

/* The cases of tests/proto; how many failed. */
int cases_run(void);

/* How many system calls a turn makes; how many tests of that failed. */
int calls_run(bool is_mcs);
