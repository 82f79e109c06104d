/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-761: a pointer that has moved over the leading spaces is freed */
/* EXPECT: release=heap host=asan */
#include "../safety.h"

/* BAD */
BAD
{
    char *line = malloc(100);

    if (line == NULL) {
        return;
    }
    strcpy(line, given_text("                    indented"));
    while (*line == ' ') {
        line++;
    }
    show("%s\n", line);
    free(line);
}

/* GOOD */
GOOD
{
    char *line = malloc(100);

    if (line == NULL) {
        return;
    }
    strcpy(line, given_text("                    indented"));
    char *word = line;
    while (*word == ' ') {
        word++;
    }
    show("%s\n", word);
    free(line);
}
