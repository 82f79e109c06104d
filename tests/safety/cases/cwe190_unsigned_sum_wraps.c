/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-190: an unsigned sum wraps in a check of bounds */
/* EXPECT: host=asan */
#include "../safety.h"

/* BAD */
BAD
{
    static char area[64];
    size_t offset = (size_t)given(-16);
    size_t size = (size_t)given(32);
    char *bytes = given_text(area);

    if (offset + size <= sizeof(area)) {
        bytes[offset] = 1;
    }
}

/* GOOD */
GOOD
{
    static char area[64];
    size_t offset = (size_t)given(-16);
    size_t size = (size_t)given(32);
    char *bytes = given_text(area);

    if (size <= sizeof(area) && offset <= sizeof(area) - size) {
        bytes[offset] = 1;
    }
}
