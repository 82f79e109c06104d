/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-1335: a mask is made with a shift from outside */
/* EXPECT: release=trap host=ubsan */
#include "../safety.h"

/* BAD */
BAD
{
    long bit = given(40);

    show("mask %x\n", 1U << bit);
}

/* GOOD */
GOOD
{
    long bit = given(40);

    show("mask %x\n", bit >= 0 && bit < 32 ? 1U << bit : 0);
}
