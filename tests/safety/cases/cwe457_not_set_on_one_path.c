/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-457: a variable is set in some branches only */
/* EXPECT: gcc clang analyzer */
#include "../safety.h"

/* BAD */
BAD
{
    int rate;
    long mode = given(3);

    if (mode == 1) {
        rate = 9600;
    } else if (mode == 2) {
        rate = 115200;
    }
    show("rate %d\n", rate);
}

/* GOOD */
GOOD
{
    int rate = 300;
    long mode = given(3);

    if (mode == 1) {
        rate = 9600;
    } else if (mode == 2) {
        rate = 115200;
    }
    show("rate %d\n", rate);
}
