/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-121: sizeof is taken for the number of elements */
/* EXPECT: release=trap host=ubsan */
#include "../safety.h"

/* BAD */
BAD
{
    int counts[6];

    for (size_t i = 0; i < sizeof(counts); i++) {
        counts[i] = 0;
    }
    use(counts, sizeof(counts));
}

/* GOOD */
GOOD
{
    int counts[6];

    for (size_t i = 0; i < sizeof(counts) / sizeof(counts[0]); i++) {
        counts[i] = 0;
    }
    use(counts, sizeof(counts));
}
