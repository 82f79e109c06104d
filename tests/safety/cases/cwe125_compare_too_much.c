/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-125: two buffers are compared with the length of the longer one */
/* EXPECT: release=fortify host=asan */
#include "../safety.h"

/* BAD */
BAD
{
    char key[8] = "secret";
    char guess[64] = "secret";

    show("%d\n", memcmp(key, guess, (size_t)given(sizeof(guess))) == 0);
}

/* GOOD */
GOOD
{
    char key[8] = "secret";
    char guess[64] = "secret";

    show("%d\n", memcmp(key, guess, (size_t)given(sizeof(key))) == 0);
}
