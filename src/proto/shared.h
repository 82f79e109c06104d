/*
 * Access to memory that a peer may write at any time: each piece of it is read, or written,
 * exactly once.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

typedef volatile uint64_t __attribute__((may_alias)) shared_u64;
typedef volatile uint32_t __attribute__((may_alias)) shared_u32;
typedef volatile uint8_t __attribute__((may_alias)) shared_u8;

/* The largest unit, of 8, 4 and 1 bytes, that entries of this size and place consist of. */
static inline uint32_t shared_unit(uintptr_t place, uint32_t size)
{
    uintptr_t bits = place | size;

    return bits % 8 == 0 ? 8 : bits % 4 == 0 ? 4 : 1;
}

/* Copy bytes, which are some units, into shared memory. */
static inline void shared_write(void *to, const void *from, size_t bytes, uint32_t unit)
{
    if (unit == 8) {
        for (size_t n = 0; n < bytes; n += 8) {
            uint64_t word;

            __builtin_memcpy(&word, (const char *)from + n, sizeof(word));
            *(shared_u64 *)((char *)to + n) = word;
        }
    } else if (unit == 4) {
        for (size_t n = 0; n < bytes; n += 4) {
            uint32_t word;

            __builtin_memcpy(&word, (const char *)from + n, sizeof(word));
            *(shared_u32 *)((char *)to + n) = word;
        }
    } else {
        for (size_t n = 0; n < bytes; n++) {
            *(shared_u8 *)((char *)to + n) = ((const uint8_t *)from)[n];
        }
    }
}

/* And out of it. */
static inline void shared_read(void *to, const void *from, size_t bytes, uint32_t unit)
{
    if (unit == 8) {
        for (size_t n = 0; n < bytes; n += 8) {
            uint64_t word = *(const shared_u64 *)((const char *)from + n);

            __builtin_memcpy((char *)to + n, &word, sizeof(word));
        }
    } else if (unit == 4) {
        for (size_t n = 0; n < bytes; n += 4) {
            uint32_t word = *(const shared_u32 *)((const char *)from + n);

            __builtin_memcpy((char *)to + n, &word, sizeof(word));
        }
    } else {
        for (size_t n = 0; n < bytes; n++) {
            ((uint8_t *)to)[n] = *(const shared_u8 *)((const char *)from + n);
        }
    }
}
