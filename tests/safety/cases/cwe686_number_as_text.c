/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-686: a number is printed as a text */
/* EXPECT: gcc clang release=fault host=asan */
#include "../safety.h"

/* BAD */
BAD
{
    show("error %s\n", given(12));
}

/* GOOD */
GOOD
{
    show("error %ld\n", given(12));
}
