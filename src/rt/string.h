/*
 * The four functions that compilers call of their own accord. Each has a file, and so an
 * archive member, of its own: a C library linked before rt replaces what it brings.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

void *memcpy(void *restrict to, const void *restrict from, size_t size);
void *memmove(void *to, const void *from, size_t size);
void *memset(void *to, int value, size_t size);
int memcmp(const void *a, const void *b, size_t size);

/* A word anywhere in memory, whatever type lives there. */
typedef uint64_t __attribute__((aligned(1), may_alias)) any_word;
