/*
 * Untyped memory: making objects.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include "core/kernel.h"

/*
 * The size of an object of this type, as a power of two; size_bits is what the API's caller
 * asked for, and counts only for types of variable size. Types that do not exist have size 0.
 */
unsigned sk_kuntyped_object_bits(uint64_t type, uint64_t size_bits);

/*
 * Turn memory at paddr, whole and unused, into an object, and return the capability to it.
 * Memory that is not device memory is clear.
 */
kcap sk_kuntyped_make(struct kernel *k, uint64_t type, uint64_t paddr, uint64_t size_bits,
                      bool is_device);
