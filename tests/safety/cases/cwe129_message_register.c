/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-129: a number from outside selects a message register */
/* EXPECT: release=trap */
#include <sel4/sel4.h>

#include "../safety.h"

/* BAD */
BAD
{
    seL4_SetMR((int)given(seL4_MsgMaxLength + 5), 1);
}

/* GOOD */
GOOD
{
    long n = given(seL4_MsgMaxLength + 5);

    if (n >= 0 && n < seL4_MsgMaxLength) {
        seL4_SetMR((int)n, 1);
    }
}
