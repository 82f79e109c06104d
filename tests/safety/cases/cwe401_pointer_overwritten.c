/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-401: the only pointer to a block is overwritten */
/* EXPECT: release=leak host=leak */
#include "../safety.h"

static char *line;

static void set_line(const char *text)
{
    line = malloc(strlen(text) + 1);
    if (line != NULL) {
        strcpy(line, text);
    }
}

/* BAD */
BAD
{
    set_line(given_text("first"));
    set_line(given_text("second"));
    free(line);
    line = NULL;
}

/* GOOD */
GOOD
{
    set_line(given_text("first"));
    free(line);
    set_line(given_text("second"));
    free(line);
    line = NULL;
}
