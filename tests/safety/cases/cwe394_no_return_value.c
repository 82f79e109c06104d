/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-394: a function has a path without a return value */
/* EXPECT: gcc clang analyzer */
#include "../safety.h"

/* BAD */
static int index_of(long kind)
{
    if (kind == 1) {
        return 4;
    }
    if (kind == 2) {
        return 7;
    }
}

BAD
{
    static int table[8];

    table[index_of(given(3))]++;
    show("%d\n", table[4]);
}

/* GOOD */
static int index_or_first(long kind)
{
    if (kind == 1) {
        return 4;
    }
    return kind == 2 ? 7 : 0;
}

GOOD
{
    static int table[8];

    table[index_or_first(given(3))]++;
    show("%d\n", table[4]);
}
