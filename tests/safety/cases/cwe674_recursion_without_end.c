/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-674: a recursion whose depth comes from outside fills the stack */
/* EXPECT: release=guard host=asan */
#include "../safety.h"

/* BAD */
__attribute__((noinline)) static long depth_of(long n)
{
    char frame[100] = {0};

    use(frame, 0);
    return n == 0 ? 0 : 1 + depth_of(n - 1) + frame[0] * 0;
}

BAD
{
    show("depth %ld\n", depth_of(given(100000000)));
}

/* GOOD */
__attribute__((noinline)) static long limited(long n)
{
    char frame[100] = {0};

    use(frame, 0);
    return n == 0 ? 0 : 1 + limited(n - 1) + frame[0] * 0;
}

GOOD
{
    long n = given(100000000);

    show("depth %ld\n", limited(n < 20 ? n : 20));
}
