/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-680: count times size wraps, and the block is too small */
/* EXPECT: release=heap host=asan */
#include "../safety.h"

/* BAD */
BAD
{
    uint32_t count = (uint32_t)given(0x10000001);
    uint32_t size = count * (uint32_t)sizeof(long) * 2;
    long *values = malloc(size);

    if (values != NULL) {
        for (uint32_t i = 0; i < 16; i++) {
            values[i] = (long)i;
        }
        free(values);
    }
}

/* GOOD */
GOOD
{
    uint32_t count = (uint32_t)given(0x10000001);
    uint32_t size;

    if (__builtin_mul_overflow(count, (uint32_t)sizeof(long) * 2, &size)) {
        show("too many\n");
        return;
    }
    long *values = malloc(size);
    if (values != NULL) {
        for (uint32_t i = 0; i < 16; i++) {
            values[i] = (long)i;
        }
        free(values);
    }
}
