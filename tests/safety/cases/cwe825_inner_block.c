/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-825: a pointer to a variable of an inner block is used outside of it */
/* EXPECT: gcc host=asan */
#include "../safety.h"

/* BAD */
BAD
{
    const char *text = "none";

    if (given(1) != 0) {
        char line[32];

        text_format(line, sizeof(line), "number %ld", given(5));
        text = line;
    }
    show("%s\n", text);
}

/* GOOD */
GOOD
{
    const char *text = "none";
    char line[32];

    if (given(1) != 0) {
        text_format(line, sizeof(line), "number %ld", given(5));
        text = line;
    }
    show("%s\n", text);
}
