/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-190: the smallest number has no negation */
/* EXPECT: release=trap host=ubsan */
#include "../safety.h"

/* BAD */
BAD
{
    int value = (int)given(-2147483647 - 1);

    show("%d\n", value < 0 ? -value : value);
}

/* GOOD */
GOOD
{
    int value = (int)given(-2147483647 - 1);

    show("%u\n", value < 0 ? 0U - (unsigned)value : (unsigned)value);
}
