/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-121: texts are put together without counting */
/* EXPECT: release=fortify host=asan */
#include "../safety.h"

/* BAD */
BAD
{
    char line[12] = "";

    for (int i = 0; i < 3; i++) {
        strcat(line, given_text("word "));
    }
    show("%s\n", line);
}

/* GOOD */
GOOD
{
    char line[16] = "";

    for (int i = 0; i < 3; i++) {
        strcat(line, given_text("word "));
    }
    show("%s\n", line);
}
