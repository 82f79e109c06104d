/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-704: a pointer is kept in an int */
/* EXPECT: release=fault host=asan */
#include "../safety.h"

/* BAD */
BAD
{
    static int target = 5;
    int handle = (int)(uintptr_t)&target;
    const int *again = (const int *)(uintptr_t)(unsigned)given(handle);

    show("%d\n", *again);
}

/* GOOD */
GOOD
{
    static int target = 5;
    uintptr_t handle = (uintptr_t)&target;
    const int *again = (const int *)(uintptr_t)given((long)handle);

    show("%d\n", *again);
}
