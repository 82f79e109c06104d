/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-195: a negative size passes a check of its upper bound */
/* EXPECT: release=fortify host=asan */
#include "../safety.h"

/* BAD */
BAD
{
    char from[100] = {0};
    char to[100];
    int size = (int)given(-1);

    if (size < 100) {
        memcpy(to, from, (size_t)size);
        use(to, 1);
    }
}

/* GOOD */
GOOD
{
    char from[100] = {0};
    char to[100] = {0};
    int size = (int)given(-1);

    if (size >= 0 && size < 100) {
        memcpy(to, from, (size_t)size);
        use(to, 1);
    }
}
