/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-457: the sum of an array takes in elements that were never set */
/* EXPECT: nothing */
#include "../safety.h"

/* BAD */
BAD
{
    int values[16];
    int sum = 0;

    for (int i = 0; i < (int)given(10); i++) {
        values[i] = i;
    }
    for (int i = 0; i < 16; i++) {
        sum ^= values[i];
    }
    show("%d\n", sum);
}

/* GOOD */
GOOD
{
    int values[16] = {0};
    int sum = 0;

    for (int i = 0; i < (int)given(10); i++) {
        values[i] = i;
    }
    for (int i = 0; i < 16; i++) {
        sum ^= values[i];
    }
    show("%d\n", sum);
}
