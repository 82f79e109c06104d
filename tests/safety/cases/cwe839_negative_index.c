/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-839: a negative index passes a check of its upper bound */
/* EXPECT: release=trap host=ubsan */
#include "../safety.h"

/* BAD */
BAD
{
    int table[16] = {0};
    int index = (int)given(-3);

    if (index < 16) {
        table[index]++;
    }
    use(table, sizeof(table));
}

/* GOOD */
GOOD
{
    int table[16] = {0};
    int index = (int)given(-3);

    if (index >= 0 && index < 16) {
        table[index]++;
    }
    use(table, sizeof(table));
}
