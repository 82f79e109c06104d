/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-190: a sum of signed numbers from outside overflows before its check */
/* EXPECT: release=trap host=ubsan */
#include "../safety.h"

/* BAD */
BAD
{
    char buffer[100] = {0};
    int offset = (int)given(2147483600);
    int size = (int)given(200);

    if (offset + size <= 100) {
        use(&buffer[offset], (size_t)size);
    }
}

/* GOOD */
GOOD
{
    char buffer[100] = {0};
    int offset = (int)given(2147483600);
    int size = (int)given(200);

    if (offset >= 0 && size >= 0 && size <= 100 && offset <= 100 - size) {
        use(&buffer[offset], (size_t)size);
    }
}
