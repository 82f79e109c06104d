/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-121: a loop over an array runs once too often */
/* EXPECT: gcc release=trap host=ubsan */
#include "../safety.h"

/* BAD */
BAD
{
    int squares[8];

    for (int i = 0; i <= 8; i++) {
        squares[i] = i * i;
    }
    use(squares, sizeof(squares));
}

/* GOOD */
GOOD
{
    int squares[8];

    for (int i = 0; i < 8; i++) {
        squares[i] = i * i;
    }
    use(squares, sizeof(squares));
}
