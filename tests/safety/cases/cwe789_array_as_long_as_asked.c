/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-789: an array of a length from outside reaches past the end of the stack */
/* EXPECT: release=guard host=asan */
#include "../safety.h"

/* BAD */
BAD
{
    long count = given(40 * 1000 * 1000);
    char buffer[count];

    buffer[0] = 1;
    use(buffer, 1);
}

/* GOOD */
GOOD
{
    long count = given(40 * 1000 * 1000);
    char buffer[100];

    if (count <= 100) {
        buffer[0] = 1;
        use(buffer, 1);
    }
}
