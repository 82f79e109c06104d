/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-1284: an array of a length from outside has a negative length */
/* EXPECT: release=trap host=ubsan */
#include "../safety.h"

/* BAD */
BAD
{
    int count = (int)given(-4);
    char buffer[count];

    memset(buffer, 0, 4);
    use(buffer, 4);
}

/* GOOD */
GOOD
{
    int count = (int)given(-4);

    if (count > 3 && count < 100) {
        char buffer[count];

        memset(buffer, 0, 4);
        use(buffer, 4);
    }
}
