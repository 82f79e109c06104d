/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-121: an index from outside is not checked before a write */
/* EXPECT: release=trap host=ubsan */
#include "../safety.h"

/* BAD */
BAD
{
    int table[8] = {0};
    long index = given(11);

    table[index] = 1;
    use(table, sizeof(table));
}

/* GOOD */
GOOD
{
    int table[8] = {0};
    long index = given(11);

    if (index >= 0 && index < 8) {
        table[index] = 1;
    }
    use(table, sizeof(table));
}
