/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-369: a division by a number from outside */
/* EXPECT: release=trap host=ubsan */
#include "../safety.h"

/* BAD */
BAD
{
    int total = (int)given(100);
    int count = (int)given(0);

    show("average %d\n", total / count);
}

/* GOOD */
GOOD
{
    int total = (int)given(100);
    int count = (int)given(0);

    show("average %d\n", count != 0 ? total / count : 0);
}
