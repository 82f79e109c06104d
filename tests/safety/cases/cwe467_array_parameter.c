/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-467: sizeof of an array parameter is the size of a pointer */
/* EXPECT: gcc clang */
#include "../safety.h"

/* BAD */
static void clear(int table[100])
{
    memset(table, 0, sizeof(table));
}

BAD
{
    int table[100];

    clear(table);
    use(table, sizeof(table));
}

/* GOOD */
static void clear_all(int table[100])
{
    memset(table, 0, 100 * sizeof(table[0]));
}

GOOD
{
    int table[100];

    clear_all(table);
    use(table, sizeof(table));
}
