/*
 * Shifts that have a meaning for every number of bits.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <sel4/sel4.h>

/* The lowest bits of a word, set. */
static inline seL4_Word low_bits(unsigned bits)
{
    return bits >= seL4_WordBits ? ~(seL4_Word)0 : ((seL4_Word)1 << bits) - 1;
}

static inline seL4_Word shift_right(seL4_Word word, unsigned bits)
{
    return bits >= seL4_WordBits ? 0 : word >> bits;
}

static inline seL4_Word shift_left(seL4_Word word, unsigned bits)
{
    return bits >= seL4_WordBits ? 0 : word << bits;
}
