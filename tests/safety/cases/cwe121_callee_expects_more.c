/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-121: a function fills an array parameter that is larger than the caller's array */
/* EXPECT: gcc release=canary host=asan */
#include "../safety.h"

/* BAD */
__attribute__((noinline)) static void digest(unsigned char out[32])
{
    for (int i = 0; i < 32; i++) {
        out[i] = (unsigned char)given(i);
    }
}

BAD
{
    unsigned char out[20];

    digest(out);
    use(out, sizeof(out));
}

/* GOOD */
__attribute__((noinline)) static void digest_all(unsigned char out[32])
{
    for (int i = 0; i < 32; i++) {
        out[i] = (unsigned char)given(i);
    }
}

GOOD
{
    unsigned char out[32];

    digest_all(out);
    use(out, sizeof(out));
}
