/*
 * The numbers after the program's name, which come from the host by semihosting
 * (selkie run --args).
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdint.h>

/* Read up to count numbers into values; those that are not given keep their value. */
void arguments_read(uint64_t *values, int count);
