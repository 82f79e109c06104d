/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-415: a block is freed twice in one function */
/* EXPECT: analyzer release=heap host=asan */
#include "../safety.h"

/* BAD */
BAD
{
    char *line = malloc(80);

    if (line == NULL) {
        return;
    }
    line[0] = (char)given(0);
    if (line[0] == '\0') {
        free(line);
    }
    use("done", 4);
    free(line);
}

/* GOOD */
GOOD
{
    char *line = malloc(80);

    if (line == NULL) {
        return;
    }
    line[0] = (char)given(0);
    use("done", 4);
    free(line);
}
