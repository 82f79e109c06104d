/*
 * How a heap gets more memory.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stddef.h>

/* Size bytes or more of memory, aligned to 16; 0 bytes if there is none. */
void *sk_heap_more(size_t size, size_t *ret_size);
