/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-121: row and column of a table are swapped */
/* EXPECT: release=trap host=ubsan */
#include "../safety.h"

/* BAD */
BAD
{
    char screen[4][20] = {{0}};
    long row = given(3);
    long column = given(17);

    screen[column][row] = '*';
    use(screen, sizeof(screen));
}

/* GOOD */
GOOD
{
    char screen[4][20] = {{0}};
    long row = given(3);
    long column = given(17);

    screen[row][column] = '*';
    use(screen, sizeof(screen));
}
