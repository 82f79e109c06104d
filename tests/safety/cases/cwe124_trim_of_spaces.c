/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-124: trimming a line of nothing but spaces goes on before its start */
/* EXPECT: nothing */
#include "../safety.h"

/* BAD */
static void trim(char *line)
{
    char *end = line + strlen(line) - 1;

    while (*end == ' ') {
        *end-- = '\0';
    }
}

BAD
{
    char lines[2][8] = {"    ", "    "};

    trim(lines[1]);
    lines[0][7] = ' ';
    lines[0][6] = ' ';
    trim(lines[1]);
    show("'%s'\n", lines[1]);
}

/* GOOD */
static void trim_within(char *line)
{
    size_t length = strlen(line);

    while (length > 0 && line[length - 1] == ' ') {
        line[--length] = '\0';
    }
}

GOOD
{
    char lines[2][8] = {"    ", "    "};

    trim_within(lines[1]);
    lines[0][7] = ' ';
    lines[0][6] = ' ';
    trim_within(lines[1]);
    show("'%s'\n", lines[1]);
}
