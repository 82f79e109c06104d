/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-197: a size of 64 bits is checked in 32 */
/* EXPECT: release=fortify host=asan */
#include "../safety.h"

/* BAD */
BAD
{
    char buffer[64];
    uint64_t size = (uint64_t)given(0x100000010);

    if ((uint32_t)size <= sizeof(buffer)) {
        memset(buffer, 0, size);
        use(buffer, 1);
    }
}

/* GOOD */
GOOD
{
    char buffer[64];
    uint64_t size = (uint64_t)given(0x100000010);

    if (size <= sizeof(buffer)) {
        memset(buffer, 0, size);
        use(buffer, 1);
    }
}
