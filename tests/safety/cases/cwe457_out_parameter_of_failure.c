/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-457: a function fails without a result, and the result is used as an index */
/* EXPECT: analyzer release=trap */
#include "../safety.h"

static int table[16];

__attribute__((noinline)) static int find(long key, long *ret_index)
{
    if (key != 7) {
        return -1;
    }
    *ret_index = key;
    return 0;
}

/* BAD */
BAD
{
    long index;

    find(given(8), &index);
    table[index]++;
}

/* GOOD */
GOOD
{
    long index;

    if (find(given(8), &index) == 0) {
        table[index]++;
    }
}
