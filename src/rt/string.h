/*
 * For memcpy, memmove, memset and memcmp, which compilers call of their own accord.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdint.h>

#include <selkie/rt/string_plain.h>

/* A word anywhere in memory, whatever type lives there. */
typedef uint64_t __attribute__((aligned(1), may_alias)) any_word;
