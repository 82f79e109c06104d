/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-121: an array of variable length is written one element too far */
/* EXPECT: release=trap host=ubsan */
#include "../safety.h"

/* BAD */
BAD
{
    long count = given(5);
    int values[count];

    for (long i = 1; i <= count; i++) {
        values[i] = (int)i;
    }
    use(&values[1], sizeof(values) - sizeof(values[0]));
}

/* GOOD */
GOOD
{
    long count = given(5);
    int values[count];

    for (long i = 0; i < count; i++) {
        values[i] = (int)i + 1;
    }
    use(values, sizeof(values));
}
